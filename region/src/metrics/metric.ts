/** A metric of CloudWatch: its namespace, its name and its dimensions make it what it is. */
export interface Metric {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
}

/** The same for the same metric, in whatever order its dimensions were stated. */
export function metricKey({ namespace, name, dimensions }: Metric): string {
  const sorted = Object.entries(dimensions).sort(([one], [other]) => (one < other ? -1 : 1));
  return JSON.stringify([namespace, name, ...sorted]);
}

/** A value that was measured, or several of one period as a set. */
export interface Measurement extends Metric {
  /** As CloudWatch names units: `Count`, `Seconds`, `Percent`, `Bytes` …; `None` for none. */
  readonly unit: string;
  readonly value: number | StatisticSet;
}

/** One of a period that is over: when it began, in milliseconds since 1970. */
export interface TimedMeasurement extends Measurement {
  readonly at: number;
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_StatisticSet.html */
export interface StatisticSet {
  readonly count: number;
  readonly sum: number;
  readonly least: number;
  readonly most: number;
}
