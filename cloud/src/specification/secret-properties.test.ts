import { describe, expect, test } from 'vitest';
import { allResourceTypes, resourceType } from './resource-type.ts';
import { isSecretProperty, secretsIn, shownProperty } from './secret-properties.ts';
import { writeOnlyProperties } from './write-only.fixture.ts';

/** What only sounds like a secret: where one is, whether there is one, what kind, and tokens that tell repeated requests apart. */
const noSecret = /(Arn|ARN|KeyArn|Storage|Required|Enabled|Name|ClientToken|Configuration)$|^(Rotate|Manage)/;

test.each(
  Object.entries(writeOnlyProperties).flatMap(([type, paths]) => paths.map((path) => [type, path])),
)('%s %s is kept, as the registry says', (_type, path) => {
  const name = path
    .split('/')
    .filter((each) => each !== '*')
    .at(-1)!;
  const within = path.split('/').some(isSecretProperty);
  expect(within || noSecret.test(name) || name === 'GenerateSecretString').toBe(true);
});

test('every password of the specification is kept', () => {
  const open = allResourceTypes().flatMap((name) => {
    const type = resourceType(name)!;
    return [...type.properties].flatMap(([property, { value }]) =>
      /Password$/.test(property) && value.kind === 'text' && !isSecretProperty(property) ? [`${name} ${property}`] : [],
    );
  });
  expect(open).toEqual([]);
});

describe('the secrets of a resource', () => {
  test.each([
    ['a password', { MasterUserPassword: 'hunter22' }, ['hunter22']],
    ['a list', { Passwords: ['one', 'two'] }, ['one', 'two']],
    ['within others', { LoginProfile: { Password: 'x-y' } }, ['x-y']],
    ['within a list', { Actions: [{ AuthenticateOidcConfig: { ClientSecret: 'z' } }] }, ['z']],
    ['a number', { ApiKey: 471147 }, ['471147']],
    [
      'JSON, and its secret members',
      { SecretString: '{"username":"admin","password":"p-w"}' },
      ['{"username":"admin","password":"p-w"}', 'p-w'],
    ],
    ['a reference', { MasterUserPassword: '{{resolve:secretsmanager:a:SecretString:password}}' }, []],
    ['where a secret is', { SecretArn: 'arn:aws:secretsmanager:x', Secret: 'arn:aws:secretsmanager:x' }, []],
    ['units of time', { TokenValidityUnits: { AccessToken: 'hours' } }, []],
    ['a flag', { ManageMasterUserPassword: true }, []],
    ['the token of a request', { ClientToken: 'a', ServiceToken: 'b' }, []],
  ])('%s', (_what, properties, secrets) => {
    expect(secretsIn(properties)).toEqual(secrets);
  });
});

test.each([
  ['MasterUserPassword', 'hunter22', '****'],
  [
    'Environment.Variables',
    { KEY: 'value', SECRET: '{{resolve:secretsmanager:a}}' },
    { KEY: '****', SECRET: '{{resolve:secretsmanager:a}}' },
  ],
  [
    'ContainerDefinitions',
    [{ Name: 'web', Environment: [{ Name: 'A', Value: 'b' }] }],
    [{ Name: 'web', Environment: [{ Name: 'A', Value: '****' }] }],
  ],
  ['Tags', [{ Key: 'a', Value: 'b' }], [{ Key: 'a', Value: 'b' }]],
])('%s is shown without what it keeps', (path, value, shown) => {
  expect(shownProperty(path, value)).toEqual(shown);
});
