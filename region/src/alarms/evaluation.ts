import type { AlarmState } from '@terrace/cloud/families/alarm/alarm';
import type { AlarmCondition, Datapoint, ReceivedDatapoint } from './condition.ts';
import { type StateReason, thresholdReason, unknownReason } from './state-reason.ts';

export interface Evaluation {
  readonly state: AlarmState;
  /** `null` where missing data leaves the state, and with it its reason, as it is. */
  readonly reason: StateReason | null;
}

/** AWS's examples read five periods for three: two more than are evaluated. */
const furtherBack = 2;

/** How many of the most recent periods an alarm reads, so that it has data where some is missing. */
export function evaluationRange({ evaluationPeriods }: Pick<AlarmCondition, 'evaluationPeriods'>): number {
  return evaluationPeriods + furtherBack;
}

/**
 * The state of an alarm by its datapoints.
 *
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-evaluation.html
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
 *
 * @param range the evaluation range, one entry for each period, the oldest first
 * @param state the state until now
 */
export function evaluate(condition: AlarmCondition, range: readonly Datapoint[], state: AlarmState): Evaluation {
  const { evaluationPeriods, datapointsToAlarm, missingData } = condition;
  const breaches = breachTest(condition);
  const received = range.filter(isReceived);
  const evaluated = received.slice(-evaluationPeriods);
  const missing = evaluationPeriods - evaluated.length;
  const breaching = evaluated.filter(({ value }) => breaches(value));
  if (missing === 0) return decided(breaching.length >= datapointsToAlarm ? 'ALARM' : 'OK');

  if (missingData === 'breaching' || missingData === 'notBreaching') {
    const filled = missingData === 'breaching' ? missing : 0;
    return decided(breaching.length + filled >= datapointsToAlarm ? 'ALARM' : 'OK');
  }
  if (received.length === 0) {
    if (missingData === 'ignore') return { state, reason: null };
    return { state: 'INSUFFICIENT_DATA', reason: unknownReason(evaluationPeriods) };
  }
  if (breaching.length >= datapointsToAlarm) return decided('ALARM');
  if (breaching.length < received.length) return decided('OK');
  // All that was received is breaching, and too little of it.
  if (missingData === 'missing' && isOldEnough(range, datapointsToAlarm)) return decided('ALARM');
  return { state, reason: null };

  function decided(next: AlarmState): Evaluation {
    return { state: next, reason: thresholdReason(condition, next, { evaluated, breaching, missing }) };
  }
}

export function breachTest({
  comparison,
  threshold,
}: Pick<AlarmCondition, 'comparison' | 'threshold'>): (value: number) => boolean {
  switch (comparison) {
    case 'GreaterThanOrEqualToThreshold':
      return (value) => value >= threshold;
    case 'GreaterThanThreshold':
      return (value) => value > threshold;
    case 'LessThanThreshold':
      return (value) => value < threshold;
    case 'LessThanOrEqualToThreshold':
      return (value) => value <= threshold;
  }
}

function isReceived(datapoint: Datapoint): datapoint is ReceivedDatapoint {
  return datapoint.value !== null;
}

/**
 * An alarm goes into ALARM with fewer datapoints than it wants where the oldest breaching one is as old as it wants and none after it is
 * within the threshold. In AWS's tables a datapoint within the threshold anywhere in the range keeps it from that.
 *
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html#CloudWatch-alarms-avoiding-premature-transition
 */
function isOldEnough(range: readonly Datapoint[], datapointsToAlarm: number): boolean {
  const oldest = range.findIndex(isReceived);
  return range.length - oldest >= datapointsToAlarm;
}
