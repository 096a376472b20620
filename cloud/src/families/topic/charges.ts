import { allowances } from '../contract/allowances.ts';
import { alike, type Charges, free, used } from '../contract/charge.ts';

export const charges: Charges = {
  'AWS::SNS::Topic': (resource, reading) => {
    const mails = reading.usage.emails / alike(resource, reading);
    return [
      used(resource, 'notifications', 'email notifications, after first 1,000', 'SNS', mails, allowances.emails),
      used(
        resource,
        'notifications',
        'API requests (publish), after first 1 million',
        'SNS',
        mails,
        allowances.publishes,
      ),
    ];
  },
  'AWS::SNS::Subscription': free,
  'AWS::SNS::TopicPolicy': free,
};
