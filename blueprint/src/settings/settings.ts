import type { Words } from '../words.ts';

/**
 * Everything about the architecture that one may want different. `settings-from-context.ts` reads it from CDK's context
 * and checks it; `profiles.ts` holds what stands where nothing is said.
 */
export interface Settings {
  readonly profile: Profile;
  /** For example `ap-northeast-2`. */
  readonly region: string;
  /** Three zones: web and application servers use the first two, the database all three. */
  readonly zones: readonly [string, string, string];
  readonly addresses: Addresses;
  readonly nat: Nat;
  /** A network ACL of its own on the database subnets. */
  readonly databaseAcl: boolean;
  /** Records of refused traffic, kept for 30 days. */
  readonly flowLogs: boolean;
  /** Records of every request to the load balancers, kept for 30 days. */
  readonly accessLogs: boolean;
  readonly web: ServerSettings;
  readonly application: ServerSettings;
  readonly database: DatabaseSettings;
  readonly names: NameSettings;
  readonly team: Team;
  readonly deployment: Deployment;
  readonly money: MoneySettings;
}

export type Profile = 'classroom' | 'production';

/** One NAT gateway in the first zone that serves both, one in the first zone for that zone only, one in each zone, or none. */
export type Nat = 'one' | 'first-zone-only' | 'per-zone' | 'none';

/** Administrators and operators; or administrators, DevOps, developers and viewers. */
export type Team = 'two-level' | 'three-level';

/** By the caller's own permissions, or by roles of CDK's bootstrap, one set for each stack. */
export type Deployment = 'caller' | 'roles';

export interface Addresses {
  /** VPC 1, for services that face the public. */
  readonly publicVpc: string;
  readonly publicSubnets: readonly [string, string];
  readonly webSubnets: readonly [string, string];
  readonly applicationSubnets: readonly [string, string];
  /** VPC 2, for internal services. */
  readonly privateVpc: string;
  readonly databaseSubnets: readonly [string, string, string];
  /** A public subnet in VPC 2 with a test instance; `null` for none. */
  readonly testSubnet: string | null;
}

export interface ServerSettings {
  /** For example `t4g.micro`; its processor decides which Amazon Linux is taken. */
  readonly instanceType: string;
  readonly least: number;
  readonly usual: number;
  readonly most: number;
}

export interface DatabaseSettings {
  readonly engine: 'postgres' | 'mysql';
  /** For example `17.9`, or `8.4.6` for MySQL. */
  readonly engineVersion: string;
  readonly instanceClass: string;
  /** Gibibytes. */
  readonly storage: number;
  readonly encryption: boolean;
  /** AWS's key for RDS, or a key of one's own. */
  readonly key: 'aws' | 'own';
  /** 0 turns automated backups and point-in-time recovery off. */
  readonly backupDays: number;
  /** UTC, for example `17:00-17:30`. */
  readonly backupWindow: string;
  /** UTC, for example `sun:18:00-sun:18:30`. */
  readonly maintenanceWindow: string;
  readonly minorUpgrades: boolean;
  readonly multiZone: boolean;
  readonly deletionProtection: boolean;
  /** What is left of the data when the stack is deleted. */
  readonly whenDeleted: 'snapshot' | 'nothing';
}

export interface NameSettings {
  /** Zone of private names for the database and the internal load balancer; `null` for none. */
  readonly privateZone: string | null;
  /** The page's own name, with HTTPS; `null` for the load balancer's name and HTTP. */
  readonly domain: string | null;
  /** An existing public hosted zone of that domain; `null` makes one. */
  readonly hostedZone: string | null;
}

export interface MoneySettings {
  /** A month's limit in won. */
  readonly budget: number;
  /** AWS Budgets counts in dollars: won for one dollar, on a date. */
  readonly wonPerDollar: number;
  /** For example `2026-06`, the mean of a month, or `2026-06-30`. */
  readonly wonPerDollarOn: string;
  /** Whether a budget that is used up stops the service, or only tells. */
  readonly whenUsedUp: 'stop' | 'tell';
  /** Hours at which servers are there; `null` for always. */
  readonly hours: Hours | null;
}

/** Local times of `Asia/Seoul`, weekdays by cron's numbers or names. */
export interface Hours {
  /** `HH:MM` */
  readonly from: string;
  /** `HH:MM` */
  readonly to: string;
  /** For example `MON-FRI`. */
  readonly days: string;
}

/** A setting that cannot be: which one, why, and what would be right. */
export interface SettingMistake {
  readonly setting: string;
  readonly cause: Words;
  readonly next: Words;
}
