import { describe, expect, test } from 'vitest';
import { loadTexts } from '../assembly/load.ts';
import type { Json } from '../json.ts';
import { matchPattern } from './allowed-pattern.ts';

async function resolve(definition: Json, given?: string): Promise<Json> {
  const template = {
    Parameters: { P: definition },
    Resources: { T: { Type: 'AWS::SNS::Topic' } },
    Outputs: { O: { Value: { Ref: 'P' } } },
  };
  const result = await loadTexts(
    { 'a.json': JSON.stringify(template) },
    { parameters: { ...(given === undefined ? {} : { P: given }), 'ssm:/mine': 'seven' } },
  );
  if (!result.ok) return result.mistakes.map((each) => each.code).join();
  return result.value.stacks[0]?.outputs[0]?.value ?? null;
}

describe('a parameter', () => {
  test.each<[Json, string | undefined, Json]>([
    [{ Type: 'String', Default: 'a' }, undefined, 'a'],
    [{ Type: 'String', Default: 'a' }, 'b', 'b'],
    [{ Type: 'Number', Default: 5, MinValue: 1, MaxValue: 9 }, '7', '7'],
    [{ Type: 'CommaDelimitedList' }, 'a, b', ['a', 'b']],
    [{ Type: 'List<Number>' }, '1,2', ['1', '2']],
    [{ Type: 'List<AWS::EC2::Subnet::Id>' }, 'subnet-1,subnet-2', ['subnet-1', 'subnet-2']],
    [{ Type: 'AWS::EC2::VPC::Id' }, 'vpc-1', 'vpc-1'],
    [{ Type: 'AWS::SSM::Parameter::Name', Default: '/mine' }, undefined, '/mine'],
    [{ Type: 'AWS::SSM::Parameter::Value<String>', Default: '/mine' }, undefined, 'seven'],
    [{ Type: 'AWS::SSM::Parameter::Value<List<String>>', Default: '/mine' }, undefined, ['seven']],
    [{ Type: 'String', AllowedPattern: '[a-z]+' }, 'abc', 'abc'],
    [{ Type: 'String' }, undefined, 'MISSING_PARAMETER'],
    [{ Type: 'Sting', Default: 'a' }, undefined, 'WRONG_PARAMETER'],
    [{ Default: 'a' }, undefined, 'WRONG_PARAMETER'],
    [{ Type: 'Number' }, 'seven', 'PARAMETER_NOT_ALLOWED'],
    [{ Type: 'Number', MaxValue: 5 }, '7', 'PARAMETER_NOT_ALLOWED'],
    [{ Type: 'String', MinLength: 3 }, 'ab', 'PARAMETER_NOT_ALLOWED'],
    [{ Type: 'String', AllowedPattern: '[a-z]+' }, 'abc1', 'PARAMETER_NOT_ALLOWED'],
    [{ Type: 'CommaDelimitedList', AllowedValues: ['a', 'b'] }, 'a,c', 'PARAMETER_NOT_ALLOWED'],
    [{ Type: 'AWS::SSM::Parameter::Value<String>', Default: '/none' }, undefined, 'UNKNOWN_SYSTEM_PARAMETER'],
  ])('%j given %s is %j', async (definition, given, expected) => {
    expect(await resolve(definition, given)).toEqual(expected);
  });

  test.each([
    ['(a+)+b', 'a'.repeat(40), 'endless'],
    ['(a|b)*c', 'abac', 'matches'],
    ['(?i)abc', 'ABC', 'unreadable'],
    ['\\d{12}', '123', 'differs'],
  ])('the pattern %s against %s: %s', (pattern, text, verdict) => {
    const start = process.cpuUsage();
    expect(matchPattern(pattern, [text])).toBe(verdict);
    expect(process.cpuUsage(start).user, 'microseconds').toBeLessThan(4_000_000);
  });

  test('that is not to be shown is not among what a stack shows', async () => {
    const template = {
      Parameters: { Password: { Type: 'String', NoEcho: true, Default: 'secret' } },
      Resources: { T: { Type: 'AWS::SNS::Topic', Properties: { DisplayName: { Ref: 'Password' } } } },
    };
    const result = await loadTexts({ 'a.json': JSON.stringify(template) });
    expect(result.ok && result.value.stacks[0]?.parameters).toEqual({ Password: '****' });
    expect(result.ok && result.value.resources[0]?.properties).toEqual({ DisplayName: 'secret' });
  });
});
