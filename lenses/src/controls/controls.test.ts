import { loadTexts } from '@terrace/cloud/assembly/load';
import type { Json, JsonObject } from '@terrace/cloud/json';
import { intentsOf } from '@terrace/cloud/views/intents';
import { describe, expect, test } from 'vitest';
import { controls } from './all.ts';
import { proveControls } from './prove.ts';

const ref = (Ref: string): JsonObject => ({ Ref });
const get = (name: string, attribute: string): JsonObject => ({ 'Fn::GetAtt': [name, attribute] });
const script = (text: string): JsonObject => ({ 'Fn::Base64': text });
const of = (Type: string, Properties: JsonObject): JsonObject => ({ Type: `AWS::${Type}`, Properties });
const rule = (port: number, peer: JsonObject): JsonObject => ({
  IpProtocol: 'tcp',
  FromPort: port,
  ToPort: port,
  ...peer,
});
const world = { CidrIp: '0.0.0.0/0' };
const subnet = (range: string, zone: string) =>
  of('EC2::Subnet', { VpcId: ref('Vpc'), CidrBlock: range, AvailabilityZone: `ap-northeast-2${zone}` });
const route = (table: string, target: JsonObject) =>
  of('EC2::Route', { RouteTableId: ref(table), DestinationCidrBlock: '0.0.0.0/0', ...target });
const inTable = (name: string, table: string) =>
  of('EC2::SubnetRouteTableAssociation', { SubnetId: ref(name), RouteTableId: ref(table) });
const group = (...ingress: JsonObject[]) =>
  of('EC2::SecurityGroup', { VpcId: ref('Vpc'), GroupDescription: 'one', SecurityGroupIngress: ingress });
const server = 'dnf install -y nginx\necho ok > /usr/share/nginx/html/health\nsystemctl start nginx\n';
const launch = (data: JsonObject) =>
  of('EC2::LaunchTemplate', {
    LaunchTemplateData: {
      ImageId: 'ami-0123456789abcdef0',
      InstanceType: 't3.micro',
      SecurityGroupIds: [get('WebGroup', 'GroupId')],
      MetadataOptions: { HttpTokens: 'required' },
      UserData: script(server),
      ...data,
    },
  });
const targetGroup = (properties: JsonObject) =>
  of('ElasticLoadBalancingV2::TargetGroup', {
    VpcId: ref('Vpc'),
    Port: 80,
    Protocol: 'HTTP',
    HealthCheckPath: '/health',
    ...properties,
  });
const members = (properties: JsonObject) =>
  of('AutoScaling::AutoScalingGroup', {
    MinSize: '2',
    MaxSize: '4',
    VPCZoneIdentifier: [ref('C'), ref('D')],
    TargetGroupARNs: [ref('Targets')],
    LaunchTemplate: { LaunchTemplateId: ref('Launch'), Version: get('Launch', 'LatestVersionNumber') },
    ...properties,
  });
const database = (properties: JsonObject) =>
  of('RDS::DBInstance', {
    Engine: 'postgres',
    DBInstanceClass: 'db.t4g.micro',
    AllocatedStorage: '20',
    MasterUsername: 'shop',
    ManageMasterUserPassword: true,
    StorageEncrypted: true,
    MultiAZ: true,
    PubliclyAccessible: false,
    DBSubnetGroupName: ref('Subnets'),
    VPCSecurityGroups: [get('DataGroup', 'GroupId')],
    ...properties,
  });

/** A shop in three tiers without a fault: two zones, a balancer, a group behind a NAT gateway, a database. */
const shop: Readonly<Record<string, JsonObject>> = {
  Vpc: of('EC2::VPC', { CidrBlock: '10.0.0.0/16', EnableDnsHostnames: true, EnableDnsSupport: true }),
  Gateway: { Type: 'AWS::EC2::InternetGateway' },
  Attachment: of('EC2::VPCGatewayAttachment', { VpcId: ref('Vpc'), InternetGatewayId: ref('Gateway') }),
  A: subnet('10.0.1.0/24', 'a'),
  B: subnet('10.0.2.0/24', 'c'),
  C: subnet('10.0.3.0/24', 'a'),
  D: subnet('10.0.4.0/24', 'c'),
  Public: of('EC2::RouteTable', { VpcId: ref('Vpc') }),
  Private: of('EC2::RouteTable', { VpcId: ref('Vpc') }),
  Out: { ...route('Public', { GatewayId: ref('Gateway') }), DependsOn: 'Attachment' },
  ByNat: route('Private', { NatGatewayId: ref('Nat') }),
  InA: inTable('A', 'Public'),
  InB: inTable('B', 'Public'),
  InC: inTable('C', 'Private'),
  InD: inTable('D', 'Private'),
  Address: { ...of('EC2::EIP', { Domain: 'vpc' }), DependsOn: 'Attachment' },
  Nat: of('EC2::NatGateway', { SubnetId: ref('A'), AllocationId: get('Address', 'AllocationId') }),
  LbGroup: group(rule(80, world)),
  WebGroup: group(rule(80, { SourceSecurityGroupId: get('LbGroup', 'GroupId') })),
  DataGroup: group(rule(5432, { SourceSecurityGroupId: get('WebGroup', 'GroupId') })),
  Lb: {
    ...of('ElasticLoadBalancingV2::LoadBalancer', {
      Scheme: 'internet-facing',
      Subnets: [ref('A'), ref('B')],
      SecurityGroups: [get('LbGroup', 'GroupId')],
    }),
    DependsOn: 'Attachment',
  },
  Listener: of('ElasticLoadBalancingV2::Listener', {
    LoadBalancerArn: ref('Lb'),
    Port: 80,
    Protocol: 'HTTP',
    DefaultActions: [{ Type: 'forward', TargetGroupArn: ref('Targets') }],
  }),
  Targets: targetGroup({}),
  Launch: launch({}),
  Web: members({}),
  Subnets: of('RDS::DBSubnetGroup', { DBSubnetGroupDescription: 'one', SubnetIds: [ref('C'), ref('D')] }),
  Data: database({}),
};

type Changes = Readonly<Record<string, JsonObject | null>>;

async function found(changes: Changes, metadata: JsonObject = {}): Promise<string[]> {
  const resources = Object.fromEntries(
    Object.entries({ ...shop, ...changes }).filter((each): each is [string, JsonObject] => each[1] !== null),
  );
  const template = JSON.stringify({ Metadata: metadata, Resources: resources as Json });
  const loaded = await loadTexts({ 'a.json': template });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.mistakes, null, 1));
  const intents = intentsOf(loaded.value);
  if (!intents.ok) throw new Error(JSON.stringify(intents.mistakes));
  return proveControls(loaded.value, intents.value).map(
    ({ control, finding, accepted }) =>
      `${accepted ? 'accepted' : control.severity} ${control.id} ${finding.resource.logicalId}${finding.outcome === 'unknown' ? '?' : ''}`,
  );
}

const box = (properties: JsonObject) =>
  of('EC2::Instance', {
    ImageId: 'ami-0123456789abcdef0',
    InstanceType: 't3.micro',
    SubnetId: ref('A'),
    SecurityGroupIds: [get('BoxGroup', 'GroupId')],
    LaunchTemplate: { LaunchTemplateId: ref('Plain'), Version: '1' },
    ...properties,
  });
const plain = of('EC2::LaunchTemplate', { LaunchTemplateData: { MetadataOptions: { HttpTokens: 'required' } } });
const openTo = (...ingress: JsonObject[]): Changes => ({
  Plain: plain,
  BoxGroup: group(...ingress),
  Box: box({}),
  BoxAddress: { ...of('EC2::EIP', { Domain: 'vpc', InstanceId: ref('Box') }), DependsOn: 'Attachment' },
});
const publicData: Changes = {
  Subnets: of('RDS::DBSubnetGroup', { DBSubnetGroupDescription: 'one', SubnetIds: [ref('A'), ref('B')] }),
  Data: { ...database({ PubliclyAccessible: true }), DependsOn: 'Attachment' },
};

/** No NAT gateway: what the instances ask for needs endpoints. */
const closed = { ByNat: null, Nat: null, Address: null };
const gatewayEndpoint = of('EC2::VPCEndpoint', {
  VpcId: ref('Vpc'),
  ServiceName: { 'Fn::Sub': 'com.amazonaws.${AWS::Region}.s3' },
  RouteTableIds: [ref('Private')],
});
const secretsEndpoint = (properties: JsonObject) =>
  of('EC2::VPCEndpoint', {
    VpcId: ref('Vpc'),
    VpcEndpointType: 'Interface',
    ServiceName: { 'Fn::Sub': 'com.amazonaws.${AWS::Region}.secretsmanager' },
    SubnetIds: [ref('C'), ref('D')],
    SecurityGroupIds: [get('EndpointGroup', 'GroupId')],
    PrivateDnsEnabled: true,
    ...properties,
  });
const fetchesSecret = launch({ UserData: script(`${server}aws secretsmanager get-secret-value --secret-id x\n`) });
const admitsWeb = group(rule(443, { SourceSecurityGroupId: get('WebGroup', 'GroupId') }));
const classic = (port: string, properties: JsonObject = {}) =>
  of('ElasticLoadBalancing::LoadBalancer', {
    Subnets: [ref('A'), ref('B')],
    SecurityGroups: [get('LbGroup', 'GroupId')],
    Listeners: [{ LoadBalancerPort: '80', InstancePort: port, Protocol: 'http' }],
    HealthCheck: {
      Target: `TCP:${port}`,
      Interval: '30',
      Timeout: '5',
      HealthyThreshold: '2',
      UnhealthyThreshold: '2',
    },
    ...properties,
  });
const behindClassic = members({ TargetGroupARNs: [], LoadBalancerNames: [ref('Old')] });

test('a shop without a fault has no finding', async () => {
  expect(await found({})).toEqual([]);
});

describe('a fault is first', () => {
  const faults: readonly (readonly [string, string, Changes])[] = [
    ['SSH open', 'critical ADMIN_PORT_REACHED_FROM_INTERNET Box', openTo(rule(22, world))],
    ['RDP open', 'critical ADMIN_PORT_REACHED_FROM_INTERNET Box', openTo(rule(3389, world))],
    ['everything open', 'critical ADMIN_PORT_REACHED_FROM_INTERNET Box', openTo({ IpProtocol: '-1', ...world })],
    [
      'SSH open by halves',
      'critical ADMIN_PORT_REACHED_FROM_INTERNET Box',
      openTo(rule(22, { CidrIp: '0.0.0.0/1' }), rule(22, { CidrIp: '128.0.0.0/1' })),
    ],
    ['a database on an instance', 'critical STORE_PORT_REACHED_FROM_INTERNET Box', openTo(rule(3306, world))],
    ['a page on an instance', 'medium INSTANCE_REACHED_FROM_INTERNET Box', openTo(rule(80, world))],
    [
      'database public',
      'critical DATABASE_REACHED_FROM_INTERNET Data',
      { ...publicData, DataGroup: group(rule(5432, world)) },
    ],
    ['database declared public', 'high DATABASE_DECLARED_PUBLIC Data', publicData],
    ['no NAT', 'high USER_DATA_WITHOUT_WAY_OUT Web', { ByNat: null, Nat: null, Address: null }],
    [
      'wrong group',
      'high TARGET_NOT_REACHED Targets',
      { WebGroup: group(rule(8080, { SourceSecurityGroupId: get('LbGroup', 'GroupId') })) },
    ],
    [
      'a health check of another port',
      'high TARGET_NOT_REACHED Targets',
      { Targets: targetGroup({ HealthCheckPort: '8081' }) },
    ],
    [
      'wrong health path',
      'high HEALTH_PATH_NOT_SERVED Targets',
      {
        Targets: targetGroup({ HealthCheckPath: '/helth' }),
        Launch: launch({ UserData: script(server) }),
      },
    ],
    ['one zone', 'high GROUP_IN_ONE_ZONE Web', { Web: members({ VPCZoneIdentifier: [ref('C')] }) }],
    [
      'secret in user data',
      'critical SECRET_IN_USER_DATA Web',
      { Launch: launch({ UserData: script(`${server}export DB_PASSWORD=hunter2hunter2\n`) }) },
    ],
    [
      'an access key in user data',
      'critical SECRET_IN_USER_DATA Web',
      { Launch: launch({ UserData: script(`${server}aws configure set x AKIAABCDEFGHIJKLMNOP\n`) }) },
    ],
    ['a database of one zone', 'medium DATABASE_IN_ONE_ZONE Data', { Data: database({ MultiAZ: false }) }],
    ['storage in clear', 'medium DATABASE_NOT_ENCRYPTED Data', { Data: database({ StorageEncrypted: false }) }],
    [
      'metadata without tokens',
      'medium METADATA_WITHOUT_TOKENS Web',
      { Launch: launch({ MetadataOptions: { HttpTokens: 'optional' } }) },
    ],
    [
      'a secret in the environment',
      'high SECRET_IN_ENVIRONMENT Fn',
      {
        Fn: of('Lambda::Function', {
          Role: 'arn:aws:iam::111122223333:role/one',
          Runtime: 'nodejs22.x',
          Handler: 'index.handler',
          Code: { ZipFile: 'exports.handler = async () => 1' },
          Environment: { Variables: { API_KEY: 'abcdef0123456789' } },
        }),
      },
    ],
    [
      'a secret asked for where only S3 has an endpoint',
      'high USER_DATA_WITHOUT_WAY_OUT Web',
      { ...closed, S3: gatewayEndpoint, Launch: fetchesSecret },
    ],
    [
      'an endpoint whose group admits nobody',
      'high USER_DATA_WITHOUT_WAY_OUT Web',
      {
        ...closed,
        ...{ S3: gatewayEndpoint, EndpointGroup: group(), Secrets: secretsEndpoint({}), Launch: fetchesSecret },
      },
    ],
    [
      'an endpoint that the public name does not lead to',
      'high USER_DATA_WITHOUT_WAY_OUT Web',
      {
        ...closed,
        ...{ S3: gatewayEndpoint, EndpointGroup: admitsWeb, Launch: fetchesSecret },
        Secrets: secretsEndpoint({ PrivateDnsEnabled: false }),
      },
    ],
    [
      'a signal that cannot be sent',
      'high USER_DATA_WITHOUT_WAY_OUT Web',
      {
        ...closed,
        S3: gatewayEndpoint,
        Launch: launch({ UserData: script(`${server}/opt/aws/bin/cfn-signal -e 0 -s x\n`) }),
      },
    ],
    [
      'wrong group behind a classic balancer',
      'high TARGET_NOT_REACHED Old',
      { Old: { ...classic('8080'), DependsOn: 'Attachment' }, Web: behindClassic },
    ],
    [
      'a classic balancer in one zone',
      'high BALANCER_IN_ONE_ZONE Old',
      { Old: { ...classic('80', { Subnets: [ref('A')] }), DependsOn: 'Attachment' }, Web: behindClassic },
    ],
    [
      'a balancer whose subnets are outside of the template',
      'high BALANCER_IN_ONE_ZONE Lb?',
      {
        Lb: of('ElasticLoadBalancingV2::LoadBalancer', {
          Subnets: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'],
          SecurityGroups: [get('LbGroup', 'GroupId')],
        }),
      },
    ],
  ];
  test.each(faults)('%s', async (_, first, changes) => {
    expect((await found(changes))[0]).toBe(first);
  });
});

describe('nothing is said of', () => {
  const nearMisses: readonly (readonly [string, Changes])[] = [
    ['SSH from the office', openTo(rule(22, { CidrIp: '203.0.113.0/24' }))],
    ['SSH open on a group whose instance has no public address', { ...openTo(rule(22, world)), BoxAddress: null }],
    ['packages by S3’s gateway endpoint', { ...closed, S3: gatewayEndpoint }],
    [
      'a secret by an endpoint of its service',
      {
        ...closed,
        ...{ S3: gatewayEndpoint, EndpointGroup: admitsWeb, Secrets: secretsEndpoint({}), Launch: fetchesSecret },
      },
    ],
    [
      'a classic balancer that reaches its members',
      { Old: { ...classic('80'), DependsOn: 'Attachment' }, Web: behindClassic },
    ],
    [
      'user data that fetches nothing',
      {
        ...closed,
        Launch: launch({ UserData: script('# dnf install nginx\nmkdir -p /srv/health && busybox httpd -h /srv\n') }),
      },
    ],
    [
      'a password that the script asks for',
      {
        Launch: launch({
          UserData: script(`${server}DB_PASSWORD=$(aws secretsmanager get-secret-value --secret-id x)\n`),
        }),
      },
    ],
    [
      'a password that sed takes out of an answer',
      {
        Launch: launch({
          UserData: script(`${server}password=$(echo "$x" | sed 's/.*"password":"\\([^"]*\\)".*/\\1/')\n`),
        }),
      },
    ],
    [
      'a password that a program reads',
      {
        Launch: launch({
          UserData: script(`${server}python3 -c 'secret = json.loads(answer); password = os.environ["P"]'\n`),
        }),
      },
    ],
    [
      'a health path that a fetched program may serve',
      {
        Targets: targetGroup({ HealthCheckPath: '/ready' }),
        Launch: launch({ UserData: script('dnf install -y nginx\naws s3 cp s3://one/site.tar.gz - | tar xz\n') }),
      },
    ],
    [
      'a port of the health check that is open',
      {
        Targets: targetGroup({ HealthCheckPort: '8081' }),
        WebGroup: group(
          rule(80, { SourceSecurityGroupId: get('LbGroup', 'GroupId') }),
          rule(8081, { SourceSecurityGroupId: get('LbGroup', 'GroupId') }),
        ),
      },
    ],
  ];
  test.each(nearMisses)('%s', async (_, changes) => {
    expect(await found(changes)).toEqual([]);
  });

  test('a page that an intent opens', async () => {
    const page = { id: 'page', verdict: 'allow', from: ['internet'], to: ['Box'], ports: '80' };
    expect(await found(openTo(rule(80, world)), { 'Terrace::Intents': [page] })).toEqual([]);
  });
});

describe('an acceptance', () => {
  const data = (Metadata: JsonObject): Changes => ({ Data: { ...database({ MultiAZ: false }), Metadata } });

  test.each([
    ['by name with a reason', { 'Terrace::Accepted': { DATABASE_IN_ONE_ZONE: 'a rehearsal' } }, 'accepted'],
    [
      'by cdk-nag',
      { cdk_nag: { rules_to_suppress: [{ id: 'AwsSolutions-RDS3', reason: 'a rehearsal' }] } },
      'accepted',
    ],
    ['without a reason counts for nothing', { 'Terrace::Accepted': { DATABASE_IN_ONE_ZONE: '' } }, 'medium'],
    ['of another control counts for nothing', { 'Terrace::Accepted': { DATABASE_NOT_ENCRYPTED: 'so' } }, 'medium'],
  ])('%s', async (_, metadata, said) => {
    expect(await found(data(metadata))).toEqual([`${said} DATABASE_IN_ONE_ZONE Data`]);
  });

  test('of the whole template', async () => {
    const accepted = { 'Terrace::Accepted': { DATABASE_IN_ONE_ZONE: { en: 'a rehearsal', ko: '연습' } } };
    expect(await found({ Data: database({ MultiAZ: false }) }, accepted)).toEqual([
      'accepted DATABASE_IN_ONE_ZONE Data',
    ]);
  });
});

test('each control has a name of its own, and a page', () => {
  expect(new Set(controls.map(({ id }) => id)).size).toBe(controls.length);
  for (const { id, page } of controls) expect(page, id).toMatch(/^[\w/-]+\.html(#[\w-]+)?$/);
});
