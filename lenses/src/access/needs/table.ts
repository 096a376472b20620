import type { TypeNeeds } from '@terrace/cloud/families/contract/need';
import { permissions } from '@terrace/cloud/families/registry';
import { balancingNeeds } from './balancing.ts';
import { computeNeeds } from './compute.ts';
import { databaseNeeds } from './database.ts';
import { edgeNeeds } from './edge.ts';
import { networkNeeds } from './network.ts';
import { operationsNeeds } from './operations.ts';

/** Every resource type whose needs are known. */
export const allNeeds: readonly TypeNeeds[] = [
  ...permissions,
  ...networkNeeds,
  ...computeNeeds,
  ...balancingNeeds,
  ...databaseNeeds,
  ...edgeNeeds,
  ...operationsNeeds,
];

const byType = new Map(allNeeds.map((each) => [each.type, each]));

/** `undefined` for a type whose needs are not known, which is not to say that it has none. */
export function needsOfType(type: string): TypeNeeds | undefined {
  return byType.get(type.startsWith('Custom::') ? 'AWS::CloudFormation::CustomResource' : type);
}
