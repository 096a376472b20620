import { describe, expect, test } from 'vitest';
import { evaluateQuery } from './evaluate.ts';
import { ExpressionFault } from './parse.ts';

const first = Date.UTC(2026, 10, 30, 23, 58);
const timeline = { starts: [first, first + 60_000, first + 120_000], period: 60 };
const metrics = [
  { id: 'm1', values: [1, 2, 4] },
  { id: 'm2', values: [2, null, 2] },
  { id: 'none', values: [null, null, null] },
];

function evaluated(expression: string, others: readonly { readonly id: string; readonly expression: string }[] = []) {
  return evaluateQuery('e1', [...metrics, ...others, { id: 'e1', expression }], timeline);
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html */
describe('metric math', () => {
  test.each([
    ['m1', [1, 2, 4]],
    ['m1 + m2', [3, null, 6]],
    ['m1 - m2 * 2', [-3, null, 0]],
    ['(m1 - m2) * 2', [-2, null, 4]],
    ['-m1 ^ 2', [1, 4, 16]],
    ['2 ^ m1', [2, 4, 16]],
    ['m1 / (m1 - 2)', [-1, null, 2]],
    ['m1 > 1', [0, 1, 1]],
    ['m1 > 1 AND m1 < 4', [0, 1, 0]],
    ['m1 == 1 || m1 == 4', [1, 0, 1]],
    ['100 * (m1 / SUM([m1, m2]))', [100 / 3, 100, 400 / 6]],
    ['SUM(METRICS())', [3, 2, 6]],
    ['SUM(METRICS("m1"))', [1, 2, 4]],
    ['AVG([m1, m2])', [1.5, 2, 3]],
    ['MAX([m1, m2])', [2, 2, 4]],
    ['MIN([m1, m2])', [1, 2, 2]],
    ['m1 - AVG(m1)', [-4 / 3, -1 / 3, 5 / 3]],
    ['m1 * 0 + MAX(m1)', [4, 4, 4]],
    ['FILL(m2, 0)', [2, 0, 2]],
    ['FILL(m2, REPEAT)', [2, 2, 2]],
    ['FILL(m2, LINEAR)', [2, 2, 2]],
    ['FILL(m2, m1)', [2, 2, 2]],
    ['FILL(none, 7)', [7, 7, 7]],
    ['IF(m1 > 1, m1, 0)', [0, 2, 4]],
    ['IF(m1 > 1, m1)', [null, 2, 4]],
    ['RATE(m1)', [null, 1 / 60, 2 / 60]],
    ['DIFF(m2)', [null, null, 0]],
    ['DIFF_TIME(m2)', [null, null, 120]],
    ['RUNNING_SUM(m1)', [1, 3, 7]],
    ['ABS(m1 - 4)', [3, 2, 0]],
    ['CEIL(m1 / 2)', [1, 1, 2]],
    ['FLOOR(m1 / 2)', [0, 1, 2]],
    ['LOG10(m1 * 10) > 1.1', [0, 1, 1]],
    ['m1 / PERIOD(m1)', [1 / 60, 2 / 60, 4 / 60]],
    ['TIME_SERIES(3)', [3, 3, 3]],
    ['m1 * 0 + METRIC_COUNT(METRICS())', [3, 3, 3]],
    ['m1 * 0 + METRIC_COUNT(REMOVE_EMPTY([none]))', [0, 0, 0]],
    ['m1 * 0 + DATAPOINT_COUNT(m2)', [2, 2, 2]],
    ['SUM(SLICE([m1, m2], 1))', [2, null, 2]],
    ['HOUR(m1)', [23, 23, 0]],
    ['MONTH(m1)', [11, 11, 12]],
    ['m1 + MAX(none)', [null, null, null]],
    ['[m1]', [1, 2, 4]],
  ])('%s', (expression, values) => {
    const found = evaluated(expression);
    expect(found.map((each) => (each === null ? null : Number(each.toFixed(9))))).toEqual(
      values.map((each) => (each === null ? null : Number(each.toFixed(9)))),
    );
  });

  test('an expression may name another', () => {
    expect(evaluated('e2 * 2', [{ id: 'e2', expression: 'm1 + 1' }])).toEqual([4, 6, 10]);
  });

  test.each([
    'm1 +',
    'm9',
    'e1 + 1',
    'SUM(m1)',
    '[m1, m2]',
    'SEARCH("x")',
    'ANOMALY_DETECTION_BAND(m1)',
    'IF(m1)',
    'm1 # m2',
    '(m1',
    'm1 m2',
  ])('refuses %s', (expression) => {
    expect(() => evaluated(expression)).toThrow(ExpressionFault);
  });
});
