import { words } from '../../words.ts';
import { allowances } from '../contract/allowances.ts';
import { type Charges, monthly } from '../contract/charge.ts';
import { readAlarm } from './alarm.ts';

/** https://aws.amazon.com/cloudwatch/pricing/ */
export const charges: Charges = {
  'AWS::CloudWatch::Alarm': (resource) => {
    const { period, metrics } = readAlarm(resource.properties);
    const quick = period < 60;
    const what = words(`alarm on ${metrics} metrics`, `지표 ${metrics}개의 경보`);
    const item = quick ? 'high-resolution alarm' : 'standard-resolution alarm';
    const charge = { ...monthly(resource, 'monitoring', item, 'CloudWatch', what), quantity: metrics };
    return [quick ? charge : { ...charge, tariff: { ...charge.tariff, allowance: allowances.alarms } }];
  },
  'AWS::CloudWatch::CompositeAlarm': (resource) => [
    monthly(resource, 'monitoring', 'composite alarm', 'CloudWatch', words('composite alarm', '복합 경보')),
  ],
};
