import type { Action, ActionService } from '../call.ts';
import type { MetricDatum } from '../configuration.ts';
import { list, requiredText } from '../input.ts';

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricData.html */
export const monitoring: ActionService = {
  name: 'monitoring',
  actions: {
    PutMetricData: async (input, call) => {
      const namespace = requiredText(input, 'Namespace');
      await call.authorize('cloudwatch:PutMetricData', '*', { 'cloudwatch:namespace': namespace });
      const data = list(input, 'MetricData').flatMap((each) => datums(each as Record<string, unknown>));
      call.emit({ kind: 'metrics', namespace, data });
      return undefined;
    },
  } satisfies Record<string, Action>,
};

/** One value, several values, or a statistic set, which counts by its mean. */
function datums(datum: Readonly<Record<string, unknown>>): MetricDatum[] {
  const dimensions = Object.fromEntries(
    list(datum, 'Dimensions').map((each) => {
      const { Name, Value } = each as { Name: string; Value: string };
      return [Name, Value];
    }),
  );
  const statistics = datum.StatisticValues as { Sum?: unknown; SampleCount?: unknown } | undefined;
  const values = statistics
    ? [Number(statistics.Sum) / Number(statistics.SampleCount)]
    : datum.Value === undefined
      ? list(datum, 'Values').map(Number)
      : [Number(datum.Value)];
  const unit = typeof datum.Unit === 'string' ? datum.Unit : null;
  return values.map((value) => ({ name: String(datum.MetricName), dimensions, value, unit }));
}
