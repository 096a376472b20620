import { describe, expect, test } from 'vitest';
import { allResourceTypes, resourceType } from './resource-type.ts';

describe('the specification', () => {
  test('knows what a property may be, and whether a change replaces the resource', () => {
    const subnet = resourceType('AWS::EC2::Subnet')!;
    expect(subnet.properties.get('VpcId')).toEqual({
      required: true,
      replacement: 'yes',
      deprecated: false,
      value: { kind: 'text' },
    });
    expect(subnet.properties.get('MapPublicIpOnLaunch')).toMatchObject({ replacement: 'no', value: { kind: 'truth' } });
    expect([...subnet.attributes.keys()]).toContain('AvailabilityZone');
  });

  test('follows types of properties by name', () => {
    const group = resourceType('AWS::EC2::SecurityGroup')!;
    const ingress = group.properties.get('SecurityGroupIngress')!.value;
    expect(ingress).toEqual({ kind: 'list', element: { kind: 'object', name: 'Ingress' } });
    expect(group.type('Ingress').get('IpProtocol')).toMatchObject({ required: true, value: { kind: 'text' } });
  });

  test('has no type that AWS does not have', () => {
    expect(resourceType('AWS::EC2::Subnett')).toBeUndefined();
    expect(resourceType('Custom::Thing')).toBeUndefined();
    expect(resourceType('constructor')).toBeUndefined();
  });

  test('can be read to the last type', () => {
    const names = allResourceTypes();
    expect(names.length).toBeGreaterThan(1500);
    for (const name of names) {
      const type = resourceType(name)!;
      const seen = new Set<string>();
      const visit = (properties: typeof type.properties): void => {
        for (const { value } of properties.values()) follow(value);
      };
      const follow = (value: Parameters<typeof JSON.stringify>[0]): void => {
        if (value.kind === 'list' || value.kind === 'map') follow(value.element);
        else if (value.kind === 'either') value.alternatives.forEach(follow);
        else if (value.kind === 'object' && !seen.has(value.name)) {
          seen.add(value.name);
          visit(type.type(value.name));
        }
      };
      visit(type.properties);
    }
  });
});
