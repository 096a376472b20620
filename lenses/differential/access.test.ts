import { runSimulation } from '@cloud-copilot/iam-simulate';
import type { Json } from '@terrace/cloud/json';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { evaluate } from '../src/access/evaluation/evaluate.ts';
import { contextOf } from '../src/access/policy/context.ts';
import { type Policy, type PolicyKind, parsePolicy } from '../src/access/policy/policy.ts';
import type { Principal } from '../src/access/policy/principal.ts';
import { type Case, caseArbitrary } from './access-random.ts';

/** Continuous integration takes a share; `ACCESS_CASES` says how many otherwise. */
const cases = Number(process.env.ACCESS_CASES ?? (process.env.CI ? 2_000 : 10_000));
const seed = Number(process.env.ACCESS_SEED ?? 20261122);

describe('the evaluator', () => {
  test(`agrees with an independent one on ${cases} random cases`, { timeout: 1_200_000 }, async () => {
    const tally = { allowed: 0, denied: 0 };
    const differing: { given: Case; ours: boolean; theirs: string }[] = [];
    for (const given of fc.sample(caseArbitrary, { numRuns: cases, seed })) {
      const theirs = await ask(given);
      const ours = decide(given);
      tally[ours ? 'allowed' : 'denied'] += 1;
      if (ours !== (theirs === 'Allowed')) differing.push({ given, ours, theirs });
    }
    expect(differing.slice(0, 2)).toEqual([]);
    // A comparison in which one answer is rare would prove little.
    expect(Math.min(tally.allowed, tally.denied)).toBeGreaterThan(cases / 5);
  });
});

async function ask(given: Case): Promise<string> {
  const result = await runSimulation(
    {
      request: {
        principal: given.principal,
        action: given.action,
        resource: { resource: given.resource, accountId: given.resourceAccount },
        contextVariables: { ...given.context, ...principalKeys(given.principal) },
      },
      identityPolicies: given.identity.map((policy, index) => ({ name: `identity ${index}`, policy })),
      serviceControlPolicies: given.serviceControl.map((level, index) => ({
        orgIdentifier: `level ${index}`,
        policies: level.map((policy, position) => ({ name: `scp ${position}`, policy })),
      })),
      resourceControlPolicies: [],
      ...(given.boundary === null
        ? {}
        : {
            permissionBoundaryPolicies: given.boundary.map((policy, index) => ({ name: `boundary ${index}`, policy })),
          }),
      ...(given.resourcePolicy === null ? {} : { resourcePolicy: given.resourcePolicy }),
    },
    {},
  );
  if (result.resultType === 'error') throw new Error(`${JSON.stringify(result.errors)}\n${JSON.stringify(given)}`);
  return result.overallResult;
}

function decide(given: Case): boolean {
  const resourceKind = given.action.startsWith('sts:') ? 'trust' : 'resource';
  return evaluate(
    {
      principal: principalOf(given.principal),
      action: given.action,
      resource: given.resource,
      context: contextOf(given.context),
    },
    {
      identity: given.identity.map((policy) => read(policy, 'identity')),
      boundary: given.boundary?.map((policy) => read(policy, 'identity')) ?? null,
      session: null,
      serviceControl: given.serviceControl.map((level) => level.map((policy) => read(policy, 'identity'))),
      resource: given.resourcePolicy === null ? null : read(given.resourcePolicy, resourceKind),
      resourceAccount: given.resourceAccount,
    },
  ).allowed;
}

function read(document: object, kind: PolicyKind): Policy {
  const result = parsePolicy(document as Json, { name: kind, kind });
  if (!result.ok) throw new Error(JSON.stringify(result.mistakes));
  return result.value;
}

/** AWS puts these keys into every request; the other evaluator expects to be told. */
function principalKeys(arn: string): Record<string, string> {
  const principal = principalOf(arn);
  return principal.kind === 'session'
    ? { 'aws:PrincipalArn': principal.role }
    : { 'aws:PrincipalArn': arn, 'aws:username': arn.split('/').at(-1)! };
}

function principalOf(arn: string): Principal {
  const session = /^arn:aws:sts::(\d+):assumed-role\/([^/]+)\//.exec(arn);
  return session
    ? { kind: 'session', arn, role: `arn:aws:iam::${session[1]}:role/${session[2]}` }
    : { kind: 'user', arn };
}
