import { flag } from '../../property.ts';
import { words } from '../../words.ts';
import type { HeldData } from '../contract/data.ts';

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/WorkingWithTables.Basics.html */
export const data: Readonly<Record<string, HeldData>> = {
  'AWS::DynamoDB::Table': {
    what: () => words('its items', '테이블의 항목'),
    protection: ({ properties }) =>
      flag(properties, 'DeletionProtectionEnabled') === true ? 'DeletionProtectionEnabled' : null,
  },
};
