import { shareOf } from '@terrace/cloud/families/alarm/statistic';
import type { Series } from './series.ts';

/**
 * A statistic of a metric over one period; `null` where there is no data, or a percentile is asked of values that were reported as a set.
 *
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Statistics-definitions.html
 */
export function readStatistic(series: Series, statistic: string, from: number, before: number): number | null {
  const read = series.read(from, before);
  if (!read) return null;
  switch (statistic) {
    case 'SampleCount':
      return read.count;
    case 'Sum':
      return read.sum;
    case 'Average':
      return read.sum / read.count;
    case 'Minimum':
      return read.least;
    case 'Maximum':
      return read.most;
  }
  const share = shareOf(statistic);
  if (share === null || read.values === null) return null;
  const sorted = [...read.values].sort((one, other) => one - other);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? null;
}

/**
 * Whether a percentile has enough samples to mean something: ten beyond it on its shorter side.
 *
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/percentiles-with-low-samples.html
 */
export function hasEnoughSamples(statistic: string, samples: number): boolean {
  const share = shareOf(statistic);
  if (share === null) return true;
  const beyond = share >= 0.5 ? 1 - share : share;
  return beyond > 0 && samples * beyond >= 10 - 1e-9;
}
