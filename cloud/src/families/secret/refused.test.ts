import { describe } from 'vitest';
import { get, out, ref, table } from '../refusals.fixture.ts';

const base = {
  S: { Type: 'AWS::SecretsManager::Secret', Properties: {} },
  Rotation: {
    Type: 'AWS::SecretsManager::RotationSchedule',
    Properties: {
      SecretId: ref('S'),
      RotationLambdaARN: 'arn:aws:lambda:ap-northeast-2:111122223333:function:one',
      RotationRules: { AutomaticallyAfterDays: 30 },
    },
  },
  P: { Type: 'AWS::SSM::Parameter', Properties: { Name: '/shop/a', Type: 'String', Value: 'one' } },
};
const made = (more: object) => ({ GenerateSecretString: more }) as never;

describe('secrets and parameters', () => {
  table(base, 'S', [
    ['Name', { Name: 'my secret' }, { Name: 'shop/db_1+=.@-' }],
    ['Name', { Name: 'a'.repeat(513) }, { Name: 'a'.repeat(512) }],
    ['GenerateSecretString', { SecretString: 'one', GenerateSecretString: {} }, { SecretString: 'one' }],
    ['SecretString', { SecretString: 'a'.repeat(65_537) }, { SecretString: '{}' }],
    [
      'GenerateSecretString.PasswordLength',
      made({ PasswordLength: 0 }),
      made({ PasswordLength: 1, RequireEachIncludedType: false }),
    ],
    ['GenerateSecretString.PasswordLength', made({ PasswordLength: 4097 }), made({ PasswordLength: 4096 })],
    ['GenerateSecretString.PasswordLength', made({ PasswordLength: 3 }), made({ PasswordLength: 4 })],
    [
      'GenerateSecretString.ExcludeCharacters',
      made({ ExcludeCharacters: 'a'.repeat(4097) }),
      made({ ExcludeCharacters: '"@/\\' }),
    ],
    [
      'GenerateSecretString',
      made({ SecretStringTemplate: '{"username":"a"}' }),
      made({ SecretStringTemplate: '{"username":"a"}', GenerateStringKey: 'password' }),
    ],
    [
      'GenerateSecretString',
      made({ GenerateStringKey: 'password' }),
      made({ SecretStringTemplate: '{}', GenerateStringKey: 'password' }),
    ],
    [
      'GenerateSecretString.SecretStringTemplate',
      made({ SecretStringTemplate: 'username: a', GenerateStringKey: 'password' }),
      made({ SecretStringTemplate: '{"a":1}', GenerateStringKey: 'password' }),
    ],
    [
      'GenerateSecretString',
      made({ ExcludeLowercase: true, ExcludeUppercase: true, ExcludeNumbers: true, ExcludePunctuation: true }),
      made({ ExcludeLowercase: true, ExcludeUppercase: true, ExcludePunctuation: true }),
    ],
    [
      'ReplicaRegions.0.Region',
      { ReplicaRegions: [{ Region: 'ap-northeast-2' }] },
      { ReplicaRegions: [{ Region: 'ap-northeast-1' }] },
    ],
  ]);
  table(
    base,
    'Rotation',
    [
      [
        'RotationRules.AutomaticallyAfterDays',
        { 'RotationRules.AutomaticallyAfterDays': 1001 },
        { 'RotationRules.AutomaticallyAfterDays': 1000 },
      ],
      [
        'RotationRules.ScheduleExpression',
        { RotationRules: { AutomaticallyAfterDays: 30, ScheduleExpression: 'rate(10 days)' } },
        { RotationRules: { ScheduleExpression: 'rate(10 days)' } },
      ],
      [
        'RotationRules.ScheduleExpression',
        { RotationRules: { ScheduleExpression: 'every day' } },
        { RotationRules: { ScheduleExpression: 'cron(0 8 1 * ? *)' } },
      ],
      [
        'RotationRules.Duration',
        { RotationRules: { ScheduleExpression: 'rate(10 days)', Duration: '3' } },
        { RotationRules: { ScheduleExpression: 'rate(10 days)', Duration: '3h' } },
      ],
      ['SecretId', { SecretId: out }, { SecretId: 'shop' }],
    ].map(([place, ...rest]) => (place === 'SecretId' ? ['', ...rest] : [place, ...rest])) as never,
  );
  table(base, 'P', [
    ['Name', { Name: 'aws-shop' }, { Name: 'shop-aws' }],
    ['Name', { Name: '/aws/shop' }, { Name: '/shop/aws' }],
    ['Name', { Name: '/shop a' }, { Name: '/shop/a.b-c_d' }],
    ['Name', { Name: 'shop/a' }, { Name: '/shop/b' }],
    ['Type', { Type: 'SecureString' }, { Type: 'StringList', Value: 'a,b' }],
    ['Value', { Value: 'a'.repeat(4097) }, { Value: 'a'.repeat(4096) }],
    ['Value', { Value: 'a'.repeat(8193), Tier: 'Advanced' }, { Value: 'a'.repeat(8192), Tier: 'Advanced' }],
    ['Value', { AllowedPattern: '^\\d+$', Value: 'one' }, { AllowedPattern: '^\\d+$', Value: '1' }],
    ['Tier', { Tier: 'Basic' }, { Tier: 'Intelligent-Tiering' }],
    [
      '',
      { Value: out },
      { Value: get('P2', 'Value'), 'P2:': { Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', Value: 'b' } } },
    ],
  ]);
});
