import { words } from '../../words.ts';
import { allowances } from '../contract/allowances.ts';
import { type Allowance, alike, type Charge, type Charges, storageEnds, tariff, used } from '../contract/charge.ts';

import { billingOf } from './table.ts';

/** 25 GB of an account’s tables of the Standard class are free. */
export const tableStorage = tariff('DynamoDB', 'storage (Standard class)', { allowance: allowances.tableGigabytes });

export const charges: Charges = {
  'AWS::DynamoDB::Table': (resource, reading) => {
    const tables = alike(resource, reading);
    const { usage } = reading;
    const charge = { resource: resource.key, heading: 'tables' } as const;
    const storage: Charge = {
      ...charge,
      what: words('storage', '스토리지'),
      tariff: tableStorage,
      quantity: usage.tableGigabytes / tables,
      basis: 'monthly',
      ends: storageEnds(resource),
    };
    const billing = billingOf(resource.properties);
    if (billing.kind === 'by request') {
      return [
        storage,
        used(resource, 'tables', 'on-demand read request units', 'DynamoDB', usage.tableReads / tables),
        used(resource, 'tables', 'on-demand write request units', 'DynamoDB', usage.tableWrites / tables),
      ];
    }
    const capacity = (item: string, quantity: number, allowance: Allowance): Charge => ({
      ...charge,
      what: words(item, item),
      tariff: tariff('DynamoDB', item, { allowance }),
      quantity,
      basis: 'hourly',
      ends: 'dismantled',
    });
    return [
      storage,
      capacity('provisioned read capacity unit', billing.reads, allowances.tableReads),
      capacity('provisioned write capacity unit', billing.writes, allowances.tableWrites),
    ];
  },
};
