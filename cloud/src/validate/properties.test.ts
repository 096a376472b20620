import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Json, JsonObject } from '../json.ts';
import {
  allResourceTypes,
  type PropertyTypes,
  type ResourceType,
  resourceType,
  type ValueType,
} from '../specification/resource-type.ts';
import { checkProperties } from './properties.ts';

const nowhere = () => ({});
const nothing = () => false;
const check = (type: ResourceType, properties: JsonObject) => checkProperties(type, properties, nowhere, nothing);

/** The smallest value that the specification allows: required properties only, lists of one. */
function smallest(type: ResourceType, value: ValueType, depth = 0): Json {
  switch (value.kind) {
    case 'integer':
    case 'number':
      return 1;
    case 'truth':
      return true;
    case 'json':
      return {};
    case 'tag':
      return { Key: 'a', Value: 'b' };
    case 'list':
      return depth > 6 ? [] : [smallest(type, value.element, depth + 1)];
    case 'map':
      return depth > 6 ? {} : { key: smallest(type, value.element, depth + 1) };
    case 'object':
      return required(type, type.type(value.name), depth + 1);
    case 'either':
      return smallest(type, value.alternatives[0] as ValueType, depth + 1);
    default:
      return 'text';
  }
}

function required(type: ResourceType, properties: PropertyTypes, depth: number): Record<string, Json> {
  return Object.fromEntries(
    [...properties]
      .filter(([, each]) => each.required)
      .map(([name, each]) => [name, smallest(type, each.value, depth)]),
  );
}

const names = allResourceTypes();
const anyType = fc.nat({ max: names.length - 1 }).map((index) => resourceType(names[index] as string) as ResourceType);

describe('of every type of AWS', () => {
  test('what the specification asks for is enough', () => {
    for (const name of names) {
      const type = resourceType(name) as ResourceType;
      expect(check(type, required(type, type.properties, 0)).mistakes.map((each) => [name, each.cause.en])).toEqual([]);
    }
  });

  test('a property that is missing, unknown or of another kind is found', () => {
    fc.assert(
      fc.property(anyType, fc.nat(), (type, which) => {
        const whole = required(type, type.properties, 0);
        expect(check(type, { ...whole, Colour7: 'red' }).mistakes.map((each) => each.code)).toEqual([
          'UNKNOWN_PROPERTY',
        ]);
        const stated = Object.keys(whole);
        const name = stated[which % Math.max(1, stated.length)];
        if (name === undefined) return;
        const { [name]: _, ...rest } = whole;
        expect(check(type, rest).mistakes.map((each) => each.code)).toEqual(['MISSING_PROPERTY']);
        const kind = type.properties.get(name)!.value.kind;
        if (kind === 'json' || kind === 'either') return;
        const wrong: Json = kind === 'object' || kind === 'map' || kind === 'tag' ? ['x'] : { Colour7: ['x'] };
        expect(check(type, { ...whole, [name]: wrong }).mistakes.map((each) => each.code)).toEqual(['WRONG_TYPE']);
      }),
      { numRuns: 300 },
    );
  });
});

describe('values', () => {
  const vpc = resourceType('AWS::EC2::VPC')!;

  test.each<[string, Json, Json]>([
    ['EnableDnsSupport', 'true', true],
    ['EnableDnsSupport', 'False', false],
    ['Ipv4NetmaskLength', '16', 16],
    ['CidrBlock', 10, '10'],
    ['CidrBlock', '{{resolve:secretsmanager:a}}', '{{resolve:secretsmanager:a}}'],
    ['Ipv4NetmaskLength', '{{resolve:ssm-secure:a}}', '{{resolve:ssm-secure:a}}'],
  ])('%s: %j becomes %j', (name, given, expected) => {
    expect(check(vpc, { [name]: given })).toEqual({ properties: { [name]: expected }, mistakes: [], warnings: [] });
  });

  test('a typo is told the nearest name', () => {
    expect(check(vpc, { CidrBlok: '10.0.0.0/16' }).mistakes[0]?.next.en).toBe('Did you mean "CidrBlock"?');
  });
});
