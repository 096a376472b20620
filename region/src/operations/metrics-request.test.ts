import { expect, test } from 'vitest';
import type { RegionClock } from '../clock/region-clock.ts';
import { MetricStore } from '../metrics/metric-store.ts';
import { answerMetricsRequest, type MetricsAnswer } from './metrics-request.ts';

const start = Date.UTC(2026, 10, 29, 15);
const clock = { now: () => start + 300_000, speed: 60 } as RegionClock;
const store = new MetricStore();
for (const [minutes, value] of [
  [0, 2],
  [0, 4],
  [3, 6],
] as const) {
  store.add(start + minutes * 60_000, {
    namespace: 'AWS/ApplicationELB',
    name: 'RequestCount',
    dimensions: { LoadBalancer: 'app/external/1' },
    unit: 'Count',
    value,
  });
}
store.add(start, { namespace: 'Shop', name: 'Orders', dimensions: {}, unit: 'Count', value: 1 });

function answered(name: string | null) {
  const answer = answerMetricsRequest(store, clock, { name });
  if (answer.kind !== 'result') throw new Error(JSON.stringify(answer));
  return answer.value as MetricsAnswer;
}

test('the list has every metric with its last minute', () => {
  expect(answered(null).metrics.map(({ name, datapoints }) => [name, datapoints.map(({ sum }) => sum)])).toEqual([
    ['RequestCount', [6]],
    ['Orders', [1]],
  ]);
});

test.each([
  'RequestCount',
  'requestcount',
  'ApplicationELB/Req',
  'external',
])('“%s” gives the minutes that have data', (name) => {
  const { metrics, speed } = answered(name);
  expect(speed).toBe(60);
  expect(metrics.map(({ datapoints }) => datapoints)).toEqual([
    [
      { at: '2026-11-29T15:00:00.000Z', samples: 2, sum: 6, average: 3, minimum: 2, maximum: 4 },
      { at: '2026-11-29T15:03:00.000Z', samples: 1, sum: 6, average: 6, minimum: 6, maximum: 6 },
    ],
  ]);
});

test('a name that nothing has is a mistake with those that there are', () => {
  const answer = answerMetricsRequest(store, clock, { name: 'CPU' });
  expect(answer).toMatchObject({ kind: 'mistakes', mistakes: [{ code: 'NO_SUCH_METRIC' }] });
  expect(JSON.stringify(answer)).toContain('RequestCount, Orders');
});
