import type { AlarmState, MissingData } from '@terrace/cloud/families/alarm/alarm';
import { describe, expect, test } from 'vitest';
import type { AlarmCondition } from './condition.ts';
import { evaluate, evaluationRange } from './evaluation.ts';

const minute = 60_000;
const last = Date.UTC(2026, 11, 31, 23, 55);
const kinds: readonly MissingData[] = ['missing', 'ignore', 'breaching', 'notBreaching'];

/** `0` is within the threshold, `X` breaches it, `-` is missing; the latest last. */
function datapoints(drawn: string) {
  const all = drawn.split(' ').map((each) => (each === '-' ? null : each === 'X' ? 2 : 0));
  return all.map((value, index) => ({ at: last - (all.length - 1 - index) * minute, value }));
}

function condition(wanted: string, missingData: MissingData): AlarmCondition {
  const [datapointsToAlarm, evaluationPeriods] = wanted.split(' of ').map(Number) as [number, number];
  return { comparison: 'GreaterThanThreshold', threshold: 1, evaluationPeriods, datapointsToAlarm, missingData };
}

/**
 * The states for missing data as missing, ignore, breaching, notBreaching; `=` keeps the state.
 *
 * The first ten lines are the tables of
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html#alarms-evaluating-missing-data
 * and the others follow from the sentences around them.
 */
const tables: readonly (readonly [wanted: string, drawn: string, states: string])[] = [
  ['3 of 3', '0 - X - X', 'OK OK OK OK'],
  ['3 of 3', '- - - - 0', 'OK OK OK OK'],
  ['3 of 3', '- - - - -', 'INSUFFICIENT_DATA = ALARM OK'],
  ['3 of 3', '0 X X - X', 'ALARM ALARM ALARM ALARM'],
  ['3 of 3', '- - X - -', 'ALARM = ALARM OK'],
  ['2 of 3', '0 - X - X', 'ALARM ALARM ALARM ALARM'],
  ['2 of 3', '0 0 X 0 X', 'ALARM ALARM ALARM ALARM'],
  ['2 of 3', '0 - X - -', 'OK OK ALARM OK'],
  ['2 of 3', '- - - - 0', 'OK OK ALARM OK'],
  ['2 of 3', '- - - X -', 'ALARM = ALARM OK'],
  // "the alarm does not go immediately into ALARM state when the data is either - - - - X or - - - X -"
  ['3 of 3', '- - - - X', '= = ALARM OK'],
  ['3 of 3', '- - - X -', '= = ALARM OK'],
  // "when the next data point is non-breaching and causes the data to be - - - X O or - - X - O"
  ['3 of 3', '- - - X 0', 'OK OK OK OK'],
  ['3 of 3', '- - X - 0', 'OK OK OK OK'],
  // "If no data points in the evaluation range are missing": the most recent ones
  ['3 of 3', 'X X X X X', 'ALARM ALARM ALARM ALARM'],
  ['3 of 3', 'X X X X 0', 'OK OK OK OK'],
  ['3 of 3', '0 0 X X X', 'ALARM ALARM ALARM ALARM'],
  ['2 of 3', 'X X 0 0 X', 'OK OK OK OK'],
  // "equal to or more than the alarm's Evaluation Periods": the most recent real ones
  ['3 of 3', 'X - X - X', 'ALARM ALARM ALARM ALARM'],
  ['3 of 3', 'X X X - -', 'ALARM ALARM ALARM ALARM'],
  ['2 of 3', 'X X 0 - -', 'ALARM ALARM ALARM ALARM'],
  ['1 of 1', 'X - -', 'ALARM ALARM ALARM ALARM'],
  ['1 of 1', '- 0 -', 'OK OK OK OK'],
  ['1 of 1', '- - -', 'INSUFFICIENT_DATA = ALARM OK'],
  ['5 of 5', 'X X X X X X X', 'ALARM ALARM ALARM ALARM'],
  ['5 of 5', 'X X X X 0 X X', 'OK OK OK OK'],
  ['5 of 5', '- - - - - - -', 'INSUFFICIENT_DATA = ALARM OK'],
  ['5 of 5', '- - X - - - -', 'ALARM = ALARM OK'],
  ['2 of 3', '- - - - X', '= = ALARM OK'],
  ['1 of 3', '- - - - X', 'ALARM ALARM ALARM ALARM'],
];

describe('an alarm', () => {
  const cases = tables.flatMap(([wanted, drawn, states]) =>
    states.split(' ').flatMap((state, index) => {
      const before: AlarmState[] = ['OK', 'ALARM'];
      return before.map((stood) => [wanted, drawn, kinds[index]!, stood, state === '=' ? stood : state] as const);
    }),
  );
  test.each(
    cases,
  )('that wants %s and reads %s, missing data as %s, was %s and is %s', (wanted, drawn, missing, stood, state) => {
    expect(evaluate(condition(wanted, missing), datapoints(drawn), stood).state).toBe(state);
  });

  test.each([
    ['GreaterThanThreshold', 1, 'OK'],
    ['GreaterThanThreshold', 1.1, 'ALARM'],
    ['GreaterThanOrEqualToThreshold', 1, 'ALARM'],
    ['GreaterThanOrEqualToThreshold', 0.9, 'OK'],
    ['LessThanThreshold', 1, 'OK'],
    ['LessThanThreshold', 0.9, 'ALARM'],
    ['LessThanOrEqualToThreshold', 1, 'ALARM'],
    ['LessThanOrEqualToThreshold', 1.1, 'OK'],
  ] as const)('with %s 1 and a datapoint of %d is %s', (comparison, value, state) => {
    const single = { ...condition('1 of 1', 'missing'), comparison };
    expect(evaluate(single, [{ at: last, value }], 'INSUFFICIENT_DATA').state).toBe(state);
  });

  test('reads two periods more than it evaluates', () => {
    expect(evaluationRange({ evaluationPeriods: 3 })).toBe(5);
  });
});

describe('the reason of a state', () => {
  test.each([
    [
      '2 of 3',
      'X 0 X',
      'missing',
      'Threshold Crossed: 2 out of the last 3 datapoints [2.0 (31/12/26 23:53:00), 2.0 (31/12/26 23:55:00)] were greater than the threshold (1.0) (minimum 2 datapoints for OK -> ALARM transition).',
    ],
    [
      '1 of 1',
      'X',
      'missing',
      'Threshold Crossed: 1 out of the last 1 datapoints [2.0 (31/12/26 23:55:00)] was greater than the threshold (1.0) (minimum 1 datapoint for OK -> ALARM transition).',
    ],
    [
      '2 of 3',
      '0 0 X',
      'missing',
      'Threshold Crossed: 2 out of the last 3 datapoints [0.0 (31/12/26 23:53:00), 0.0 (31/12/26 23:54:00)] were not greater than the threshold (1.0) (minimum 2 datapoints for ALARM -> OK transition).',
    ],
    [
      '2 of 2',
      '- - - -',
      'breaching',
      'Threshold Crossed: no datapoints were received for 2 periods and 2 missing datapoints were treated as [Breaching].',
    ],
    [
      '3 of 3',
      '- - - - -',
      'notBreaching',
      'Threshold Crossed: no datapoints were received for 3 periods and 3 missing datapoints were treated as [NonBreaching].',
    ],
    [
      '2 of 3',
      '- - - - X',
      'breaching',
      'Threshold Crossed: 1 datapoint was received for 3 periods and 2 missing datapoints were treated as [Breaching].',
    ],
    ['1 of 1', '- - -', 'missing', 'Insufficient Data: 1 datapoint was unknown.'],
    ['5 of 5', '- - - - - - -', 'missing', 'Insufficient Data: 5 datapoints were unknown.'],
    ['3 of 3', '- - - - -', 'ignore', null],
  ] as const)('%s of %s, missing as %s', (wanted, drawn, missing, reason) => {
    expect(evaluate(condition(wanted, missing), datapoints(drawn), 'OK').reason).toBe(reason);
  });
});
