import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { processesOf } from './support/processes.ts';
import { Project, until } from './support/project.ts';

/** Each way in which a secret comes into a region has a marker of its own. */
const markers = { key: 'Key-4711-Secret', password: 'Password-4712-Secret', stated: 'Stated-4713-Secret' };
const hostile = '\x1b]52;c;aGk=\x07\u202e';

const template = `
Parameters:
  Key: { Type: String, NoEcho: true }
Resources:
  Net: { Type: AWS::EC2::VPC, Properties: { CidrBlock: 10.9.0.0/16 } }
  A: { Type: AWS::EC2::Subnet, Properties: { VpcId: !Ref Net, CidrBlock: 10.9.1.0/24, AvailabilityZone: !Select [0, !GetAZs ''] } }
  B: { Type: AWS::EC2::Subnet, Properties: { VpcId: !Ref Net, CidrBlock: 10.9.2.0/24, AvailabilityZone: !Select [1, !GetAZs ''] } }
  Where: { Type: AWS::RDS::DBSubnetGroup, Properties: { DBSubnetGroupDescription: data, SubnetIds: [!Ref A, !Ref B] } }
  Data:
    Type: AWS::RDS::DBInstance
    DeletionPolicy: Delete
    Properties:
      { Engine: postgres, DBInstanceClass: db.t3.micro, AllocatedStorage: '20', MasterUsername: owner, MasterUserPassword: '{{resolve:ssm-secure:/lab/password:1}}', DBSubnetGroupName: !Ref Where }
  Stated: { Type: AWS::SecretsManager::Secret, Properties: { SecretString: '{"password":"${markers.stated}"}' } }
  Generated: { Type: AWS::SecretsManager::Secret, Properties: { GenerateSecretString: { PasswordLength: 30, ExcludePunctuation: true } } }
  Server:
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-12345678
      InstanceType: t3.micro
      SubnetId: !Ref A
      UserData:
        Fn::Base64: !Sub |
          #!/bin/sh
          echo "the key is \${Key}"
          printf 'hostile \\033]52;c;aGk=\\007 end\\n'
`;

let project: Project;

beforeAll(async () => {
  project = await Project.ofTemplate(template);
  for (const name of ['key', 'password'] as const) {
    writeFileSync(join(project.directory, name), `${markers[name]}\n`, { mode: 0o600 });
  }
  const up = await project.terrace<{ failures: unknown[] }>('up', ...given(), '--detach');
  expect(up.value.failures).toEqual([]);
}, 120_000);

afterAll(async () => {
  await project?.[Symbol.asyncDispose]();
});

const given = (key = 'file://key') => [
  '--template',
  'template.yaml',
  '--parameter',
  `Key=${key}`,
  '--parameter',
  'ssm:/lab/password=file://password',
];

/** Markers, and what the region's store has made, as found where they are kept. */
function secrets(): string[] {
  const folder = join(project.directory, '.terrace/secrets');
  const kept = readdirSync(folder).map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')));
  const generated = kept.map(({ versions }) => versions[0].value as string).filter((value) => value.length === 30);
  expect(generated).toHaveLength(1);
  return [...Object.values(markers), ...generated];
}

const holds = (text: string) => secrets().filter((each) => text.includes(each));

describe('a running region', () => {
  test('masks secrets in what it answers, and shows escape sequences as text', async () => {
    const written = await until(
      async () => JSON.stringify((await project.terrace('logs', 'Server')).value),
      (text) => text.includes('hostile'),
    );
    expect(written).toContain('the key is ****');
    expect(holds(written)).toEqual([]);
    for (const words of [['status'], ['database', 'list'], ['diagnose', 'Server', 'Data', '--port', '5432']])
      expect(holds(JSON.stringify((await project.terrace(...words)).value))).toEqual([]);
  });

  test('masks them in differences, before and after', async () => {
    const same = await project.terrace<{ changes: unknown[] }>('diff', ...given());
    expect(same.value.changes).toEqual([]);
    const other = 'Other-4714-Secret';
    writeFileSync(join(project.directory, 'other'), other, { mode: 0o600 });
    const said = await project.terrace<{ changes: { properties: { path: string }[] }[] }>(
      'diff',
      ...given('file://other'),
    );
    const text = JSON.stringify(said.value);
    expect(said.value.changes.flatMap(({ properties }) => properties.map(({ path }) => path))).toEqual(['UserData']);
    expect(holds(text)).toEqual([]);
    for (const value of [other, markers.key])
      expect(
        text
          .match(/"(?:before|after)":"([^"]*)"/g)!
          .map(decoded)
          .join(),
      ).not.toContain(value);
  });

  test('masks them in mistakes, and refuses a file that others may read', async () => {
    writeFileSync(join(project.directory, 'open'), markers.key, { mode: 0o644 });
    const refused = await project.terrace<{ mistakes: { code: string }[] }>('diff', ...given('file://open'));
    expect(refused.value.mistakes.map(({ code }) => code)).toEqual(['SECRET_FILE_OPEN']);
    expect(holds(JSON.stringify(refused.value))).toEqual([]);
    const unknown = await project.terrace('exec', hostile, '--', 'true');
    expect(JSON.stringify(unknown.value)).toContain('52;c;');
  });

  test('has none in the words and the environments of its processes', () => {
    const all = processesOf(project.directory);
    expect(all.length).toBeGreaterThan(3);
    for (const { pid, words } of all) {
      expect(holds(words)).toEqual([]);
      expect(holds(environment(pid))).toEqual([]);
    }
  });

  test('has them in files of its own only where they are needed, and there for the owner alone', () => {
    const state = join(project.directory, '.terrace');
    const found = readdirSync(state, { recursive: true, withFileTypes: true }).flatMap((each) => {
      const path = join(each.parentPath, each.name);
      if (!each.isFile() || holds(readFileSync(path, 'latin1')).length === 0) return [];
      return [{ path: path.slice(state.length + 1), mode: statSync(path).mode & 0o077 }];
    });
    expect(found.filter(({ path }) => !exceptions.some((each) => each.test(path)))).toEqual([]);
    expect(found.filter(({ mode }) => mode !== 0)).toEqual([]);
    expect(found.some(({ path }) => path.startsWith('secrets/'))).toBe(true);
  });
});

/** What keeps secrets, and why. */
const exceptions = [
  /^secrets\//, // the store of Secrets Manager
  /^instances\/.*journal/, // what an instance wrote itself; masked when it is shown
  /^instances\/.*user-data/, // the script that the instance runs at its next start
];

function environment(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8');
  } catch {
    return '';
  }
}

function decoded(member: string): string {
  return Buffer.from(member.split(':')[1]!.replaceAll('"', ''), 'base64').toString('utf8');
}
