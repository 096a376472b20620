import { expand, type Phase } from '@terrace/cloud/families/contract/need';
import type { Json, JsonObject } from '@terrace/cloud/json';
import { describe, expect, test } from 'vitest';
import { caused } from './handlers.fixture.ts';
import { needsOfType } from './table.ts';

/** Actions that a schema names and the table of needs leaves out, each with its reason. */
const leftOut: readonly (readonly [type: string, phases: string, actions: string, reason: string])[] = [
  ['AWS::S3::Bucket', 'create', 's3:PutObjectAcl DeleteObject', 'objects are not a property of a bucket'],
  [
    'AWS::DynamoDB::Table',
    'create update',
    'dynamodb:CreateTableReplica Scan Query UpdateItem PutItem GetItem DeleteItem BatchWriteItem AssociateTableReplica',
    'replicas are a property of AWS::DynamoDB::GlobalTable, not of this type',
  ],
  ['AWS::DynamoDB::Table', 'create', 'dynamodb:UpdateTable', 'the first creation is one CreateTable'],
  ['AWS::DynamoDB::Table', 'update', 'dynamodb:CreateTable', 'a replacement is a creation'],
  [
    'AWS::AutoScaling::AutoScalingGroup',
    'update',
    'autoscaling:StartInstanceRefresh CancelInstanceRefresh',
    "an instance refresh follows from the resource's UpdatePolicy, not from a property",
  ],
  [
    'AWS::WAFv2::WebACLAssociation',
    'create',
    'wafv2:PutPermissionPolicy GetPermissionPolicy',
    'a shared rule group, not an association',
  ],
  ['AWS::WAFv2::WebACLAssociation', 'delete', 'wafv2:AssociateWebACL', 'a deletion attaches nothing'],
];

function needed(type: string, phase: string, properties: JsonObject): string[] {
  const needs = needsOfType(type)?.phases[phase as Phase] ?? [];
  return needs.filter((need) => need.when === null || need.when(properties)).flatMap((need) => need.actions);
}

/** Properties with one value at a path. */
function having(path: string): JsonObject {
  const [steps = '', value = 'given'] = path.split('=');
  const at = (rest: readonly string[]): Json => {
    const [step, ...further] = rest;
    if (step === undefined) return value === 'true' ? true : value;
    return step === '*' ? [at(further)] : { [step]: at(further) };
  };
  return steps === '' ? {} : (at(steps.split('.')) as JsonObject);
}

const rows = caused.flatMap(([type, phases, path, actions]) =>
  phases.split(' ').map((phase) => [type, phase, path, expand(actions)] as const),
);

describe("the handlers' actions, by the property that causes them", () => {
  test.each(rows)('%s, %s, %s', (type, phase, path, actions) => {
    expect(needed(type, phase, having(path))).toEqual(expect.arrayContaining(actions));
  });

  test.each(rows.filter(([, , path]) => path !== ''))('%s, %s: no demand without %s', (type, phase, _path, actions) => {
    const bare = needed(type, phase, {});
    expect(actions.every((action) => bare.includes(action))).toBe(false);
  });

  test.each(leftOut)('%s, %s, leaves out %s: %s', (type, phases, actions) => {
    for (const phase of phases.split(' ')) {
      const named = needsOfType(type)?.phases[phase as Phase].flatMap((need) => need.actions) ?? [];
      expect(named.filter((action) => expand(actions).includes(action))).toEqual([]);
    }
  });
});
