import type { Resource } from '@terrace/cloud/inventory';
import type { FleetInstance } from '@terrace/cloud/views/fleet';
import { describe, expect, test } from 'vitest';
import { Departures } from './departures.ts';
import { whoLeaves } from './termination.ts';

const minute = 60_000;
const start = Date.parse('2026-11-29T00:00:00Z');
/** At half past ten. */
const now = start + 630 * minute;

function member(ordinal: number, zone: string, minutes: number) {
  return { id: `i-${ordinal}`, ordinal, zone, launchedAt: start + minutes * minute };
}

/** Launched at 0:00, 0:40, 1:20 and 2:35. */
const level = [member(0, 'a', 0), member(1, 'b', 40), member(2, 'a', 80), member(3, 'b', 155)];
const uneven = [member(0, 'a', 0), member(1, 'b', 40), member(2, 'b', 80)];

/** https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-termination-policies.html */
describe('who leaves', () => {
  test.each([
    ['OldestInstance', level, 1, ['OldestInstance'], ['i-0']],
    ['NewestInstance', level, 1, ['NewestInstance'], ['i-3']],
    ['the zone with the most comes first', uneven, 1, ['OldestInstance'], ['i-1']],
    ['one at a time, each from the fullest zone', level, 2, ['OldestInstance'], ['i-0', 'i-1']],
    // At 10:30 the next hours begin at 11:00, 10:40, 11:20 (so 10:20 has passed) and 10:35.
    ['ClosestToNextInstanceHour', level, 1, ['ClosestToNextInstanceHour'], ['i-3']],
    ['Default, where all have the same launch template', level, 1, ['Default'], ['i-3']],
    ['no policy is Default', level, 1, [], ['i-3']],
    [
      'OldestLaunchTemplate leaves all of them to the next',
      level,
      1,
      ['OldestLaunchTemplate', 'OldestInstance'],
      ['i-0'],
    ],
    ['those launched together: who came last', [member(0, 'a', 0), member(1, 'a', 0)], 1, ['OldestInstance'], ['i-1']],
    ['all', uneven, 5, ['OldestInstance'], ['i-1', 'i-0', 'i-2']],
    ['nobody', level, 0, [], []],
  ])('%s', (_case, members, count, policies, expected) => {
    expect(whoLeaves(members, count, policies, now).map(({ id }) => id)).toEqual(expected);
  });
});

describe('the ordinals of a group', () => {
  const group = (properties = {}) => ({ properties }) as unknown as Resource;
  const standing = [0, 1, 2].map((ordinal) => ({ id: `i-${ordinal}`, ordinal, subnet: 'a' })) as FleetInstance[];
  const departures = () =>
    new Departures({ zoneOf: () => 'a', launchedAt: (id) => start + Number(id.slice(2)), now: () => now });
  const oldest = group({ TerminationPolicies: ['OldestInstance'] });

  test('are the lowest that are free, and who stands keeps its own', () => {
    expect(departures().ordinalsOf(group(), [], 3)).toEqual([0, 1, 2]);
    expect(departures().ordinalsOf(group(), [standing[0]!, standing[2]!], 4)).toEqual([0, 1, 2, 3]);
    expect(departures().ordinalsOf(oldest, standing, 2)).toEqual([1, 2]);
  });

  test('hold who is on its way out until that is over, and nobody takes its ordinal meanwhile', () => {
    const leaving = departures();
    leaving.begin(['i-0']);
    expect(leaving.ordinalsOf(oldest, standing, 2)).toEqual([0, 1, 2]);
    expect(leaving.ordinalsOf(oldest, standing, 3)).toEqual([0, 1, 2, 3]);
    leaving.over(['i-0']);
    expect(leaving.ordinalsOf(oldest, standing, 2)).toEqual([1, 2]);
    leaving.forget(['i-0']);
    expect(leaving.has('i-0')).toBe(false);
  });

  test('stay where members are protected from scaling in', () => {
    expect(departures().ordinalsOf(group({ NewInstancesProtectedFromScaleIn: true }), standing, 1)).toEqual([0, 1, 2]);
  });
});
