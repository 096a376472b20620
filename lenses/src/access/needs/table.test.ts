import { readFileSync } from 'node:fs';
import { expand, type Phase } from '@terrace/cloud/families/contract/need';
import { permissions } from '@terrace/cloud/families/registry';
import { describe, expect, test } from 'vitest';
import { actionsMatching, findAction } from '../policy/actions.ts';
import { glob } from '../policy/pattern.ts';
import { resourcesOf } from '../policy/resource-types.ts';
import { caused } from './handlers.fixture.ts';
import { needsOfType } from './table.ts';

const phases: readonly Phase[] = ['create', 'read', 'update', 'delete', 'console'];

describe('the table of needs', () => {
  test('knows at least seventy resource types', () => {
    expect(permissions.filter((each) => each.phases.create.length > 0).length).toBeGreaterThanOrEqual(70);
    expect(new Set(permissions.map((each) => each.type)).size).toBe(permissions.length);
  });

  test('names only actions that AWS has, as AWS writes them', () => {
    const wrong = permissions.flatMap((each) =>
      phases.flatMap((phase) =>
        each.phases[phase].flatMap((need) =>
          need.actions
            .filter((action) => findAction(action)?.name !== action)
            .map((action) => `${each.type} ${phase} ${action}`),
        ),
      ),
    );
    expect(wrong).toEqual([]);
  });

  test('names resource types that AWS has', () => {
    const wrong = permissions
      .filter((each) => each.arn !== null)
      .filter((each) => {
        const [service, ...rest] = each.arn!.split('/');
        const type = rest.join('/');
        const names = actionsMatching(`${service}:*`).flatMap((action) => resourcesOf(action.name) ?? []);
        return !names.some((taken) => taken.type === type);
      })
      .map((each) => each.arn);
    expect(wrong).toEqual([]);
  });
});

interface Published {
  readonly type: string;
  readonly phase: Phase;
  readonly action: string;
}

/** Actions that AWS's schemas name but that no policy can name: they are not in the Service Authorization Reference. */
function published(): Published[] {
  const text = readFileSync(new URL('../../../data/access/handler-permissions.txt', import.meta.url), 'utf8');
  return text
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .flatMap((line) => {
      const [type = '', phase = '', ...rest] = line.split(' ');
      return expand(rest.join(' ')).map((action) => ({ type, phase: phase as Phase, action }));
    })
    .filter(({ action }) => action.includes('*') || findAction(action) !== undefined);
}

describe("against AWS's published handler permissions", () => {
  const named = (type: string, phase: Phase) => needsOfType(type)?.phases[phase].flatMap((need) => need.actions) ?? [];

  test('at least 98 % of the actions are named', () => {
    const all = published().filter(({ type }) => needsOfType(type) !== undefined);
    const missing = all.filter(
      ({ type, phase, action }) => !named(type, phase).some((each) => glob(action.toLowerCase(), each.toLowerCase())),
    );
    const share = 1 - missing.length / all.length;
    expect(all.length).toBeGreaterThan(900);
    expect(share, missing.map((each) => `${each.type} ${each.phase} ${each.action}`).join('\n')).toBeGreaterThanOrEqual(
      0.98,
    );
  });

  test('every type that AWS publishes for is in the table', () => {
    expect(published().filter(({ type }) => needsOfType(type) === undefined)).toEqual([]);
  });

  /**
   * Where a need states no reason of its own, the type's own page is its source, and so it must be among the handler's
   * actions. Left out: tags, which the Service Authorization Reference asks for wherever something is made with tags;
   * operations for which no schema was at hand; and three actions of S3, which the schema misnames or
   * names only for updates.
   */
  test('nothing is demanded that no page of AWS asks for', () => {
    const misnamed = [
      's3:PutIntelligentTieringConfiguration',
      's3:PutBucketObjectLockConfiguration',
      's3:PutBucketAcl',
    ];
    const byOperation = new Map<string, string[]>();
    for (const { type, phase, action } of published())
      byOperation.set(`${type} ${phase}`, [...(byOperation.get(`${type} ${phase}`) ?? []), action.toLowerCase()]);
    for (const [type, inPhases, , actions] of caused)
      for (const phase of inPhases.split(' '))
        byOperation.get(`${type} ${phase}`)?.push(...expand(actions).map((action) => action.toLowerCase()));
    const beyond = permissions.flatMap((each) =>
      phases.flatMap((phase) => {
        const known = byOperation.get(`${each.type} ${phase}`);
        if (known === undefined) return [];
        return each.phases[phase]
          .filter((need) => need.reason === null)
          .flatMap((need) => need.actions)
          .filter((action) => findAction(action)?.level !== 'tagging' && !misnamed.includes(action))
          .filter((action) => !known.some((one) => glob(one, action.toLowerCase())))
          .map((action) => `${each.type} ${phase} ${action}`);
      }),
    );
    expect(beyond).toEqual([]);
  });
});
