import type { Values } from '../contract/values.ts';

export const values: Values = {
  'AWS::RDS::DBInstance': {
    Engine:
      'postgres mysql mariadb aurora-mysql aurora-postgresql oracle-ee oracle-ee-cdb oracle-se2 oracle-se2-cdb sqlserver-ee sqlserver-se sqlserver-ex sqlserver-web sqlserver-dev-ee db2-ae db2-se custom-oracle-ee custom-oracle-ee-cdb custom-oracle-se2 custom-oracle-se2-cdb custom-sqlserver-ee custom-sqlserver-se custom-sqlserver-web custom-sqlserver-dev',
    StorageType: 'gp2 gp3 io1 io2 standard aurora aurora-iopt1',
    LicenseModel:
      'license-included bring-your-own-license general-public-license postgresql-license marketplace-license',
  },
};
