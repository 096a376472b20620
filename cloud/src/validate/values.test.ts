import { describe, expect, test } from 'vitest';
import { checkValues } from './values.ts';

const nowhere = () => ({});

describe('words that decide what is built', () => {
  test.each([
    ['AWS::ElasticLoadBalancingV2::LoadBalancer', { Scheme: 'internal', Type: 'network' }, []],
    ['AWS::ElasticLoadBalancingV2::LoadBalancer', { Scheme: 'inside' }, ['WRONG_VALUE']],
    [
      'AWS::ElasticLoadBalancingV2::Listener',
      { DefaultActions: [{ Type: 'forward' }, { Type: 'foward' }] },
      ['WRONG_VALUE'],
    ],
    ['AWS::RDS::DBInstance', { Engine: 'postgresql' }, ['WRONG_VALUE']],
    ['AWS::RDS::DBInstance', { Engine: '{{resolve:secretsmanager:engine}}' }, []],
    ['AWS::EC2::Subnet', { AvailabilityZone: 'anywhere' }, []],
  ])('%s %j', (type, properties, codes) => {
    expect(checkValues(type, properties, nowhere).map((each) => each.code)).toEqual(codes);
  });

  test('a typo is told the nearest', () => {
    const [found] = checkValues('AWS::RDS::DBInstance', { Engine: 'postgress' }, nowhere);
    expect(found?.next.en).toBe('Did you mean "postgres"?');
  });
});
