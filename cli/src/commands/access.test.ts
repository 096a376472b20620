import { everything, synthesizeVariant } from '@terrace/blueprint/synthesize-variant.fixture';
import { loadAssembly } from '@terrace/cloud/assembly/load';
import type { Inventory } from '@terrace/cloud/inventory';
import { isObject, type Json } from '@terrace/cloud/json';
import { type IdentityView, identityView } from '@terrace/cloud/views/identity';
import { demandsOf } from '@terrace/lenses/access/deployment/demands';
import { preflightOf } from '@terrace/lenses/access/deployment/preflight';
import { managedPolicyLimit, sizeOf, smallestPolicies } from '@terrace/lenses/access/deployment/smallest-policy';
import { defaultBootstrap } from '@terrace/lenses/access/escalation/bootstrap';
import {
  escalationsOf,
  isAdministrator,
  type SurroundingRole,
  surroundingsOf,
} from '@terrace/lenses/access/escalation/escalation';
import { personasOf, type Subject, subjectsOf, subjectWith } from '@terrace/lenses/access/evaluation/subject';
import type { App } from 'aws-cdk-lib';
import { CfnPolicy } from 'aws-cdk-lib/aws-iam';
import { describe, expect, test } from 'vitest';

async function load(context: Record<string, unknown>, prepare?: (app: App) => void): Promise<Inventory> {
  const result = await loadAssembly(synthesizeVariant(context, prepare).folder);
  if (!result.ok) throw new Error(JSON.stringify(result.mistakes, null, 1));
  return result.value;
}

function read<T>(result: { ok: true; value: T } | { ok: false; mistakes: readonly unknown[] }): T {
  if (!result.ok) throw new Error(JSON.stringify(result.mistakes, null, 1));
  return result.value;
}

/** Ways to administrator of everyone in a template, by name. */
function waysOf(view: IdentityView, bootstrap: readonly SurroundingRole[] = []): Record<string, string[]> {
  const subjects = read(subjectsOf(view));
  const around = surroundingsOf(view, subjects, bootstrap);
  return Object.fromEntries(
    subjects
      .filter((subject) => !isAdministrator(subject, around))
      .map((subject) => [
        subject.name,
        escalationsOf(subject, around).map(({ path, through }) => [...through, path.id].join(' > ')),
      ]),
  );
}

const variants: readonly (readonly [string, Record<string, unknown>])[] = [
  ['the classroom', {}],
  ['a team of two levels', { team: 'two-level' }],
  ['production with everything turned on', everything],
  ['deployed by roles', { deployment: 'roles' }],
];

describe.each(variants)('the blueprint for %s', (_name, context) => {
  test('has one administrator among its personas, and no way for anybody else to become one', async () => {
    const view = identityView(await load(context));
    const personas = read(personasOf(view));
    const around = surroundingsOf(view, read(subjectsOf(view)));
    expect(personas.filter((persona) => isAdministrator(persona, around)).map(({ name }) => name)).toEqual(['admin']);
    const ways = waysOf(view);
    expect(Object.keys(ways).length).toBeGreaterThanOrEqual(3);
    expect(Object.entries(ways).filter(([, found]) => found.length > 0)).toEqual([]);
  });
});

describe('the proof', () => {
  test.each([
    ['a policy on oneself', 'iam:AttachUserPolicy', 'iam-008'],
    ['keys of others', 'iam:CreateAccessKey', 'iam-002'],
    ['a command on any server', 'ssm:SendCommand', 'ssm-002'],
    ['the code of any function', 'lambda:UpdateFunctionCode', 'lambda-003'],
  ])('fails when the viewer is given %s and the refusals are gone', async (_what, action, path) => {
    const inventory = await load({}, (app) => {
      const stack = app.node.findChild('TerraceIdentity');
      new CfnPolicy(stack.node.findChild('ViewerGroup'), 'PutIn', {
        policyName: 'put-in',
        policyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: action, Resource: '*' }] },
        groups: ['terrace-viewer'],
      });
    });
    const view = identityView(inventory);
    expect(waysOf(withoutRefusals(view)).viewer).toContain(path);
  });

  test('holds against a policy on oneself while the refusals are there', async () => {
    const inventory = await load({}, (app) => {
      const stack = app.node.findChild('TerraceIdentity');
      new CfnPolicy(stack.node.findChild('ViewerGroup'), 'PutIn', {
        policyName: 'put-in',
        policyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'iam:*', Resource: '*' }] },
        groups: ['terrace-viewer'],
      });
    });
    expect(waysOf(identityView(inventory)).viewer).toEqual([]);
  });

  test('covers the roles that deploy: what they are given leads nowhere', async () => {
    const view = identityView(await load({ deployment: 'roles' }));
    const execution = executionRole(view, ['DeployServers', 'DeployData']);
    const around = surroundingsOf(view, read(subjectsOf(view)));
    expect(escalationsOf(execution, around).map(({ path }) => path.id)).toEqual([]);
  });

  test('covers those roles as a deployment uses them: nothing of the service is missing', async () => {
    const inventory = await load({ deployment: 'roles' });
    const execution = executionRole(identityView(inventory), ['DeployServers', 'DeployData']);
    const { demands, unknown } = demandsOf(inventory, { via: 'cloudformation' });
    const service = {
      demands: demands.filter((each) => each.stack === 'TerraceService' && each.resource !== null),
      unknown,
    };
    expect(
      preflightOf(service, execution, { via: 'cloudformation' }).missing.map(
        ({ demand }) => `${demand.subject} ${demand.action}`,
      ),
    ).toEqual([]);
  });
});

describe("CDK's default bootstrap", () => {
  test('is an administrator', () => {
    const [execution] = defaultBootstrap('000000000000', 'ap-northeast-2');
    expect(isAdministrator(execution!.subject, { account: '000000000000' })).toBe(true);
  });

  test('is no way for DevOps, who is refused its roles', async () => {
    const view = identityView(await load({ deployment: 'roles' }));
    expect(waysOf(view, defaultBootstrap(view.account, view.region)).devops).toEqual([]);
  });

  test('would be one without that refusal', async () => {
    const view = identityView(await load({ deployment: 'roles' }));
    const bare = withoutRefusals(view);
    const open = {
      ...bare,
      principals: bare.principals.map((each) =>
        each.persona?.name === 'devops'
          ? { ...each, policies: [...each.policies, assumeAnyBootstrap(each.place)] }
          : each,
      ),
    };
    expect(waysOf(open).devops).toEqual([]);
    expect(waysOf(open, defaultBootstrap(view.account, view.region)).devops).toEqual(
      expect.arrayContaining([expect.stringContaining('cdk-hnb659fds-deploy-role')]),
    );
  });
});

describe('deploying the blueprint', () => {
  test('lacks nothing for administrators, and nothing of the service for DevOps', async () => {
    const inventory = await load({});
    const personas = read(personasOf(identityView(inventory)));
    const demands = demandsOf(inventory, { via: 'cloudformation' });
    expect(demands.unknown).toEqual([]);
    const missing = (name: string, stack: string) =>
      preflightOf(
        { ...demands, demands: demands.demands.filter((each) => each.stack === stack) },
        personas.find((each) => each.name === name)!,
        { via: 'cloudformation' },
      ).missing.map(({ demand, arns }) => `${demand.subject} ${demand.action} ${arns.join()}`);
    for (const stack of ['TerraceIdentity', 'TerraceNetwork', 'TerraceService'])
      expect(missing('admin', stack)).toEqual([]);
    expect(missing('devops', 'TerraceService')).toEqual([]);
    for (const stack of ['TerraceIdentity', 'TerraceNetwork'])
      expect(missing('devops', stack).length).toBeGreaterThan(10);
    expect(missing('viewer', 'TerraceService').length).toBeGreaterThan(50);
  });

  test('asks for a second factor', async () => {
    const inventory = await load({});
    const devops = read(personasOf(identityView(inventory))).find(({ name }) => name === 'devops')!;
    const demands = demandsOf(
      { ...inventory, resources: inventory.resources.filter(({ stack }) => stack === 'TerraceService') },
      { via: 'cloudformation' },
    );
    const without = preflightOf(demands, devops, { via: 'cloudformation', mfa: false });
    expect(without.missing[0]!.decision.decidedBy.map(({ sid }) => sid)).toEqual(['NothingWithoutSecondFactor']);
  });

  test('is allowed by the policies that --least writes, within IAM’s size, and by none of them left out', async () => {
    const inventory = await load(everything);
    const demands = demandsOf(inventory, { via: 'cloudformation', phases: ['create', 'read', 'update', 'delete'] });
    const policies = smallestPolicies(demands.demands);
    for (const policy of policies) expect(sizeOf(policy)).toBeLessThanOrEqual(managedPolicyLimit);
    const holding = (documents: typeof policies) =>
      read(
        subjectWith(inventory, {
          documents: documents.map((document, index) => ({ name: `least-${index}`, text: JSON.stringify(document) })),
        }),
      );
    const options = { via: 'cloudformation' } as const;
    expect(
      preflightOf(demands, holding(policies), options).missing.map(
        ({ demand }) => `${demand.subject} ${demand.action}`,
      ),
    ).toEqual([]);
    for (const [index] of policies.entries()) {
      expect(preflightOf(demands, holding(policies.filter((_, position) => position !== index)), options).allowed).toBe(
        false,
      );
    }
  });
});

function executionRole(view: IdentityView, names: readonly string[]): Subject {
  const documents = names.map((name) => {
    const policy = view.managedPolicies.find((each) => each.name === name);
    if (policy?.source.kind !== 'document') throw new Error(`the template has no managed policy ${name}`);
    return { name, text: JSON.stringify(policy.source.document) };
  });
  return { ...read(subjectWith(view, { documents })), name: 'execution' };
}

function assumeAnyBootstrap(place: IdentityView['principals'][number]['place']) {
  const document = {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Resource: 'arn:aws:iam::*:role/cdk-*' }],
  };
  return {
    name: 'AssumeAny',
    source: { kind: 'document', arn: null, document } as const,
    statedBy: null,
    place,
    reason: null,
    statementReasons: [],
    attachedBy: null,
  };
}

/** What is left when every refusal is taken away, however the blueprint parts them into policies. */
function withoutRefusals(view: IdentityView): IdentityView {
  const bare = (document: Json): Json => {
    if (!isObject(document) || !Array.isArray(document.Statement)) return document;
    const left = document.Statement.filter((each) => isObject(each) && each.Effect === 'Allow');
    return { ...document, Statement: left };
  };
  return {
    ...view,
    principals: view.principals.map((each) => ({
      ...each,
      policies: each.policies
        .map((policy) =>
          policy.source.kind === 'document'
            ? { ...policy, source: { ...policy.source, document: bare(policy.source.document) } }
            : policy,
        )
        .filter(
          ({ source }) =>
            source.kind === 'arn' ||
            (isObject(source.document) &&
              Array.isArray(source.document.Statement) &&
              source.document.Statement.length > 0),
        ),
    })),
  };
}
