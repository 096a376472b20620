import { given, needsOf, type TypeNeeds } from '../contract/need.ts';
import { passesRole } from '../contract/reasons.ts';

const scheduleRole = given('Target.RoleArn', 'iam:PassRole', passesRole('scheduler.amazonaws.com', 'Target.RoleArn'));

export const permissions: readonly TypeNeeds[] = [
  needsOf('AWS::Scheduler::Schedule', ['schedule', '일정'], 'scheduler/schedule', {
    create: ['scheduler:CreateSchedule GetSchedule', scheduleRole],
    read: ['scheduler:GetSchedule'],
    update: ['scheduler:UpdateSchedule GetSchedule', scheduleRole],
    delete: ['scheduler:DeleteSchedule GetSchedule'],
  }),
];
