import { expect, test } from 'vitest';
import { restoreSpan, restoreTime } from './restore-time.ts';

const at = (text: string) => Date.parse(text);

test.each([
  ['2026-11-22T09:30:00.000Z', '2026-11-22T09:30:00Z', '2026-11-22T09:30:00Z'],
  ['2026-11-22T09:30:00.001Z', '2026-11-22T09:30:00Z', '2026-11-22T09:30:01Z'],
  ['2026-12-31T23:59:59.999Z', '2026-12-31T23:59:59Z', '2027-01-01T00:00:00Z'],
  ['2026-11-22T18:30:00.500+09:00', '2026-11-22T09:30:00Z', '2026-11-22T09:30:01Z'],
])('%s lies between %s and %s', (moment, past, future) => {
  expect([restoreTime(at(moment), 'past'), restoreTime(at(moment), 'future')]).toEqual([past, future]);
});

test('both ends of a span lie in it', () => {
  const span = { earliest: at('2026-11-22T09:00:41.120Z'), latest: at('2026-11-22T09:41:07.702Z') };
  expect(restoreSpan(span)).toEqual({ earliest: '2026-11-22T09:00:42Z', latest: '2026-11-22T09:41:07Z' });
  const short = { earliest: at('2026-11-22T09:00:41.120Z'), latest: at('2026-11-22T09:00:41.702Z') };
  expect(restoreSpan(short)).toEqual({ earliest: '2026-11-22T09:00:42Z', latest: '2026-11-22T09:00:42Z' });
});
