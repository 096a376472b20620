import { words } from '../words.ts';
import { listedDatabaseSettings } from './listed-database-settings.fixture.ts';
import { type ActsInRegion, inTest, type ListedSetting, type NotInRegion, sizes } from './listed-setting.fixture.ts';

/**
 * Every setting of the blueprint and every parameter of its templates. Tests hold it to be whole, to be true of the templates, to name
 * tests that exist, and to agree with what the product says of each property.
 */
export const listedSettings: Readonly<Record<string, ListedSetting>> = {
  profile: {
    context: { profile: 'production' },
    reaches: [['service/DatabaseInstance', 'Properties.MultiAZ', true]],
    region: inTest(
      'blueprint-settings',
      'production under a name of its own: private names in both VPCs, HTTPS, a way out in each zone',
    ),
  },
  region: {
    context: elsewhere(),
    reaches: [['network/StorageEndpoint', 'Properties.ServiceName', 'com.amazonaws.us-east-1.s3']],
    region: elsewhereSeen(),
  },
  zones: {
    context: elsewhere(),
    reaches: [['network', 'Parameters.ZoneA.Default', 'us-east-1d']],
    region: elsewhereSeen(),
  },
  publicVpc: {
    context: addresses(),
    reaches: [['network/DatabaseToPublicVpc', 'Properties.DestinationCidrBlock', '10.40.0.0/16']],
    region: otherAddresses(),
  },
  publicSubnets: {
    context: addresses(),
    reaches: [['network/PublicSubnetB', 'Properties.CidrBlock', '10.40.6.0/24']],
    region: otherAddresses(),
  },
  webSubnets: {
    context: addresses(),
    reaches: [['network/WebSubnetA', 'Properties.CidrBlock', '10.40.1.0/24']],
    region: otherAddresses(),
  },
  applicationSubnets: {
    context: addresses(),
    reaches: [
      ['network/ApplicationSubnetA', 'Properties.CidrBlock', '10.40.3.0/24'],
      ['network/DatabaseAclInB', 'Properties.CidrBlock', '10.40.4.0/24'],
    ],
    region: otherAddresses(),
  },
  privateVpc: {
    context: addresses(),
    reaches: [['network/ApplicationToPrivateVpc', 'Properties.DestinationCidrBlock', '172.20.0.0/16']],
    region: otherAddresses(),
  },
  databaseSubnets: {
    context: addresses(),
    reaches: [['network/DatabaseSubnetC', 'Properties.CidrBlock', '172.20.3.0/24']],
    region: otherAddresses(),
  },
  testSubnet: {
    context: addresses(),
    reaches: [
      ['network/TestSubnet', 'Properties.CidrBlock', '172.20.9.0/24'],
      ['network/DatabaseAclOutC', 'Properties.CidrBlock', '172.20.9.0/24'],
      ['service/TestInstance', 'Type', 'AWS::EC2::Instance'],
    ],
    region: otherAddresses(),
  },
  nat: {
    context: { nat: 'per-zone', databaseAcl: false, flowLogs: true, accessLogs: true },
    reaches: [
      ['network/WebToInternetB', 'Properties.NatGatewayId.Ref', 'NatGatewayB'],
      ['network/NatGatewayB', 'Type', 'AWS::EC2::NatGateway'],
    ],
    region: elsewhereSeen(),
  },
  databaseAcl: {
    context: { nat: 'per-zone', databaseAcl: false, flowLogs: true, accessLogs: true },
    reaches: [['network/DatabaseAcl', 'Type', undefined]],
    region: inTest('blueprint-settings', 'the database’s network ACL stops what its security group would let in'),
  },
  flowLogs: {
    context: { nat: 'per-zone', databaseAcl: false, flowLogs: true, accessLogs: true },
    reaches: [['network/PrivateVpcFlowLog', 'Properties.TrafficType', 'REJECT']],
    region: {
      because: words('priced; no records are written', '요금만 계산하고 기록은 남기지 않음'),
      properties: ['AWS::EC2::FlowLog', 'AWS::Logs::LogGroup'],
    },
  },
  accessLogs: {
    context: { nat: 'per-zone', databaseAcl: false, flowLogs: true, accessLogs: true },
    reaches: [['service/ExternalLoadBalancer', 'Properties.LoadBalancerAttributes.2.Value.Ref', 'AccessLogs']],
    region: inTest(
      'access-logs',
      'every request to a load balancer is written as AWS writes it, and filed in the bucket',
    ),
  },
  webInstanceType: {
    context: servers(),
    reaches: [
      ['service/WebLaunchTemplate', 'Properties.LaunchTemplateData.InstanceType', 't3.small'],
      ['service', 'Parameters.WebImage.Default', amazonLinux('x86_64')],
    ],
    region: sizes('AWS::EC2::Instance.InstanceType', 'AWS::AutoScaling::LaunchConfiguration.InstanceType'),
  },
  webLeast: {
    context: servers(),
    reaches: [['service/WebServers', 'Properties.MinSize', '1']],
    region: bounds(),
  },
  webUsual: {
    context: servers(),
    reaches: [
      ['service/WebServers', 'Properties.DesiredCapacity', '3'],
      ['service/WebServers', 'CreationPolicy.ResourceSignal.Count', 3],
    ],
    region: otherAddresses(),
  },
  webMost: {
    context: servers(),
    reaches: [['service/WebServers', 'Properties.MaxSize', '5']],
    region: bounds(),
  },
  applicationInstanceType: {
    context: servers(),
    reaches: [
      ['service/ApplicationLaunchTemplate', 'Properties.LaunchTemplateData.InstanceType', 'm7g.large'],
      ['service/ApplicationLaunchTemplate', 'Properties.LaunchTemplateData.CreditSpecification', undefined],
    ],
    region: sizes('AWS::EC2::Instance.InstanceType', 'AWS::AutoScaling::LaunchConfiguration.InstanceType'),
  },
  applicationLeast: {
    context: servers(),
    reaches: [['service/ApplicationServers', 'Properties.MinSize', '1']],
    region: bounds(),
  },
  applicationUsual: {
    context: servers(),
    reaches: [
      ['service/ApplicationServers', 'Properties.DesiredCapacity', '4'],
      ['service/ApplicationServers', 'CreationPolicy.ResourceSignal.Count', 4],
    ],
    region: otherAddresses(),
  },
  applicationMost: {
    context: servers(),
    reaches: [['service/ApplicationServers', 'Properties.MaxSize', '9']],
    region: bounds(),
  },
  ...listedDatabaseSettings,
  privateZone: {
    context: { nat: 'first-zone-only', team: 'two-level', whenUsedUp: 'tell', privateZone: 'team.internal' },
    reaches: [['service/PrivateNamesDatabase', 'Properties.Name', 'database.team.internal']],
    region: inTest(
      'blueprint-settings',
      'production under a name of its own: private names in both VPCs, HTTPS, a way out in each zone',
    ),
  },
  domain: {
    context: { domain: 'play.example.com' },
    reaches: [
      ['service/PageCertificate', 'Properties.DomainName', 'play.example.com'],
      ['service/PageZone', 'Properties.Name', 'play.example.com'],
      ['service/ExternalListener', 'Properties.DefaultActions.0.Type', 'redirect'],
    ],
    region: inTest(
      'blueprint-settings',
      'production under a name of its own: private names in both VPCs, HTTPS, a way out in each zone',
    ),
  },
  hostedZone: {
    context: { nat: 'none', deployment: 'roles', domain: 'play.example.com', hostedZone: 'Z0123456789ABC' },
    reaches: [['service/PageRecord', 'Properties.HostedZoneId', 'Z0123456789ABC']],
    region: {
      because: words(
        'a zone that the template does not make is not answered for',
        '템플릿이 만들지 않는 호스팅 영역의 이름에는 답하지 않음',
      ),
      properties: [],
    },
  },
  team: {
    context: { nat: 'first-zone-only', team: 'two-level', whenUsedUp: 'tell', privateZone: 'team.internal' },
    reaches: [
      ['identity/OperatorGroup', 'Properties.GroupName', 'terrace-operator'],
      ['identity/DevopsGroup', 'Type', undefined],
    ],
    region: {
      because: words('proven by terrace access', 'terrace access가 증명'),
      properties: ['AWS::IAM::Group', 'AWS::IAM::ManagedPolicy.Groups'],
    },
  },
  deployment: {
    context: { nat: 'none', deployment: 'roles', domain: 'play.example.com', hostedZone: 'Z0123456789ABC' },
    reaches: [['identity/AssumeDeployment', 'Type', 'AWS::IAM::ManagedPolicy']],
    region: {
      because: words('deployment alone; proven by terrace access', '배포에만 쓰이며 terrace access가 증명'),
      properties: ['AWS::IAM::ManagedPolicy.Groups'],
    },
  },
  hours: {
    context: money(),
    reaches: [
      ['service/WebOpen', 'Properties.Recurrence', '30 9 * * MON-FRI'],
      ['service/ApplicationClose', 'Properties.DesiredCapacity', 0],
      ['service/DatabaseStart', 'Properties.ScheduleExpression', 'cron(15 9 ? * MON-FRI *)'],
    ],
    region: inTest(
      'schedules.long',
      'servers and database go when the hours are over, and a group grows when it is told to',
    ),
  },
  budget: {
    context: money(),
    reaches: [['money/Budget', 'Properties.Budget.BudgetLimit.Amount', 40]],
    region: billing(),
  },
  wonPerDollar: {
    context: money(),
    reaches: [['money/Budget', 'Properties.Budget.BudgetLimit.Amount', 40]],
    region: billing(),
  },
  wonPerDollarOn: {
    context: money(),
    reaches: [['money/Budget', 'Metadata.Terrace::Reason.en', /2026-01-02/]],
    region: billing(),
  },
  whenUsedUp: {
    context: { nat: 'first-zone-only', team: 'two-level', whenUsedUp: 'tell', privateZone: 'team.internal' },
    reaches: [['money/StopSpending', 'Type', undefined]],
    region: { because: billing().because, properties: ['AWS::Budgets::BudgetsAction', 'AWS::Lambda::Function'] },
  },
};

function otherAddresses(): ActsInRegion {
  return inTest(
    'blueprint-settings',
    'other addresses, other numbers of servers, no way out, a test instance beside the database',
  );
}

function bounds(): ActsInRegion {
  return inTest('scaling', 'grows under load from outside and shrinks without it, and no request fails');
}

function billing(): NotInRegion {
  return {
    because: words('answered by terrace budget', 'terrace budget이 계산'),
    properties: ['AWS::Budgets::Budget'],
  };
}

function amazonLinux(processor: string): string {
  return `/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-${processor}`;
}

function elsewhere() {
  return { region: 'us-east-1', zones: 'us-east-1d,us-east-1b,us-east-1a' };
}

function addresses() {
  return {
    publicVpc: '10.40.0.0/16',
    publicSubnets: '10.40.5.0/24,10.40.6.0/24',
    webSubnets: '10.40.1.0/24,10.40.2.0/24',
    applicationSubnets: '10.40.3.0/24,10.40.4.0/24',
    privateVpc: '172.20.0.0/16',
    databaseSubnets: '172.20.1.0/24,172.20.2.0/24,172.20.3.0/24',
    testSubnet: '172.20.9.0/24',
  };
}

function servers() {
  return {
    webInstanceType: 't3.small',
    webLeast: 1,
    webUsual: 3,
    webMost: 5,
    applicationInstanceType: 'm7g.large',
    applicationLeast: 1,
    applicationUsual: 4,
    applicationMost: 9,
  };
}

function money() {
  return { budget: 60_000, wonPerDollar: 1_500, wonPerDollarOn: '2026-01-02', hours: '09:30-18:00 MON-FRI' };
}

/** Parameters of CloudFormation: they belong to a deployment and not to the architecture. */
export const listedParameters: Readonly<Record<string, ActsInRegion | NotInRegion>> = {
  ZoneA: elsewhereSeen(),
  ZoneB: elsewhereSeen(),
  ZoneC: elsewhereSeen(),
  WebImage: images(),
  ApplicationImage: images(),
  AlertEmail: inTest('operations', 'mails the launch that fails, the alarm, and that it is over'),
};

function elsewhereSeen(): ActsInRegion {
  return inTest('blueprint-settings', 'another region, other zones, and a way out for the first zone alone');
}

function images(): NotInRegion {
  return {
    because: words(
      'the programs of this machine run, whatever the image',
      'AMI와 관계없이 이 컴퓨터의 프로그램이 실행됨',
    ),
    properties: ['AWS::EC2::Instance.ImageId', 'AWS::AutoScaling::LaunchConfiguration.ImageId'],
  };
}
