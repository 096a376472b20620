import { flag, text } from '../../property.ts';
import { words } from '../../words.ts';
import type { HeldData } from '../contract/data.ts';

const everything = words('the data of its databases', '데이터베이스의 데이터');

/**
 * An instance of a cluster holds nothing: the cluster's volume does. A read replica's data is its source's.
 *
 * https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.Overview.StorageReliability.html
 */
export const data: Readonly<Record<string, HeldData>> = {
  'AWS::RDS::DBInstance': {
    what: ({ properties }) =>
      text(properties, 'DBClusterIdentifier') !== undefined ||
      text(properties, 'SourceDBInstanceIdentifier') !== undefined
        ? null
        : everything,
    protection: deletionProtection,
    protectionCode: 'DATABASE_PROTECTED',
  },
  'AWS::RDS::DBCluster': { what: () => everything, protection: deletionProtection },
};

function deletionProtection({ properties }: Parameters<HeldData['what']>[0]): string | null {
  return flag(properties, 'DeletionProtection') === true ? 'DeletionProtection' : null;
}
