import { describe, expect, test } from 'vitest';
import { loadTexts } from './load.ts';

const marker = 'user-name:Pass-4711-Word';
const template = (resources: string, more = '') => `
Parameters:
  Key: { Type: String, NoEcho: true }
${more}
Resources:
${resources}`;
const load = (text: string, parameters: Record<string, string> = { Key: marker }) =>
  loadTexts({ 'a.yaml': text }, { parameters });

describe('the secrets of an inventory', () => {
  test.each([
    ['a parameter that says NoEcho', '  A: { Type: AWS::SNS::Topic, Properties: { DisplayName: !Ref Key } }', marker],
    [
      'a part of it',
      "  A: { Type: AWS::SNS::Topic, Properties: { DisplayName: !Select [1, !Split [':', !Ref Key]] } }",
      'Pass-4711-Word',
    ],
    [
      'a password that is written down',
      '  A: { Type: AWS::IAM::User, Properties: { LoginProfile: { Password: Written-4711 } } }',
      'Written-4711',
    ],
  ])('hold %s', async (_what, resources, secret) => {
    const loaded = await load(template(resources));
    expect(loaded.ok && loaded.value.secrets).toContain(secret);
  });

  test('hold nothing that only stands beside one', async () => {
    const loaded = await load(
      template("  A: { Type: AWS::SNS::Topic, Properties: { DisplayName: !Sub 'x ${Key}', TopicName: plain-name } }"),
    );
    expect(loaded.ok && loaded.value.secrets).toEqual([marker]);
  });

  test('hold a secure parameter that was given, and put it in place', async () => {
    const secure =
      '  A: { Type: AWS::IAM::User, Properties: { LoginProfile: { Password: "{{resolve:ssm-secure:/lab/password:1}}" } } }';
    const loaded = await load(template(secure), { Key: 'k-1', 'ssm:/lab/password': 'Given-4711' });
    expect(loaded.ok && loaded.value.resources[0]!.properties).toEqual({ LoginProfile: { Password: 'Given-4711' } });
    expect(loaded.ok && loaded.value.secrets).toContain('Given-4711');
    const without = await load(template(secure), { Key: 'k-1' });
    expect(without.ok && JSON.stringify(without.value.resources)).toContain('{{resolve:ssm-secure:/lab/password:1}}');
  });
});

test.each([
  ['is not allowed', `  Other: { Type: String, NoEcho: true, Default: "${marker}", AllowedValues: [a] }`, ''],
  ['is no value of a property', '', '    Properties: { Size: !Ref Key, VolumeType: !Ref Key, AvailabilityZone: x }'],
])('a mistake does not quote a secret that %s', async (_what, parameters, properties) => {
  const loaded = await load(template(`  A:\n    Type: AWS::EC2::Volume\n${properties}`, parameters));
  expect(loaded.ok).toBe(false);
  expect(JSON.stringify(loaded)).not.toContain(marker);
});
