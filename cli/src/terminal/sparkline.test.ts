import { expect, test } from 'vitest';
import { sparkline } from './sparkline.ts';

test.each([
  [[0, 1, 2, 3, 4, 5, 6, 7], '▁▂▃▄▅▆▇█'],
  [[5, 5, 5], '▁▁▁'],
  [[0, null, 10], '▁·█'],
  [[-1, 0, 1], '▁▅█'],
  [[null], '·'],
  [[], ''],
])('%j is drawn as %s', (values, drawn) => {
  expect(sparkline(values)).toBe(drawn);
});
