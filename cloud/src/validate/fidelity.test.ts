import { describe, expect, test } from 'vitest';
import { fidelities } from '../families/registry.ts';
import { resourceType } from '../specification/resource-type.ts';
import { fidelityOf, fidelityOfProperty } from './fidelity.ts';

describe('the table of what is real', () => {
  test.each(Object.entries(fidelities))('names only types and properties that AWS has: %s', (type, entry) => {
    if (type === 'AWS::CDK::Metadata' || type.startsWith('Custom::')) return;
    const known = resourceType(type);
    expect(known, type).toBeDefined();
    const named = [...entry.acts, ...entry.modelled].filter((name) => name !== '*');
    expect(named.filter((name) => !known!.properties.has(name))).toEqual([]);
  });

  test.each([
    ['AWS::EC2::Subnet', 'CidrBlock', 'real'],
    ['AWS::EC2::Subnet', 'Tags', 'modelled'],
    ['AWS::EC2::Subnet', 'OutpostArn', 'ignored'],
    ['AWS::Budgets::Budget', 'Budget', 'modelled'],
    ['AWS::AppSync::GraphQLApi', 'Name', 'ignored'],
  ])('says of %s.%s that it is %s', (type, property, fidelity) => {
    expect(fidelityOfProperty(type, property)).toBe(fidelity);
  });

  test('tells a database by its engine', () => {
    expect(fidelityOf({ type: 'AWS::RDS::DBInstance', properties: { Engine: 'postgres' } })).toBe('real');
    expect(fidelityOf({ type: 'AWS::RDS::DBInstance', properties: { Engine: 'oracle-ee' } })).toBe('modelled');
  });
});
