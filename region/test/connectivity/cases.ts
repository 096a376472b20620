import { balancersAndEndpoints } from './balancers-and-endpoints.ts';
import type { ConnectivityCase } from './case.ts';
import { database } from './database.ts';
import { internet } from './internet.ts';
import { natGateways } from './nat-gateways.ts';
import { acls } from './network-acls.ts';
import { peerings } from './peerings.ts';
import { resolver } from './resolver.ts';
import { routing } from './routing.ts';
import { securityGroups } from './security-groups.ts';

/** Every case, by subject. */
export const connectivityCases: readonly ConnectivityCase[] = [
  ...routing,
  ...securityGroups,
  ...acls,
  ...internet,
  ...natGateways,
  ...peerings,
  ...resolver,
  ...database,
  ...balancersAndEndpoints,
];
