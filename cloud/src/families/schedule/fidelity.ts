import { words } from '../../words.ts';
import { real, type TypeFidelity } from '../contract/fidelity.ts';

import { scheduledDatabase } from './scheduled-database.ts';

const otherSchedule = {
  fidelity: 'modelled' as const,
  how: words(
    'Read only: what it calls, or its times, are not carried out here.',
    '읽기만 합니다. 호출하는 대상이나 시각을 여기서는 다루지 않습니다.',
  ),
};

export const fidelity: Readonly<Record<string, TypeFidelity>> = {
  'AWS::Scheduler::Schedule': real(
    words('Starts and stops databases at its times.', '정한 시각에 데이터베이스를 시작하고 멈춥니다.'),
    {
      acts: 'ScheduleExpression ScheduleExpressionTimezone StartDate EndDate Target State',
      modelled: 'Name GroupName FlexibleTimeWindow KmsKeyArn',
    },
    (properties) => (scheduledDatabase(properties) === null ? otherSchedule : undefined),
  ),
};
