const plain = ['SampleCount', 'Sum', 'Average', 'Minimum', 'Maximum'];
const percentile = /^p(\d{1,2}(?:\.\d{1,10})?|100)$/;

/**
 * Whether it is a statistic that can be read here: percentiles among them, trimmed and winsorized means not.
 *
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Statistics-definitions.html
 */
export function isStatistic(name: string): boolean {
  return plain.includes(name) || percentile.test(name);
}

/** What a percentile is of, between 0 and 1; `null` for another statistic. */
export function shareOf(statistic: string): number | null {
  const found = percentile.exec(statistic);
  return found ? Number(found[1]) / 100 : null;
}
