import type { TypeNeeds } from '@terrace/cloud/families/contract/need';
import { permissions } from '@terrace/cloud/families/registry';
import { balancingNeeds } from './balancing.ts';
import { computeNeeds } from './compute.ts';
import { databaseNeeds } from './database.ts';
import { edgeNeeds } from './edge.ts';
import { monitoringNeeds } from './monitoring.ts';
import { networkNeeds } from './network.ts';
import { operationsNeeds } from './operations.ts';
import { storageNeeds } from './storage.ts';

/** Every resource type whose needs are known. */
export const allNeeds: readonly TypeNeeds[] = [
  ...permissions,
  ...networkNeeds,
  ...computeNeeds,
  ...balancingNeeds,
  ...databaseNeeds,
  ...storageNeeds,
  ...monitoringNeeds,
  ...edgeNeeds,
  ...operationsNeeds,
];

const byType = new Map(allNeeds.map((each) => [each.type, each]));

/** `undefined` for a type whose needs are not known, which is not to say that it has none. */
export function needsOfType(type: string): TypeNeeds | undefined {
  return byType.get(type.startsWith('Custom::') ? 'AWS::CloudFormation::CustomResource' : type);
}
