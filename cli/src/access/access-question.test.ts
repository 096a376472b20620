import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { synthesizeVariant } from '@terrace/blueprint/synthesize-variant.fixture';
import { afterAll, describe, expect, test } from 'vitest';
import { command } from '../commands/access.ts';
import { listeningTerminal } from '../terminal/terminal.fixture.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'terrace-access-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function asks(options: Record<string, unknown>) {
  const { terminal, said } = listeningTerminal({ json: true });
  const exit = await command.run({
    arguments: [],
    options: { app: synthesizeVariant({}).folder, ...options },
    terminal,
  });
  // biome-ignore lint/suspicious/noExplicitAny: JSON, looked into by each test
  return { exit, value: said.value as any, codes: said.mistakes.map(({ code }) => code) };
}

describe('a wrong question ends with code 2 and says what would be right', () => {
  test.each<[string, Record<string, unknown>, string[]]>([
    ['a persona that does not exist', { as: 'nobody' }, ['UNKNOWN_PERSONA']],
    ['an action that does not exist', { as: 'devops', action: 'ec2:DeletRoute' }, ['UNKNOWN_ACTION']],
    [
      'managed policies that do not exist',
      { managed: 'AmazonRDSFulAccess,AmazonEC2FulAccess' },
      ['UNKNOWN_MANAGED_POLICY', 'UNKNOWN_MANAGED_POLICY'],
    ],
    ['a policy file that is not there', { policy: ['/nowhere/policy.json'] }, ['POLICY_FILE_ABSENT']],
    ['another way than the two', { as: 'devops', via: 'terraform' }, ['OPTION_UNKNOWN']],
    ['an action, and nobody who would take it', { action: 'ec2:DeleteRoute' }, ['OPTION_NEEDS_ANOTHER']],
    ['a resource without an action', { as: 'devops', resource: '*' }, ['OPTION_NEEDS_ANOTHER']],
    ['a resource that is no ARN', { as: 'devops', action: 'ec2:DeleteRoute', resource: 'route' }, ['NOT_AN_ARN']],
    ['a picture of one persona', { as: 'devops', svg: 'one.svg' }, ['OPTIONS_EXCLUDE']],
    ['somebody who is two', { as: 'devops', managed: 'AdministratorAccess' }, ['OPTIONS_EXCLUDE']],
    ['the excess of nobody', { excess: true }, ['OPTION_NEEDS_ANOTHER']],
    ['a stack that does not exist', { as: 'devops', stack: 'Nothing' }, ['STACK_UNKNOWN']],
    [
      'several at once',
      { as: 'nobody', via: 'terraform', stack: 'Nothing' },
      ['OPTION_UNKNOWN', 'STACK_UNKNOWN', 'UNKNOWN_PERSONA'],
    ],
  ])('%s', async (_what, options, codes) => {
    const answer = await asks(options);
    expect([answer.exit, answer.codes]).toEqual([2, codes]);
  });

  test('a policy that is not JSON, or not grammar', async () => {
    const broken = path.join(folder, 'broken.json');
    writeFileSync(broken, '{');
    expect((await asks({ policy: [broken] })).codes).toEqual(['POLICY_NOT_JSON']);
    writeFileSync(broken, '{"Statement": {"Effect": "Allow"}}');
    expect((await asks({ policy: [broken] })).codes).toEqual(['POLICY_GRAMMAR', 'POLICY_GRAMMAR']);
  });
});

describe('an answer', () => {
  test('of preflight has the shape that is documented', async () => {
    const { exit, value } = await asks({ as: 'developer', stack: 'TerraceService' });
    expect(exit).toBe(1);
    expect(value).toMatchObject({
      allowed: false,
      subject: 'developer',
      via: 'cloudformation',
      executionRole: null,
      unknown: [],
    });
    const missing = value.missing.find((each: { action: string }) => each.action === 'rds:CreateDBInstance');
    expect(Object.keys(missing)).toEqual([
      'resource',
      'type',
      'stack',
      'action',
      'on',
      'why',
      'page',
      'firstTimeOnly',
      'verdict',
      'dependsOn',
      'deniedBy',
      'near',
      'of',
    ]);
    expect(value.fixes.personas).toEqual(['admin', 'devops']);
    expect(value.fixes.smallest.length).toBeGreaterThan(0);
  });

  test('is yes for DevOps and the service, in either way of asking', async () => {
    expect(await asks({ as: 'devops', stack: 'TerraceService' })).toMatchObject({
      exit: 0,
      value: { allowed: true, missing: [] },
    });
    const route = await asks({ as: 'devops', action: 'ec2:DeleteRoute' });
    expect(route).toMatchObject({ exit: 1, value: { allowed: false, verdict: 'explicit-deny' } });
    // The blueprint states why each statement is there, and the answer passes it on.
    expect(route.value.reasons[0].en).not.toBe('');
    expect(route.value.reasons[0].ko).toMatch(/[가-힣]/);
  });

  test('with a role asks the person for the stack and for passing the role, and the role for the rest', async () => {
    const policy = path.join(folder, 'person.json');
    const allow = (Action: string[], Resource: string) => ({ Effect: 'Allow', Action, Resource });
    writeFileSync(policy, JSON.stringify({ Version: '2012-10-17', Statement: [allow(['cloudformation:*'], '*')] }));
    const asked = { policy: [policy], stack: 'TerraceService', role: 'DeployServers,DeployData' };
    const without = await asks(asked);
    expect(without.value.missing.map((each: { action: string }) => each.action)).toEqual(['iam:PassRole']);
    writeFileSync(
      policy,
      JSON.stringify({ Version: '2012-10-17', Statement: [allow(['cloudformation:*', 'iam:PassRole'], '*')] }),
    );
    expect((await asks(asked)).exit).toBe(0);
    const half = await asks({ ...asked, role: 'DeployServers' });
    expect(half.value.missing.map((each: { action: string }) => each.action)).toContain('rds:CreateDBInstance');
  });

  test('of the matrix names every persona, and its picture says the same', async () => {
    const picture = path.join(folder, 'matrix.svg');
    const { value } = await asks({ svg: picture });
    expect(value.personas.map(({ name }: { name: string }) => name)).toEqual([
      'admin',
      'devops',
      'developer',
      'viewer',
    ]);
    const row = (id: string) => value.rows.find((each: { id: string }) => each.id === id).answers;
    expect(row('change-iam')).toEqual({ admin: 'second-factor', devops: 'no', developer: 'no', viewer: 'no' });
    expect(row('change-routes')).toEqual({ admin: 'second-factor', devops: 'no', developer: 'no', viewer: 'no' });
    expect(row('look').viewer).toBe('yes');
    expect(row('deploy-TerraceService')).toEqual({
      admin: 'second-factor',
      devops: 'second-factor',
      developer: 'no',
      viewer: 'no',
    });
    const svg = readFileSync(picture, 'utf8');
    expect(svg.match(/>with MFA</g)).toHaveLength(
      value.rows
        .flatMap((each: { answers: Record<string, string> }) => Object.values(each.answers))
        .filter((each: string) => each === 'second-factor').length,
    );
  });

  test('of excess ends with code 1 where somebody is an administrator, and 0 where nobody can become one', async () => {
    expect(await asks({ as: 'admin', excess: true })).toMatchObject({ exit: 1, value: { administrator: true } });
    const viewer = await asks({ as: 'viewer', excess: true });
    expect(viewer).toMatchObject({ exit: 0, value: { administrator: false, escalations: [] } });
    expect(viewer.value.services.every(({ level }: { level: string }) => level !== 'permissions')).toBe(true);
  });
});
