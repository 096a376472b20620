import { describe, expect, test } from 'vitest';
import { loadTexts } from '../../assembly/load.ts';
import type { Json } from '../../json.ts';

/** What a value comes to, as the value of an output of a template with these things around it. */
async function valueGiven(value: Json, more: Record<string, Json> = {}): Promise<Json | string[]> {
  const template = {
    Transform: 'AWS::LanguageExtensions',
    Parameters: {
      Name: { Type: 'String', Default: 'arcade' },
      Size: { Type: 'Number', Default: 3 },
      Names: { Type: 'CommaDelimitedList', Default: 'a, b,c' },
      Image: {
        Type: 'AWS::SSM::Parameter::Value<AWS::EC2::Image::Id>',
        Default: '/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64',
      },
    },
    Mappings: { Map: { top: { second: 'found', list: ['x', 'y'] } } },
    Conditions: { Yes: { 'Fn::Equals': ['1', 1] }, No: { 'Fn::Not': [{ Condition: 'Yes' }] } },
    Resources: { Topic: { Type: 'AWS::SNS::Topic', Properties: { TopicName: 'scores' } } },
    Outputs: { Result: { Value: value } },
    ...more,
  };
  const result = await loadTexts({ 'stack.json': JSON.stringify(template) }, { account: '123456789012' });
  if (!result.ok) return result.mistakes.map((each) => each.code);
  return result.value.stacks[0]?.outputs[0]?.value ?? null;
}

const topic = 'arn:aws:sns:ap-northeast-2:123456789012:scores';

describe('an intrinsic function', () => {
  test.each<[Json, Json]>([
    [{ Ref: 'Name' }, 'arcade'],
    [{ Ref: 'Size' }, '3'],
    [{ Ref: 'Names' }, ['a', 'b', 'c']],
    [{ Ref: 'Topic' }, topic],
    [{ Ref: 'AWS::Region' }, 'ap-northeast-2'],
    [{ Ref: 'AWS::AccountId' }, '123456789012'],
    [{ Ref: 'AWS::Partition' }, 'aws'],
    [{ Ref: 'AWS::URLSuffix' }, 'amazonaws.com'],
    [{ Ref: 'AWS::StackName' }, 'stack'],
    [{ 'Fn::GetAtt': ['Topic', 'TopicName'] }, 'scores'],
    [{ 'Fn::GetAtt': 'Topic.TopicName' }, 'scores'],
    [{ 'Fn::Sub': '${Name}-${Topic.TopicName}-${AWS::Region}-${!Kept}' }, 'arcade-scores-ap-northeast-2-${Kept}'],
    [{ 'Fn::Sub': ['${a}${Name}', { a: { Ref: 'Size' } }] }, '3arcade'],
    [{ 'Fn::Join': ['-', ['a', { Ref: 'Name' }, 3]] }, 'a-arcade-3'],
    [{ 'Fn::Join': [',', { Ref: 'Names' }] }, 'a,b,c'],
    [{ 'Fn::Split': ['-', 'a-b-'] }, ['a', 'b', '']],
    [{ 'Fn::Select': ['1', { Ref: 'Names' }] }, 'b'],
    [{ 'Fn::Select': [0, { 'Fn::GetAZs': '' }] }, 'ap-northeast-2a'],
    [{ 'Fn::GetAZs': 'us-west-1' }, ['us-west-1a', 'us-west-1c']],
    [{ 'Fn::FindInMap': ['Map', 'top', 'second'] }, 'found'],
    [{ 'Fn::FindInMap': ['Map', 'top', 'nothing', { DefaultValue: 'otherwise' }] }, 'otherwise'],
    [{ 'Fn::If': ['Yes', 'a', 'b'] }, 'a'],
    [{ 'Fn::If': ['No', 'a', { 'Fn::If': ['Yes', 'c', 'd'] }] }, 'c'],
    [{ a: { Ref: 'AWS::NoValue' }, b: [{ Ref: 'AWS::NoValue' }, 1] }, { b: [1] }],
    [{ 'Fn::Base64': 'hello 안녕' }, Buffer.from('hello 안녕').toString('base64')],
    [{ 'Fn::Cidr': ['10.0.0.0/16', 3, 8] }, ['10.0.0.0/24', '10.0.1.0/24', '10.0.2.0/24']],
    [{ 'Fn::Cidr': ['2001:db8:1:ff00::/56', 2, 64] }, ['2001:db8:1:ff00::/64', '2001:db8:1:ff01::/64']],
    [{ 'Fn::Cidr': ['192.168.0.0/24', '2', '5'] }, ['192.168.0.0/27', '192.168.0.32/27']],
    [{ 'Fn::Length': { Ref: 'Names' } }, 3],
    [{ 'Fn::ToJsonString': { a: { Ref: 'Names' } } }, '{"a":["a","b","c"]}'],
    ['{{resolve:secretsmanager:mine:SecretString:password}}', '{{resolve:secretsmanager:mine:SecretString:password}}'],
  ])('%j gives %j', async (value, expected) => {
    expect(await valueGiven(value)).toEqual(expected);
  });

  test('images have the form of AWS’s, and each name its own', async () => {
    const one = await valueGiven({ Ref: 'Image' });
    const other = await valueGiven(
      '{{resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64}}',
    );
    expect(one).toMatch(/^ami-0[0-9a-f]{16}$/);
    expect(other).toMatch(/^ami-0[0-9a-f]{16}$/);
    expect(one).not.toBe(other);
  });

  test.each<[Json, string]>([
    [{ Ref: 'Nothing' }, 'UNKNOWN_REFERENCE'],
    [{ Ref: 3 }, 'WRONG_ARGUMENT'],
    [{ 'Fn::GetAtt': ['Topic', 'Colour'] }, 'UNKNOWN_ATTRIBUTE'],
    [{ 'Fn::Sub': '${Nothing}' }, 'UNKNOWN_REFERENCE'],
    [{ 'Fn::Sub': ['a'] }, 'WRONG_ARGUMENT'],
    [{ 'Fn::Join': ['-', 'a'] }, 'WRONG_ARGUMENT'],
    [{ 'Fn::Select': [7, { Ref: 'Names' }] }, 'WRONG_ARGUMENT'],
    [{ 'Fn::FindInMap': ['Map', 'top', 'secnd'] }, 'UNKNOWN_MAP_KEY'],
    [{ 'Fn::If': ['Perhaps', 1, 2] }, 'UNKNOWN_CONDITION'],
    [{ 'Fn::Cidr': ['10.0.0.0/24', 500, 8] }, 'WRONG_ARGUMENT'],
    [{ 'Fn::Transform': { Name: 'MyMacro' } }, 'UNKNOWN_MACRO'],
    ['{{resolve:ssm:/mine}}', 'UNKNOWN_SYSTEM_PARAMETER'],
  ])('%j is one mistake: %s', async (value, code) => {
    expect(await valueGiven(value)).toEqual([code]);
  });

  test('a parameter of Systems Manager comes from a template or from outside', async () => {
    const Resources = {
      Mine: { Type: 'AWS::SSM::Parameter', Properties: { Name: '/mine', Type: 'String', Value: 'seven' } },
    };
    expect(await valueGiven('a {{resolve:ssm:/mine:1}} b', { Resources })).toBe('a seven b');
    const template = JSON.stringify({ Resources, Outputs: { R: { Value: '{{resolve:ssm:/other}}' } } });
    const result = await loadTexts({ 'a.json': template }, { parameters: { 'ssm:/other': 'given' } });
    expect(result.ok && result.value.stacks[0]?.outputs[0]?.value).toBe('given');
  });
});
