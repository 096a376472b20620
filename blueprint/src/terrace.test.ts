import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { everything, synthesizeVariant, type TemplateResource } from './synthesize-variant.fixture.ts';

const classroom = synthesizeVariant({});

function ofType(type: string, variant = classroom): [string, TemplateResource][] {
  return Object.entries(variant.resources).filter(([, { Type }]) => Type === type);
}

function at(value: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((inner, key) => (inner as Record<string, unknown> | undefined)?.[key], value);
}

describe('the default architecture', () => {
  test('has exactly the addresses asked for', () => {
    const ranges = Object.fromEntries(
      [...ofType('AWS::EC2::VPC'), ...ofType('AWS::EC2::Subnet')].map(([id, { Properties }]) => [
        id.replace('network/', ''),
        Properties.CidrBlock,
      ]),
    );
    expect(ranges).toEqual({
      PublicVpc: '10.10.0.0/16',
      PublicSubnetA: '10.10.5.0/24',
      PublicSubnetB: '10.10.6.0/24',
      WebSubnetA: '10.10.1.0/24',
      WebSubnetB: '10.10.2.0/24',
      ApplicationSubnetA: '10.10.3.0/24',
      ApplicationSubnetB: '10.10.4.0/24',
      PrivateVpc: '172.16.0.0/16',
      DatabaseSubnetA: '172.16.1.0/24',
      DatabaseSubnetB: '172.16.2.0/24',
      DatabaseSubnetC: '172.16.3.0/24',
    });
  });

  test('has one NAT gateway, in the first zone, that serves every private route table of VPC 1', () => {
    expect(ofType('AWS::EC2::NatGateway').map(([id]) => id)).toEqual(['network/NatGatewayA']);
    const throughNat = ofType('AWS::EC2::Route').filter(([, { Properties }]) => Properties.NatGatewayId);
    expect(throughNat.map(([id]) => id)).toEqual(['network/WebToInternet', 'network/ApplicationToInternet']);
  });

  test('names the other side’s range in the route tables of both sides of the peering', () => {
    const peered = ofType('AWS::EC2::Route').filter(([, { Properties }]) => Properties.VpcPeeringConnectionId);
    expect(peered.map(([id, { Properties }]) => [id, Properties.DestinationCidrBlock])).toEqual([
      ['network/ApplicationToPrivateVpc', '172.16.0.0/16'],
      ['network/DatabaseToPublicVpc', '10.10.0.0/16'],
    ]);
  });

  test('has no key pair, no port 22 and no metadata without a token', () => {
    expect(JSON.stringify(Object.values(classroom.resources).map(({ Properties }) => Properties))).not.toMatch(
      /KeyName|KeyPair/,
    );
    for (const [id, { Properties }] of ofType('AWS::EC2::SecurityGroupIngress')) {
      expect(Properties.FromPort, id).not.toBe(22);
    }
    for (const [id, { Properties }] of ofType('AWS::EC2::LaunchTemplate')) {
      expect(Properties.LaunchTemplateData.MetadataOptions.HttpTokens, id).toBe('required');
    }
  });

  test('lets the internet into the external load balancer and nowhere else', () => {
    const open = ofType('AWS::EC2::SecurityGroupIngress').filter(([, { Properties }]) => Properties.CidrIp);
    expect(open.map(([id, { Properties }]) => [id, Properties.FromPort, Properties.ToPort])).toEqual([
      ['service/WebFromInternet', 80, 80],
    ]);
  });

  test('is the same each time it is synthesized', () => {
    const again = synthesizeVariant({}, () => {});
    for (const stack of ['TerraceIdentity', 'TerraceMoney', 'TerraceNetwork', 'TerraceService']) {
      const text = (folder: string) => readFileSync(join(folder, `${stack}.template.json`), 'utf8');
      expect(text(again.folder)).toBe(text(classroom.folder));
    }
  });

  test('waits for the servers to say that they have booted', () => {
    for (const [id, group] of ofType('AWS::AutoScaling::AutoScalingGroup')) {
      expect(group.CreationPolicy, id).toEqual({ ResourceSignal: { Count: 2, Timeout: 'PT10M' } });
    }
  });
});

type Expectation = readonly [id: string, path: string, expected: unknown];

describe.each<[Record<string, unknown>, readonly Expectation[]]>([
  [
    {
      publicVpc: '10.20.0.0/16',
      publicSubnets: '10.20.15.0/24,10.20.16.0/24',
      webSubnets: '10.20.11.0/24,10.20.12.0/24',
      applicationSubnets: '10.20.13.0/24,10.20.14.0/24',
      privateVpc: '172.20.0.0/16',
      databaseSubnets: '172.20.11.0/24,172.20.12.0/24,172.20.13.0/24',
      testSubnet: '172.20.19.0/24',
    },
    [
      ['network/DatabaseToPublicVpc', 'Properties.DestinationCidrBlock', '10.20.0.0/16'],
      ['network/PublicSubnetB', 'Properties.CidrBlock', '10.20.16.0/24'],
      ['network/WebSubnetA', 'Properties.CidrBlock', '10.20.11.0/24'],
      ['network/DatabaseAclInB', 'Properties.CidrBlock', '10.20.14.0/24'],
      ['network/ApplicationToPrivateVpc', 'Properties.DestinationCidrBlock', '172.20.0.0/16'],
      ['network/DatabaseSubnetC', 'Properties.CidrBlock', '172.20.13.0/24'],
      ['network/TestSubnet', 'Properties.CidrBlock', '172.20.19.0/24'],
      ['network/DatabaseAclOutC', 'Properties.CidrBlock', '172.20.19.0/24'],
      ['service/TestInstance', 'Type', 'AWS::EC2::Instance'],
    ],
  ],
  [
    { nat: 'per-zone', databaseAcl: false, flowLogs: true, accessLogs: true },
    [
      ['network/WebToInternetB', 'Properties.NatGatewayId.Ref', 'NatGatewayB'],
      ['network/DatabaseAcl', 'Type', undefined],
      ['network/PrivateVpcFlowLog', 'Properties.TrafficType', 'REJECT'],
      ['service/ExternalLoadBalancer', 'Properties.LoadBalancerAttributes.2.Value.Ref', 'AccessLogs'],
    ],
  ],
  [
    { nat: 'first-zone-only', team: 'two-level', whenUsedUp: 'tell', privateZone: 'team.internal' },
    [
      ['network/WebToInternetA', 'Properties.NatGatewayId.Ref', 'NatGatewayA'],
      ['network/WebToInternetB', 'Type', undefined],
      ['network/SecretsEndpoint', 'Properties.SubnetIds.0.Ref', 'ApplicationSubnetB'],
      ['identity/OperatorGroup', 'Properties.GroupName', 'terrace-operator'],
      ['identity/DevopsGroup', 'Type', undefined],
      ['money/StopSpending', 'Type', undefined],
      ['service/PrivateNamesDatabase', 'Properties.Name', 'database.team.internal'],
    ],
  ],
  [
    { nat: 'none', deployment: 'roles', domain: 'play.example.com', hostedZone: 'Z0123456789ABC' },
    [
      ['network/NatGatewayA', 'Type', undefined],
      ['network/SecretsEndpoint', 'Properties.SubnetIds.length', 2],
      ['identity/AssumeDeployment', 'Type', 'AWS::IAM::ManagedPolicy'],
      ['service/PageCertificate', 'Properties.DomainName', 'play.example.com'],
      ['service/ExternalListener', 'Properties.DefaultActions.0.Type', 'redirect'],
      ['service/PageRecord', 'Properties.HostedZoneId', 'Z0123456789ABC'],
    ],
  ],
  [
    {
      webInstanceType: 't3.small',
      webLeast: 1,
      webUsual: 3,
      webMost: 5,
      applicationInstanceType: 'm7g.large',
      applicationLeast: 1,
      applicationUsual: 4,
      applicationMost: 9,
    },
    [
      ['service/WebLaunchTemplate', 'Properties.LaunchTemplateData.InstanceType', 't3.small'],
      ['service/WebServers', 'Properties.MinSize', '1'],
      ['service/WebServers', 'Properties.DesiredCapacity', '3'],
      ['service/WebServers', 'Properties.MaxSize', '5'],
      ['service/ApplicationLaunchTemplate', 'Properties.LaunchTemplateData.InstanceType', 'm7g.large'],
      ['service/ApplicationLaunchTemplate', 'Properties.LaunchTemplateData.CreditSpecification', undefined],
      ['service/WebLaunchTemplate', 'Properties.LaunchTemplateData.CreditSpecification.CpuCredits', 'standard'],
      ['service/ApplicationServers', 'Properties.MinSize', '1'],
      ['service/ApplicationServers', 'CreationPolicy.ResourceSignal.Count', 4],
      ['service/ApplicationServers', 'Properties.MaxSize', '9'],
    ],
  ],
  [
    {
      databaseEngineVersion: '16.9',
      databaseInstanceClass: 'db.m6g.large',
      databaseStorage: 100,
      databaseKey: 'own',
      databaseBackupDays: 0,
      databaseBackupWindow: '01:00-02:00',
      databaseMaintenanceWindow: 'mon:03:00-mon:04:00',
      databaseMinorUpgrades: false,
      databaseMultiZone: true,
      databaseDeletionProtection: true,
    },
    [
      ['service/DatabaseParameterGroup', 'Properties.Family', 'postgres16'],
      ['service/DatabaseInstance', 'Properties.EngineVersion', '16.9'],
      ['service/DatabaseInstance', 'Properties.DBInstanceClass', 'db.m6g.large'],
      ['service/DatabaseInstance', 'Properties.AllocatedStorage', '100'],
      ['service/DatabaseInstance', 'Properties.KmsKeyId', { 'Fn::GetAtt': ['DatabaseKey', 'Arn'] }],
      ['service/DatabaseInstance', 'Properties.BackupRetentionPeriod', 0],
      ['service/DatabaseInstance', 'Properties.PreferredBackupWindow', '01:00-02:00'],
      ['service/DatabaseInstance', 'Properties.PreferredMaintenanceWindow', 'mon:03:00-mon:04:00'],
      ['service/DatabaseInstance', 'Properties.AutoMinorVersionUpgrade', false],
      ['service/DatabaseInstance', 'Properties.MultiAZ', true],
      ['service/DatabaseInstance', 'Properties.DeletionProtection', true],
      ['service/DatabaseKey', 'Properties.EnableKeyRotation', true],
    ],
  ],
  [
    { databaseEngine: 'mysql', databaseEncryption: false, databaseWhenDeleted: 'nothing' },
    [
      ['service/DatabaseInstance', 'Properties.Engine', 'mysql'],
      ['service/DatabaseInstance', 'Properties.StorageEncrypted', false],
      ['service/DatabaseInstance', 'DeletionPolicy', 'Delete'],
      ['service/DatabaseParameterGroup', 'Properties.Family', 'mysql8.4'],
      ['service/ApplicationToDatabase', 'Properties.FromPort', 3306],
      ['network/DatabaseAclInA', 'Properties.PortRange.From', 3306],
    ],
  ],
  [
    { budget: 60_000, wonPerDollar: 1_500, wonPerDollarOn: '2026-01-02', hours: '09:30-18:00 MON-FRI' },
    [
      ['money/Budget', 'Properties.Budget.BudgetLimit.Amount', 40],
      ['money/Budget', 'Metadata.Terrace::Reason.en', expect.stringContaining('2026-01-02')],
      ['service/WebOpen', 'Properties.Recurrence', '30 9 * * MON-FRI'],
      ['service/ApplicationClose', 'Properties.DesiredCapacity', 0],
      ['service/DatabaseStart', 'Properties.ScheduleExpression', 'cron(15 9 ? * MON-FRI *)'],
    ],
  ],
  [{ profile: 'production' }, [['service/DatabaseInstance', 'Properties.MultiAZ', true]]],
])('the settings %j', (context, expectations) => {
  test.each(expectations)('reach %s, %s', (id, path, expected) => {
    expect(at(synthesizeVariant(context).resources[id], path)).toEqual(expected);
  });
});

describe('what a deployment is asked for', () => {
  test('zones and images stay parameters of the deployment', () => {
    const zones = synthesizeVariant({ zones: 'ap-northeast-2d,ap-northeast-2c,ap-northeast-2a' });
    expect(zones.network.Parameters?.ZoneA?.Default).toBe('ap-northeast-2d');
    const images = synthesizeVariant({ webInstanceType: 't3.small' });
    expect(images.service.Parameters?.WebImage?.Default).toMatch(/x86_64$/);
    expect(images.service.Parameters?.ApplicationImage?.Default).toMatch(/arm64$/);
  });

  test('region', () => {
    const elsewhere = synthesizeVariant({ region: 'us-east-1' });
    expect(elsewhere.network.Parameters?.ZoneC?.Default).toBe('us-east-1c');
    expect(elsewhere.network.Resources.StorageEndpoint?.Properties.ServiceName).toBe('com.amazonaws.us-east-1.s3');
  });
});

describe('everything turned on', () => {
  test('keeps the test instance out of reach of the internet', () => {
    const group = synthesizeVariant(everything).resources['service/TestInstanceSecurityGroup']!;
    expect(group.Properties.SecurityGroupIngress).toBeUndefined();
    const into = ofType('AWS::EC2::SecurityGroupIngress', synthesizeVariant(everything)).filter(([, rule]) =>
      JSON.stringify(rule.Properties.GroupId).includes('TestInstance'),
    );
    expect(into).toEqual([]);
  });
});
