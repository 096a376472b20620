import { words } from '../../words.ts';
import { real, type TypeFidelity } from '../contract/fidelity.ts';
import { whyCompositeUnevaluated, whyUnevaluated } from './unevaluated.ts';

export const fidelity: Readonly<Record<string, TypeFidelity>> = {
  'AWS::CloudWatch::Alarm': real(
    words(
      'Evaluated every minute of the region’s clock over what the region measures; it notifies its SNS topics.',
      '로컬 리전에서 측정한 지표로 1분마다(로컬 리전의 시계) 평가하고 SNS 주제에 알립니다.',
    ),
    {
      acts: 'ActionsEnabled AlarmActions AlarmDescription AlarmName ComparisonOperator DatapointsToAlarm Dimensions EvaluateLowSampleCountPercentile EvaluationPeriods ExtendedStatistic InsufficientDataActions MetricName Metrics Namespace OKActions Period Statistic Threshold TreatMissingData Unit',
    },
    (properties) => {
      const how = whyUnevaluated(properties);
      return how ? { fidelity: 'modelled', how } : undefined;
    },
  ),
  'AWS::CloudWatch::CompositeAlarm': real(
    words(
      'Follows the alarms of its rule at once; it notifies its SNS topics.',
      '규칙에 있는 경보의 상태를 바로 따르고 SNS 주제에 알립니다.',
    ),
    { acts: 'ActionsEnabled AlarmActions AlarmDescription AlarmName AlarmRule InsufficientDataActions OKActions' },
    (properties) => {
      const how = whyCompositeUnevaluated(properties);
      return how ? { fidelity: 'modelled', how } : undefined;
    },
  ),
};
