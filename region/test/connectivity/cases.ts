import { applicationLoadBalancers } from './application-load-balancers.ts';
import { balancersAndEndpoints } from './balancers-and-endpoints.ts';
import type { ConnectivityCase } from './case.ts';
import { classicLoadBalancers } from './classic-load-balancers.ts';
import { database } from './database.ts';
import { defaultVpc } from './default-vpc.ts';
import { internet } from './internet.ts';
import { ipv6AcrossVpcs } from './ipv6/across-vpcs.ts';
import { ipv6Balancers } from './ipv6/balancers.ts';
import { ipv6OneVpc } from './ipv6/one-vpc.ts';
import { listenerRules } from './listener-rules.ts';
import { names } from './names.ts';
import { natGateways } from './nat-gateways.ts';
import { acls } from './network-acls.ts';
import { networkLoadBalancers } from './network-load-balancers.ts';
import { pastFilters } from './past-filters.ts';
import { peerings } from './peerings.ts';
import { resolver } from './resolver.ts';
import { routing } from './routing.ts';
import { securityGroups } from './security-groups.ts';
import { trackedFlows } from './tracked-flows.ts';

/** Every case, by subject. */
export const connectivityCases: readonly ConnectivityCase[] = [
  ...routing,
  ...securityGroups,
  ...pastFilters,
  ...acls,
  ...internet,
  ...defaultVpc,
  ...ipv6OneVpc,
  ...ipv6AcrossVpcs,
  ...ipv6Balancers,
  ...natGateways,
  ...peerings,
  ...resolver,
  ...database,
  ...balancersAndEndpoints,
  ...trackedFlows,
  ...names,
  ...listenerRules,
  ...applicationLoadBalancers,
  ...networkLoadBalancers,
  ...classicLoadBalancers,
];
