import { rules as autoScalingGroup } from './auto-scaling-group/rules.ts';
import type { Rule } from './contract/rule.ts';
import { rules as database } from './database/rules.ts';
import { rules as endpoint } from './endpoint/rules.ts';
import { rules as instance } from './instance/rules.ts';
import { rules as loadBalancer } from './load-balancer/rules.ts';
import { rules as networkAcl } from './network-acl/rules.ts';
import { rules as role } from './role/rules.ts';
import { rules as targetGroup } from './target-group/rules.ts';
import { rules as volume } from './volume/rules.ts';

/** What AWS refuses, one line a family. Whoever adds rules to a family adds its line here. */
export const rules: readonly Rule[] = [
  ...autoScalingGroup,
  ...database,
  ...endpoint,
  ...instance,
  ...loadBalancer,
  ...networkAcl,
  ...role,
  ...targetGroup,
  ...volume,
];
