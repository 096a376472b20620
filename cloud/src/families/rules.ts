import { rules as alarm } from './alarm/rules.ts';
import { rules as autoScalingGroup } from './auto-scaling-group/rules.ts';
import { rules as bucket } from './bucket/rules.ts';
import { rules as cache } from './cache/rules.ts';
import { rules as classicBalancer } from './classic-load-balancer/rules.ts';
import { rules as container } from './container/rules.ts';
import type { Rule } from './contract/rule.ts';
import { rules as database } from './database/rules.ts';
import { rules as distribution } from './distribution/rules.ts';
import { rules as elasticAddress } from './elastic-address/rules.ts';
import { rules as endpoint } from './endpoint/rules.ts';
import { rules as eventRule } from './event-rule/rules.ts';
import { rules as lambdaFunction } from './function/rules.ts';
import { rules as healthCheck } from './health-check/rules.ts';
import { rules as instance } from './instance/rules.ts';
import { rules as internetGateway } from './internet-gateway/rules.ts';
import { rules as key } from './key/rules.ts';
import { rules as loadBalancer } from './load-balancer/rules.ts';
import { rules as logGroup } from './log-group/rules.ts';
import { rules as natGateway } from './nat-gateway/rules.ts';
import { rules as networkAcl } from './network-acl/rules.ts';
import { rules as parameter } from './parameter/rules.ts';
import { rules as peering } from './peering/rules.ts';
import { rules as policy } from './policy/rules.ts';
import { rules as queue } from './queue/rules.ts';
import { rules as tags } from './resource-group/rules.ts';
import { rules as role } from './role/rules.ts';
import { rules as routeTable } from './route-table/rules.ts';
import { rules as secret } from './secret/rules.ts';
import { rules as securityGroup } from './security-group/rules.ts';
import { rules as table } from './table/rules.ts';
import { rules as targetGroup } from './target-group/rules.ts';
import { rules as topic } from './topic/rules.ts';
import { rules as volume } from './volume/rules.ts';
import { rules as vpc } from './vpc/rules.ts';
import { rules as zone } from './zone/rules.ts';
/** What AWS refuses, one line a family. Whoever adds rules to a family adds its line here. */
export const rules: readonly Rule[] = [
  ...autoScalingGroup,
  ...bucket,
  ...database,
  ...endpoint,
  ...lambdaFunction,
  ...instance,
  ...loadBalancer,
  ...logGroup,
  ...networkAcl,
  ...role,
  ...secret,
  ...securityGroup,
  ...targetGroup,
  ...topic,
  ...volume,
  ...zone,
  ...classicBalancer,
  ...container,
  ...distribution,
  ...internetGateway,
  ...natGateway,
  ...table,
  ...policy,
  ...key,
  ...eventRule,
  ...cache,
  ...parameter,
  ...alarm,
  ...healthCheck,
  ...tags,
  ...queue,
  ...peering,
  ...elasticAddress,
  ...routeTable,
  ...vpc,
];
