/**
 * What RDS takes of each engine; engines that are not listed are not judged.
 *
 * https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html
 */
export interface Engine {
  /** Longest name of the master user. */
  readonly user: number;
  /** Longest master password; the shortest has 8 characters. */
  readonly password: number;
  /** Longest name of the first database; 0 where none may be stated. */
  readonly name: number;
  /** GiB from which a gp3 volume takes IOPS and throughput of its own; `null` where from the first. */
  readonly stripes: number | null;
  /** Major versions that can be created; `null` where the list is not kept here. */
  readonly majors: readonly string[] | null;
  readonly logs: readonly string[];
  readonly licenses: readonly string[];
  /** Names that no master user may have, in small letters. */
  readonly reserved: ReadonlySet<string>;
}

const names = (text: string): ReadonlySet<string> => new Set(text.split(' '));

/**
 * Reserved words of PostgreSQL, and names that RDS keeps.
 *
 * https://www.postgresql.org/docs/current/sql-keywords-appendix.html
 */
const postgresNames = names(
  'admin rdsadmin rdsrepladmin rds_superuser rds_replication rds_password rds_iam rdstopmgr postgres_fdw all analyse analyze and any array as asc asymmetric both case cast check collate column constraint create current_catalog current_date current_role current_time current_timestamp current_user default deferrable desc distinct do else end except false fetch for foreign from grant group having in initially intersect into lateral leading limit localtime localtimestamp not null offset on only or order placing primary references returning select session_user some symmetric system_user table then to trailing true union unique user using variadic when where window with',
);

const mysqlNames = names(
  'rdsadmin rdsrepladmin rdsproxyadmin all alter analyze and as asc between both by case check column create cross delete desc distinct drop else exists false for from grant group having if in index inner insert interval into is join key keys kill left like limit lock not null on or order primary read references right select set show table then to true union unique update use using values when where with write',
);

/** https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/PostgreSQL.Concepts.General.ReleaseCalendars.html and its like */
export const engines: Readonly<Record<string, Engine>> = {
  postgres: {
    user: 63,
    password: 128,
    name: 63,
    stripes: 400,
    majors: ['11', '12', '13', '14', '15', '16', '17', '18'],
    logs: ['postgresql', 'upgrade', 'iam-db-auth-error'],
    licenses: ['postgresql-license'],
    reserved: postgresNames,
  },
  mysql: {
    user: 16,
    password: 41,
    name: 64,
    stripes: 400,
    majors: ['5.7', '8.0', '8.4'],
    logs: ['audit', 'error', 'general', 'slowquery', 'iam-db-auth-error'],
    licenses: ['general-public-license'],
    reserved: mysqlNames,
  },
  mariadb: {
    user: 16,
    password: 41,
    name: 64,
    stripes: 400,
    majors: ['10.4', '10.5', '10.6', '10.11', '11.4', '11.8'],
    logs: ['audit', 'error', 'general', 'slowquery', 'iam-db-auth-error'],
    licenses: ['general-public-license'],
    reserved: mysqlNames,
  },
  ...Object.fromEntries(
    ['oracle-ee', 'oracle-ee-cdb', 'oracle-se2', 'oracle-se2-cdb'].map((name) => [
      name,
      {
        user: 30,
        password: 30,
        name: 8,
        stripes: 200,
        majors: null,
        logs: ['alert', 'audit', 'listener', 'trace', 'oemagent'],
        licenses: ['bring-your-own-license', 'license-included'],
        reserved: names('sys system rdsadmin rdsrepladmin'),
      },
    ]),
  ),
  ...Object.fromEntries(
    ['sqlserver-ee', 'sqlserver-se', 'sqlserver-ex', 'sqlserver-web'].map((name) => [
      name,
      {
        user: 128,
        password: 128,
        name: 0,
        stripes: null,
        majors: null,
        logs: ['agent', 'error'],
        licenses: ['license-included'],
        reserved: names('rdsadmin sa'),
      },
    ]),
  ),
};
