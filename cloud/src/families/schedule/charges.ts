import { type Charges, free } from '../contract/charge.ts';

export const charges: Charges = {
  'AWS::Scheduler::Schedule': free,
  'AWS::Scheduler::ScheduleGroup': free,
};
