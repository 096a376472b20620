import { describe, expect, test } from 'vitest';
import { parsePolicy } from './policy.ts';

const allow = { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' };
const read = (document: string | object, kind: 'identity' | 'resource' | 'trust' = 'identity') =>
  parsePolicy(document as string, { name: 'policy.json', kind });
const causes = (document: string | object, kind?: 'identity' | 'resource' | 'trust') => {
  const result = read(document, kind);
  return result.ok
    ? []
    : result.mistakes.map(({ code, place, cause }) => [code, place.path, cause.en].filter(Boolean).join(' '));
};

describe('a policy document', () => {
  test('is read with one statement or several, one text or a list', () => {
    const one = read({ Version: '2012-10-17', Statement: allow });
    expect(one.ok && one.value.statements[0]?.actions).toEqual({ negated: false, patterns: ['s3:GetObject'] });
    const several = read({
      Statement: [allow, { Effect: 'Deny', NotAction: ['iam:*'], NotResource: ['arn:aws:s3:::a'] }],
    });
    expect(several.ok && several.value.version).toBe('2008-10-17');
    expect(several.ok && several.value.statements[1]?.resources).toEqual({
      negated: true,
      patterns: ['arn:aws:s3:::a'],
    });
  });

  test.each<[string, string | object, string]>([
    ['that is not JSON', '{"Version":', 'POLICY_NOT_JSON policy.json is not a JSON object'],
    ['that is a list', '[]', 'POLICY_NOT_JSON policy.json is not a JSON object'],
    ['without statements', { Version: '2012-10-17' }, 'POLICY_GRAMMAR Statement a policy needs at least one statement'],
    [
      'of another version',
      { Version: '2020-01-01', Statement: allow },
      'POLICY_GRAMMAR Version 2020-01-01 is not a version of the policy language',
    ],
    [
      'with a misspelt element',
      { Statement: { ...allow, actions: 's3:*' } },
      'POLICY_GRAMMAR Statement[0].actions a statement has no element actions',
    ],
    [
      'with an element in the wrong case',
      { Statement: { Effect: 'Allow', action: 's3:*', Action: 's3:*', Resource: '*' } },
      'POLICY_GRAMMAR Statement[0].action a statement has no element action; Action is meant?',
    ],
    [
      'with both Action and NotAction',
      { Statement: { ...allow, NotAction: 's3:*' } },
      'POLICY_GRAMMAR Statement[0].Action a statement has Action or NotAction, not both',
    ],
    [
      'without an effect',
      { Statement: { Action: 's3:*', Resource: '*' } },
      'POLICY_GRAMMAR Statement[0].Effect Effect is Allow or Deny',
    ],
    [
      'with an action that has no service',
      { Statement: { ...allow, Action: 'GetObject' } },
      'POLICY_GRAMMAR Statement[0].Action GetObject is not an action: it is written service:Name',
    ],
    [
      'with a resource that is no ARN',
      { Statement: { ...allow, Resource: 'bucket' } },
      'POLICY_GRAMMAR Statement[0].Resource bucket is not a resource: it is an ARN or *',
    ],
    [
      'for people that names a principal',
      { Statement: { ...allow, Principal: '*' } },
      'POLICY_GRAMMAR Statement[0].Principal an identity policy has no Principal: who it is attached to is who it is for',
    ],
    [
      'with an operator that does not exist',
      { Statement: { ...allow, Condition: { StringMatches: { 'aws:x': 'y' } } } },
      'POLICY_GRAMMAR Statement[0].Condition.StringMatches there is no condition operator StringMatches',
    ],
  ])('%s is refused with where and why', (_what, document, cause) => {
    expect(causes(document)).toEqual([cause]);
  });

  test('reports everything wrong with it at once', () => {
    expect(causes({ Version: 'x', Statement: [{ Effect: 'allow' }] })).toHaveLength(4);
  });

  test('of a resource has to say who, and a trust policy names no resource', () => {
    expect(causes({ Statement: allow }, 'resource')).toEqual([
      'POLICY_GRAMMAR Statement[0].Principal a resource policy says who: it needs Principal',
    ]);
    expect(
      causes(
        { Statement: { Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' } },
        'trust',
      ),
    ).toEqual([]);
  });
});
