import { identityView } from '@terrace/cloud/views/identity';
import { describe, expect, test } from 'vitest';
import { subjectsOf } from '../evaluation/subject.ts';
import { findAction } from '../policy/actions.ts';
import { inventoryOf } from '../template.fixture.ts';
import { defaultBootstrap } from './bootstrap.ts';
import { escalationsOf, isAdministrator, surroundingsOf } from './escalation.ts';
import { escalationPaths } from './escalation-paths.ts';

const account = '000000000000';

async function ways(statements: object[], more: Record<string, object> = {}, bootstrap = false) {
  const inventory = await inventoryOf({
    Resources: {
      ...more,
      Team: {
        Type: 'AWS::IAM::Group',
        Metadata: { 'Terrace::Persona': { name: 'team', purpose: { en: 'Works', ko: '일합니다' } } },
        Properties: {
          Policies: [{ PolicyName: 'work', PolicyDocument: { Version: '2012-10-17', Statement: statements } }],
        },
      },
    },
  });
  const view = identityView(inventory);
  const subjects = subjectsOf(view);
  if (!subjects.ok) throw new Error(JSON.stringify(subjects.mistakes));
  const around = surroundingsOf(view, subjects.value, bootstrap ? defaultBootstrap(view.account, view.region) : []);
  const team = subjects.value.find(({ name }) => name === 'team')!;
  return {
    administrator: isAdministrator(team, around),
    paths: escalationsOf(team, around).map(({ path, through }) => [...through, path.id].join(' > ')),
  };
}

const allow = (Action: string | string[], Resource: string | string[] = '*', Condition?: object) => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...(Condition ? { Condition } : {}),
});
const role = (service: string, managed: string[] = []) => ({
  Type: 'AWS::IAM::Role',
  Properties: {
    RoleName: 'worker',
    AssumeRolePolicyDocument: {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' }],
    },
    ManagedPolicyArns: managed,
  },
});

test('names only actions that AWS has, each path once', () => {
  expect(
    escalationPaths.flatMap(({ actions }) => actions).filter((action) => findAction(action)?.name !== action),
  ).toEqual([]);
  expect(new Set(escalationPaths.map(({ id }) => id)).size).toBe(escalationPaths.length);
});

describe('somebody', () => {
  test.each(
    escalationPaths.map((path) => [path.id, path] as const),
  )('with just the actions of %s has that way', async (_id, path) => {
    const { paths } = await ways(
      [allow([...path.actions])],
      path.how.kind === 'assume' ? { Admin: assumable(['arn:aws:iam::aws:policy/AdministratorAccess']) } : {},
    );
    expect(paths).toContain(path.id);
  });

  test('who may assume any role may assume one outside of the template that trusts the account', async () => {
    expect((await ways([allow('sts:AssumeRole')])).paths).toContain('sts-001');
    expect((await ways([allow('sts:AssumeRole', `arn:aws:iam::${account}:role/worker`)])).paths).toEqual([]);
  });

  test('who lacks one action of a path does not have it', async () => {
    expect((await ways([allow(['lambda:CreateFunction', 'lambda:InvokeFunction'])])).paths).toEqual([]);
  });

  test('who may pass one weak role only has no way by it', async () => {
    const pass = allow('iam:PassRole', `arn:aws:iam::${account}:role/worker`, {
      StringEquals: { 'iam:PassedToService': 'ec2.amazonaws.com' },
    });
    expect((await ways([pass, allow('ec2:RunInstances')], { Worker: role('ec2.amazonaws.com') })).paths).toEqual([]);
  });

  test('who may pass a role that is an administrator has', async () => {
    const pass = allow('iam:PassRole', `arn:aws:iam::${account}:role/worker`);
    const worker = role('ec2.amazonaws.com', ['arn:aws:iam::aws:policy/AdministratorAccess']);
    expect((await ways([pass, allow('ec2:RunInstances')], { Worker: worker })).paths).toEqual(['ec2-001']);
    // A role that functions cannot take is no use to a function.
    expect((await ways([pass, allow('lambda:*')], { Worker: worker })).paths).not.toContain('lambda-001');
  });

  test('reaches further by a role that has a way of its own', async () => {
    const worker = {
      ...role('ec2.amazonaws.com'),
      Properties: {
        ...role('ec2.amazonaws.com').Properties,
        Policies: [
          { PolicyName: 'p', PolicyDocument: { Version: '2012-10-17', Statement: [allow('iam:PutRolePolicy')] } },
        ],
      },
    };
    const pass = allow('iam:PassRole', `arn:aws:iam::${account}:role/worker`);
    expect((await ways([pass, allow('ec2:RunInstances')], { Worker: worker })).paths).toEqual(['worker > iam-005']);
  });

  test('who may open sessions on servers of the template reaches what its servers are', async () => {
    const session = allow('ssm:StartSession', '*', { StringEquals: { 'ssm:resourceTag/Name': 'web' } });
    expect((await ways([session], { Worker: role('ec2.amazonaws.com') })).paths).toEqual([]);
    const worker = role('ec2.amazonaws.com', ['arn:aws:iam::aws:policy/AdministratorAccess']);
    expect((await ways([session], { Worker: worker })).paths).toEqual(['ssm-001']);
  });

  test('is not helped by a condition that certainly fails, and is by one that might hold', async () => {
    const elsewhere = allow('ssm:StartSession', '*', { StringEquals: { 'ssm:resourceTag/team': 'mine' } });
    expect((await ways([elsewhere])).paths).toEqual([]);
    expect(
      (await ways([allow('iam:AttachUserPolicy', '*', { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } })])).paths,
    ).toContain('iam-008');
  });

  test('looking after their own keys and password is no administrator to be', async () => {
    const own = 'arn:aws:iam::*:user/${aws:username}';
    expect(
      (await ways([allow(['iam:CreateAccessKey', 'iam:ChangePassword', 'iam:UpdateLoginProfile'], own)])).paths,
    ).toEqual([]);
  });

  test('refused by an explicit deny has no way', async () => {
    expect(
      (await ways([allow('iam:*', 'arn:aws:iam::*:user/*'), { Effect: 'Deny', Action: 'iam:*', Resource: '*' }])).paths,
    ).toEqual([]);
  });

  test('who is an administrator has nothing left to become', async () => {
    expect(await ways([allow('*')])).toEqual({ administrator: true, paths: [] });
  });
});

describe("CDK's default bootstrap", () => {
  test('makes an administrator of whoever may assume its deploy role', async () => {
    const deploy = allow('sts:AssumeRole', 'arn:aws:iam::*:role/cdk-*');
    expect((await ways([deploy])).paths).toEqual([]);
    const { paths } = await ways([deploy], {}, true);
    expect(
      paths.some((path) => path.startsWith('cdk-hnb659fds-deploy-role') && path.endsWith('cloudformation-001')),
    ).toBe(true);
  });
});

function assumable(managed: string[]) {
  return {
    Type: 'AWS::IAM::Role',
    Properties: {
      AssumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${account}:root` }, Action: 'sts:AssumeRole' }],
      },
      ManagedPolicyArns: managed,
    },
  };
}
