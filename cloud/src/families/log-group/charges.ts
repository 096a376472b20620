import { allowances } from '../contract/allowances.ts';
import { alike, type Charges, free, used } from '../contract/charge.ts';

import { isInfrequentlyRead } from './log-group.ts';

export const charges: Charges = {
  'AWS::Logs::LogGroup': (resource, reading) => {
    const groups = alike(resource, reading);
    const rare = isInfrequentlyRead(resource.properties);
    const item = rare ? 'logs ingestion (Infrequent Access class)' : 'logs ingestion (Standard class)';
    const kept = used(
      resource,
      'monitoring',
      'logs storage',
      'CloudWatch',
      reading.usage.logStoredGigabytes / groups,
      allowances.logArchive,
    );
    return [
      used(resource, 'monitoring', item, 'CloudWatch', reading.usage.logGigabytes / groups, allowances.logs),
      kept,
    ];
  },
  'AWS::Logs::LogStream': free,
  'AWS::Logs::MetricFilter': free,
  'AWS::Logs::SubscriptionFilter': free,
  'AWS::Logs::ResourcePolicy': free,
};
