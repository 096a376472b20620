import type { AlarmState } from '@terrace/cloud/families/alarm/alarm';
import type { AlarmCondition, ReceivedDatapoint } from './condition.ts';

/** Why an alarm is in its state, as CloudWatch's API says it: English on AWS in every language. */
export type StateReason = string;

export const initialReason: StateReason = 'Unchecked: Initial alarm creation';

export function unknownReason(periods: number): StateReason {
  return periods === 1
    ? 'Insufficient Data: 1 datapoint was unknown.'
    : `Insufficient Data: ${periods} datapoints were unknown.`;
}

/** A composite alarm changes with one of the alarms that it reads. */
export function compositeReason(change: {
  readonly alarm: { readonly arn: string };
  readonly to: AlarmState;
  readonly at: number;
}): StateReason {
  return `${change.alarm.arn} transitioned to ${change.to} at ${spelledOut(change.at)}`;
}

/** `Sunday 29 November, 2026 15:24:12 UTC`, as CloudWatch writes times for people. */
export function spelledOut(at: number): string {
  const part = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat('en', { ...options, timeZone: 'UTC' }).format(at);
  const day = part({ day: '2-digit' });
  const time = new Date(at).toISOString().slice(11, 19);
  return `${part({ weekday: 'long' })} ${day} ${part({ month: 'long' })}, ${part({ year: 'numeric' })} ${time} UTC`;
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-and-eventbridge.html */
export function thresholdReason(
  { comparison, threshold, evaluationPeriods, datapointsToAlarm, missingData }: AlarmCondition,
  state: AlarmState,
  {
    evaluated,
    breaching,
    missing,
  }: {
    readonly evaluated: readonly ReceivedDatapoint[];
    readonly breaching: readonly ReceivedDatapoint[];
    readonly missing: number;
  },
): StateReason {
  if (evaluated.length === 0) return `Threshold Crossed: no datapoints were received for ${filled()}.`;
  const isAlarm = state === 'ALARM';
  const within = evaluated.filter((each) => !breaching.includes(each));
  const telling = isAlarm ? breaching : within;
  if (missing > 0 && (missingData === 'breaching' || missingData === 'notBreaching')) {
    const received =
      evaluated.length === 1 ? '1 datapoint was received' : `${evaluated.length} datapoints were received`;
    return `Threshold Crossed: ${received} for ${filled()}.`;
  }
  const verb = telling.length === 1 ? 'was' : 'were';
  const said = `${verb}${isAlarm ? '' : ' not'} ${comparisons[comparison]} (${decimal(threshold)})`;
  const list = telling.map(({ at, value }) => `${decimal(value)} (${stamp(at)})`).join(', ');
  const least = isAlarm ? datapointsToAlarm : evaluationPeriods - datapointsToAlarm + 1;
  const transition = isAlarm ? 'OK -> ALARM' : 'ALARM -> OK';
  const points = least === 1 ? 'datapoint' : 'datapoints';
  return `Threshold Crossed: ${telling.length} out of the last ${evaluated.length} datapoints [${list}] ${said} (minimum ${least} ${points} for ${transition} transition).`;

  function filled(): string {
    const periods = evaluationPeriods === 1 ? '1 period' : `${evaluationPeriods} periods`;
    const points = missing === 1 ? '1 missing datapoint was' : `${missing} missing datapoints were`;
    return `${periods} and ${points} treated as [${missingData === 'breaching' ? 'Breaching' : 'NonBreaching'}]`;
  }
}

const comparisons: Readonly<Record<AlarmCondition['comparison'], string>> = {
  GreaterThanOrEqualToThreshold: 'greater than or equal to the threshold',
  GreaterThanThreshold: 'greater than the threshold',
  LessThanThreshold: 'less than the threshold',
  LessThanOrEqualToThreshold: 'less than or equal to the threshold',
};

/** `1` is `1.0` to CloudWatch. */
function decimal(value: number): string {
  return Number.isInteger(value) ? `${value}.0` : String(value);
}

/** `31/12/26 23:59:00`, in UTC. */
function stamp(at: number): string {
  const [date, time] = new Date(at).toISOString().split('T') as [string, string];
  const [year, month, day] = date.split('-') as [string, string, string];
  return `${day}/${month}/${year.slice(2)} ${time.slice(0, 8)}`;
}
