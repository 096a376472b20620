import type { ComparisonOperator, MissingData } from '@terrace/cloud/families/alarm/alarm';

/** The value of an alarm's metric over one period; `null` where no data came. */
export interface Datapoint {
  /** Start of the period, in milliseconds since 1970. */
  readonly at: number;
  readonly value: number | null;
}

/** What decides the state of an alarm on a metric. */
export interface AlarmCondition {
  readonly comparison: ComparisonOperator;
  readonly threshold: number;
  readonly evaluationPeriods: number;
  readonly datapointsToAlarm: number;
  readonly missingData: MissingData;
}

export interface ReceivedDatapoint extends Datapoint {
  readonly value: number;
}
