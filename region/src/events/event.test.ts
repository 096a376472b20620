import { words } from '@terrace/cloud/words';
import { describe, expect, test } from 'vitest';
import { eventText, isTrouble, type RegionEvent } from './event.ts';

const drift = { kind: 'drift', where: 'i-1', missing: ['route a', 'route b', 'route c', 'route d'] } as const;

const table: readonly (readonly [RegionEvent, string, boolean])[] = [
  [
    { ...drift, state: 'found', said: null },
    'changed from outside in i-1: route a; route b; route c and 1 more; being repaired',
    true,
  ],
  [
    { ...drift, state: 'repaired', said: null },
    'changed from outside in i-1: route a; route b; route c and 1 more; repaired',
    true,
  ],
  [
    { ...drift, state: 'not-repaired', said: 'no' },
    'changed from outside in i-1: route a; route b; route c and 1 more; not repaired: no',
    true,
  ],
  [
    { kind: 'incident', incident: { kind: 'failed', part: 'access log', said: 'no space' } },
    'access log: no space',
    true,
  ],
  [{ kind: 'change', state: 'begun' }, 'terrace up: the change has begun', false],
  [{ kind: 'change', state: 'refused' }, 'terrace up: the change was refused', false],
  [{ kind: 'instance', instance: 'web/0', state: 'booted', reason: null }, 'web/0: booted', false],
  [
    { kind: 'instance', instance: 'web/0', state: 'stopped', reason: words('it ended', '끝남') },
    'web/0: stopped (it ended)',
    false,
  ],
  [
    { kind: 'database', event: { kind: 'crashed', database: 'd', said: 'SIGKILL' } },
    'd: its server ended: SIGKILL',
    false,
  ],
  [
    { kind: 'database', event: { kind: 'failed-over', database: 'd', to: 'standby', milliseconds: 300 } },
    'd: failed over in 300 ms',
    false,
  ],
  [{ kind: 'database', event: { kind: 'in-sync', database: 'd' } }, 'd: its standby is in sync', false],
  [
    {
      kind: 'endpoint',
      event: {
        kind: 'call',
        service: 's3',
        action: 'GetObject',
        role: 'web',
        session: 'i-1',
        source: '10.0.0.4',
        status: 403,
        error: 'AccessDenied',
      },
    },
    's3 GetObject by web: 403 AccessDenied',
    false,
  ],
  [
    {
      kind: 'endpoint',
      event: { kind: 'metrics', namespace: 'game', data: [{ name: 'players', dimensions: {}, value: 3, unit: null }] },
    },
    'metrics of game: players',
    false,
  ],
  [{ kind: 'endpoint', event: { kind: 'secret-changed', arn: 'arn:1' } }, 'secret arn:1 has another value', false],
];

describe('an event', () => {
  test.each(table)('%o reads in both languages', (event, text, trouble) => {
    expect(eventText(event).en).toBe(text);
    expect(eventText(event).ko).not.toMatch(/을\(를\)|이\(가\)|은\(는\)|\(으\)로/);
    expect(isTrouble(event)).toBe(trouble);
  });
});
