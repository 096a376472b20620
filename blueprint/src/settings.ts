/** Everything about the architecture that one may want different, checked. */
export interface Settings {
  readonly profile: Profile;
  /** For example `ap-northeast-2`. */
  readonly region: string;
  /** Three zones: web and application servers use the first two, the database all three. */
  readonly zones: readonly [string, string, string];
  readonly addresses: Addresses;
  readonly nat: Nat;
  readonly web: ServerSettings;
  readonly application: ServerSettings;
  readonly database: DatabaseSettings;
}

export type Profile = 'classroom' | 'production';

/** One NAT gateway in the first zone, one in each zone, or no way out at all. */
export type Nat = 'one' | 'per-zone' | 'none';

export interface Addresses {
  /** VPC 1, for services that face the public. */
  readonly publicVpc: string;
  readonly publicSubnets: readonly [string, string];
  readonly webSubnets: readonly [string, string];
  readonly applicationSubnets: readonly [string, string];
  /** VPC 2, for internal services. */
  readonly privateVpc: string;
  readonly databaseSubnets: readonly [string, string, string];
}

export interface ServerSettings {
  /** For example `t4g.micro`; its processor decides which Amazon Linux is taken. */
  readonly instanceType: string;
  readonly least: number;
  readonly usual: number;
  readonly most: number;
}

export interface DatabaseSettings {
  /** Major and minor version, for example `17.9`. */
  readonly engineVersion: string;
  readonly instanceClass: string;
  /** Gibibytes. */
  readonly storage: number;
  /** 0 turns automated backups and point-in-time recovery off. */
  readonly backupDays: number;
  /** UTC, for example `sun:18:00-sun:18:30`. */
  readonly maintenanceWindow: string;
  /** UTC, for example `17:00-17:30`. */
  readonly backupWindow: string;
  readonly minorUpgrades: boolean;
  readonly multiZone: boolean;
  readonly deletionProtection: boolean;
}

/** What the diary's team could afford; where leaving something off saved nothing, it is on. */
export const classroom: Settings = {
  profile: 'classroom',
  region: 'ap-northeast-2',
  zones: ['ap-northeast-2a', 'ap-northeast-2b', 'ap-northeast-2c'],
  addresses: {
    publicVpc: '10.10.0.0/16',
    publicSubnets: ['10.10.5.0/24', '10.10.6.0/24'],
    webSubnets: ['10.10.1.0/24', '10.10.2.0/24'],
    applicationSubnets: ['10.10.3.0/24', '10.10.4.0/24'],
    privateVpc: '172.16.0.0/16',
    databaseSubnets: ['172.16.1.0/24', '172.16.2.0/24', '172.16.3.0/24'],
  },
  nat: 'one',
  web: { instanceType: 't4g.micro', least: 2, usual: 2, most: 4 },
  application: { instanceType: 't4g.micro', least: 2, usual: 2, most: 4 },
  database: {
    engineVersion: '17.9',
    instanceClass: 'db.t4g.micro',
    storage: 20,
    backupDays: 7,
    maintenanceWindow: 'sun:18:00-sun:18:30',
    backupWindow: '17:00-17:30',
    minorUpgrades: true,
    multiZone: false,
    deletionProtection: false,
  },
};
