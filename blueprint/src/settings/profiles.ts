import type { Profile, Settings } from './settings.ts';

const addresses: Settings['addresses'] = {
  publicVpc: '10.10.0.0/16',
  publicSubnets: ['10.10.5.0/24', '10.10.6.0/24'],
  webSubnets: ['10.10.1.0/24', '10.10.2.0/24'],
  applicationSubnets: ['10.10.3.0/24', '10.10.4.0/24'],
  privateVpc: '172.16.0.0/16',
  databaseSubnets: ['172.16.1.0/24', '172.16.2.0/24', '172.16.3.0/24'],
  testSubnet: null,
};

/** What a small team can afford to learn on; where leaving something off saves nothing, it is on. */
export const classroom: Settings = {
  profile: 'classroom',
  region: 'ap-northeast-2',
  zones: ['ap-northeast-2a', 'ap-northeast-2b', 'ap-northeast-2c'],
  addresses,
  nat: 'one',
  databaseAcl: true,
  flowLogs: false,
  accessLogs: false,
  web: { instanceType: 't4g.micro', least: 2, usual: 2, most: 4 },
  application: { instanceType: 't4g.micro', least: 2, usual: 2, most: 4 },
  database: {
    engine: 'postgres',
    engineVersion: '17.9',
    instanceClass: 'db.t4g.micro',
    storage: 20,
    encryption: true,
    key: 'aws',
    backupDays: 7,
    backupWindow: '17:00-17:30',
    maintenanceWindow: 'sun:18:00-sun:18:30',
    minorUpgrades: true,
    multiZone: false,
    deletionProtection: false,
    whenDeleted: 'snapshot',
  },
  names: { privateZone: null, domain: null, hostedZone: null },
  team: 'three-level',
  deployment: 'caller',
  money: {
    budget: 30_000,
    wonPerDollar: 1_529.46,
    wonPerDollarOn: '2026-06',
    whenUsedUp: 'stop',
    hours: null,
  },
};

/** What people rely on: no single zone, no single gateway, records kept, and nothing switched off for money. */
export const production: Settings = {
  ...classroom,
  profile: 'production',
  nat: 'per-zone',
  flowLogs: true,
  accessLogs: true,
  web: { instanceType: 't4g.small', least: 2, usual: 2, most: 6 },
  application: { instanceType: 't4g.small', least: 2, usual: 2, most: 8 },
  database: {
    ...classroom.database,
    instanceClass: 'db.t4g.medium',
    storage: 50,
    key: 'own',
    backupDays: 14,
    multiZone: true,
    deletionProtection: true,
  },
  names: { privateZone: 'terrace.internal', domain: null, hostedZone: null },
  deployment: 'roles',
  money: { ...classroom.money, budget: 700_000, whenUsedUp: 'tell' },
};

export const profiles: Readonly<Record<Profile, Settings>> = { classroom, production };
