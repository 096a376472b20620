import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { type LoadOptions, loadTexts } from '../assembly/load.ts';
import type { Inventory } from '../inventory.ts';
import type { Json, JsonObject } from '../json.ts';
import { answerLookup } from '../lookups/answer.ts';
import { unableOf } from '../validate/standing.ts';
import { initialFleet } from '../views/initial-fleet.ts';
import { networkView } from '../views/network/network-view.ts';
import { readStanding, writeStanding } from './outside-file.ts';
import { mergeStanding, readListings } from './read-listings.ts';

const listings = JSON.parse(
  readFileSync(fileURLToPath(new URL('../../../examples/existing-vpc/aws/listings.json', import.meta.url)), 'utf8'),
) as Json[];
const home = { account: '000000000000', region: 'eu-west-1' };
const { standing } = readListings(listings, home);

const [vpc, publicSubnet, privateSubnet] = [
  'vpc-0aa11bb22cc33dd44',
  'subnet-0aa11bb22cc330001',
  'subnet-0aa11bb22cc330003',
];

async function load(template: object | Record<string, string>, options: LoadOptions = {}): Promise<Inventory> {
  const isTexts = Object.keys(template).some((name) => name.endsWith('.json'));
  const texts = isTexts ? (template as Record<string, string>) : { 'app.json': JSON.stringify(template) };
  const loaded = await loadTexts(texts, options);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.mistakes));
  return loaded.value;
}

const server = (subnet: unknown): JsonObject => ({
  Type: 'AWS::EC2::Instance',
  Properties: { ImageId: 'ami-0123456789abcdef0', InstanceType: 't3.micro', SubnetId: subnet as Json },
});
const parameter = (type: string) => ({ Type: type });

/** The ways in which a template comes to the id of a subnet that it does not make. */
const ways: readonly (readonly [string, object, LoadOptions])[] = [
  [
    'a parameter',
    { Parameters: { Subnet: parameter('AWS::EC2::Subnet::Id') }, Resources: { Server: server({ Ref: 'Subnet' }) } },
    { parameters: { Subnet: privateSubnet! } },
  ],
  [
    'a list parameter',
    {
      Parameters: { Subnets: parameter('List<AWS::EC2::Subnet::Id>') },
      Resources: { Server: server({ 'Fn::Select': [1, { Ref: 'Subnets' }] }) },
    },
    { parameters: { Subnets: `${publicSubnet},${privateSubnet}` } },
  ],
  ['a literal id', { Resources: { Server: server(privateSubnet) } }, {}],
  [
    'a parameter of Systems Manager',
    {
      Parameters: { Subnet: { Type: 'AWS::SSM::Parameter::Value<AWS::EC2::Subnet::Id>', Default: '/net/private' } },
      Resources: { Server: server({ Ref: 'Subnet' }) },
    },
    { parameters: { 'ssm:/net/private': privateSubnet! } },
  ],
  [
    'an import of another stack’s export',
    { Resources: { Server: server({ 'Fn::ImportValue': 'net-private' }) } },
    {
      standing: mergeStanding(
        standing,
        readListings([{ Exports: [{ Name: 'net-private', Value: privateSubnet! }] }], {
          ...home,
          region: 'ap-northeast-2',
        }).standing,
      ),
    },
  ],
];

describe('a subnet that a template names by', () => {
  test.each(ways)('%s stands where the project imported it', async (_, template, options) => {
    const inventory = await load(template, { standing, ...options });
    expect([...unableOf(inventory)]).toEqual([]);
    const network = networkView(inventory, initialFleet(inventory));
    expect(network.interfaces.find(({ name }) => name === 'Server')).toMatchObject({ vpc, subnet: privateSubnet });
    expect(inventory.resources.map(({ type }) => type)).toEqual(['AWS::EC2::Instance']);
  });

  test.each(
    ways.filter(([, , options]) => !options.standing),
  )('%s cannot act where nobody knows it', async (_, template, options) => {
    const inventory = await load(template, options);
    expect([...unableOf(inventory).values()].map(({ en }) => en)).toEqual([expect.stringContaining('outside')]);
    expect(networkView(inventory, initialFleet(inventory)).interfaces).toEqual([]);
  });

  test.each(
    ways.filter(([, , options]) => !options.standing),
  )('%s stands in a usual VPC where that is assumed', async (_, template, options) => {
    const inventory = await load(template, { ...options, assume: true });
    expect([...unableOf(inventory)]).toEqual([]);
    const { subnets, routeTables, interfaces } = networkView(inventory, initialFleet(inventory));
    expect(subnets).toHaveLength(9);
    const own = subnets.find(({ id }) => id === interfaces.find(({ name }) => name === 'Server')?.subnet)!;
    expect(routeTables.find(({ id }) => id === own.routeTable)!.routes.map(({ target }) => target.kind)).toEqual([
      'local',
      'nat-gateway',
    ]);
  });
});

describe('what was imported', () => {
  const resources = {
    Vpc: parameter('AWS::EC2::VPC::Id'),
  };

  test('has its tables, gateways, groups and ACLs, as the account has them', async () => {
    const inventory = await load({ Resources: { Server: server(privateSubnet) } }, { standing });
    const network = networkView(inventory, initialFleet(inventory));
    const routesOf = (subnet: string) => {
      const table = network.subnets.find(({ id }) => id === subnet)!.routeTable;
      return network.routeTables.find(({ id }) => id === table)!.routes.map(({ target }) => target.kind);
    };
    expect(network.vpcs).toMatchObject([{ id: vpc, defaultNetworkAcl: 'acl-0bb11cc22dd330001' }]);
    expect(routesOf(publicSubnet!)).toEqual(['local', 'internet-gateway']);
    expect(routesOf(privateSubnet!)).toEqual(['local', 'nat-gateway']);
    expect(network.securityGroups.map(({ name, isDefault }) => [name, isDefault]).sort()).toEqual([
      ['default', true],
      ['web', false],
    ]);
    expect(network.networkAcls).toMatchObject([{ isDefault: true, ingress: [{ ruleNumber: 100, action: 'allow' }] }]);
    expect(network.modelled?.unknownParts).toEqual([]);
  });

  test('does not stand where nothing of the templates names it', async () => {
    const inventory = await load({ Resources: { Topic: { Type: 'AWS::SNS::Topic' } } }, { standing });
    expect(inventory.outside).toBeUndefined();
  });

  test.each([
    ['RouteTables', 'route'],
    ['NetworkAcls', 'acl-ingress'],
    ['SecurityGroups', 'ingress'],
  ])('without %s leaves open what these decide', async (list, kind) => {
    const inventory = await load(
      { Resources: { Server: server(privateSubnet) } },
      { standing: standing.filter((each) => each.list !== list) },
    );
    const { modelled } = networkView(inventory, initialFleet(inventory));
    expect(modelled?.unknownParts.map((each) => each.kind)).toContain(kind);
  });

  test('takes part in proofs where a program answers, and is not run', async () => {
    const more = readListings(
      [
        {
          Reservations: [
            {
              OwnerId: '111122223333',
              Instances: [
                {
                  InstanceId: 'i-0aa11bb22cc330009',
                  State: { Name: 'running' },
                  SubnetId: publicSubnet!,
                  VpcId: vpc!,
                  PrivateIpAddress: '10.20.0.77',
                  PublicIpAddress: '198.51.100.77',
                  SecurityGroups: [{ GroupId: 'sg-0aa11bb22cc330005' }],
                  Tags: [{ Key: 'Name', Value: 'bastion' }],
                },
                { InstanceId: 'i-0aa11bb22cc330010', State: { Name: 'terminated' } },
              ],
            },
          ],
        },
      ],
      { ...home, region: 'ap-northeast-2' },
    ).standing;
    const inventory = await load(
      { Resources: { Server: server(privateSubnet) } },
      { standing: mergeStanding(standing, more) },
    );
    const network = networkView(inventory, initialFleet(inventory));
    expect(network.interfaces.map(({ name }) => name)).not.toContain('bastion');
    expect(network.modelled?.serviceInterfaces).toMatchObject([
      { name: 'bastion', addresses: [0x0a14004d], securityGroups: ['sg-0aa11bb22cc330005'] },
    ]);
    expect(initialFleet(inventory).instances).toHaveLength(1);
  });

  test('answers lookups', () => {
    const props = {
      account: '999988887777',
      region: 'ap-northeast-2',
      filter: { 'tag:Name': 'shared' },
      returnAsymmetricSubnets: true,
    };
    const from = { inventories: [], parameters: {}, standing };
    expect(answerLookup({ key: 'k', provider: 'vpc-provider', props }, from)).toMatchObject({
      kind: 'known',
      value: {
        vpcId: vpc,
        vpcCidrBlock: '10.20.0.0/16',
        subnetGroups: [
          { type: 'Public', subnets: [{ subnetId: publicSubnet }, {}] },
          { type: 'Private', subnets: [{ subnetId: privateSubnet }, {}] },
        ],
      },
    });
    const group = { account: '999988887777', region: 'ap-northeast-2', securityGroupId: 'sg-0aa11bb22cc330005' };
    expect(answerLookup({ key: 'k', provider: 'security-group', props: group }, from)).toMatchObject({
      kind: 'known',
      value: { allowAllOutbound: true },
    });
    const elsewhere = { ...props, region: 'eu-west-1' };
    expect(answerLookup({ key: 'k', provider: 'vpc-provider', props: elsewhere }, from)).toMatchObject({
      kind: 'stand-in',
    });
  });

  test('is told of a subnet of the template that overlaps it, and lets one stand beside it', async () => {
    const subnet = (range: string) => ({
      Parameters: resources,
      Resources: { More: { Type: 'AWS::EC2::Subnet', Properties: { VpcId: { Ref: 'Vpc' }, CidrBlock: range } } },
    });
    const options = { standing, parameters: { Vpc: vpc! } };
    const clash = await loadTexts({ 'app.json': JSON.stringify(subnet('10.20.0.128/25')) }, options);
    expect(clash.ok ? [] : clash.mistakes.map(({ code }) => code)).toEqual(['SUBNETS_OVERLAP']);
    expect((await load(subnet('10.20.20.0/24'), options)).resources).toHaveLength(1);
  });

  test('is the same after it was written and read', () => {
    expect(readStanding(JSON.parse(writeStanding(standing)))).toEqual(JSON.parse(JSON.stringify(standing)));
    expect(readStanding({ version: 2, standing: [] })).toBeUndefined();
    expect(readStanding({ version: 1, standing: [{ list: 'Vpcs' }] })).toBeUndefined();
  });

  test('is as it was listed last', () => {
    const later = readListings([{ Vpcs: [{ VpcId: vpc!, CidrBlock: '10.21.0.0/16', OwnerId: '111122223333' }] }], {
      ...home,
      region: 'ap-northeast-2',
    });
    const merged = mergeStanding(standing, later.standing);
    expect(merged).toHaveLength(standing.length);
    expect(merged.find(({ list }) => list === 'Vpcs')!.resources[0]!.properties).toEqual({ CidrBlock: '10.21.0.0/16' });
  });

  test('names the lists that nothing here reads', () => {
    expect(readListings([{ Clusters: [{}] }], home)).toEqual({ standing: [], unread: ['Clusters'] });
  });
});

describe('what a template adds to things outside', () => {
  const balancer = 'arn:aws:elasticloadbalancing:ap-northeast-2:111122223333:loadbalancer/app/shared/0123456789abcdef';
  const listener = balancer.replace(':loadbalancer/', ':listener/').concat('/fedcba9876543210');
  const more = readListings(
    [
      {
        DBSubnetGroups: [
          {
            DBSubnetGroupName: 'shared',
            VpcId: vpc!,
            Subnets: [{ SubnetIdentifier: privateSubnet! }, { SubnetIdentifier: 'subnet-0aa11bb22cc330004' }],
          },
        ],
      },
      {
        LoadBalancers: [
          {
            LoadBalancerArn: balancer,
            LoadBalancerName: 'shared',
            VpcId: vpc!,
            AvailabilityZones: [{ SubnetId: publicSubnet! }],
            SecurityGroups: [],
          },
        ],
      },
      { Listeners: [{ ListenerArn: listener, LoadBalancerArn: balancer, Port: 80, Protocol: 'HTTP' }] },
    ],
    { ...home, region: 'ap-northeast-2' },
  ).standing;
  const known = mergeStanding(standing, more);
  const unableIn = async (resources: object) =>
    [...unableOf(await load({ Resources: resources }, { standing: known })).values()].map(({ en }) => en);

  test('a database stands in a subnet group outside', async () => {
    const inventory = await load(
      {
        Resources: {
          Db: {
            Type: 'AWS::RDS::DBInstance',
            Properties: {
              Engine: 'postgres',
              DBInstanceClass: 'db.t3.micro',
              AllocatedStorage: '20',
              MasterUsername: 'owner',
              MasterUserPassword: 'secret-0001',
              DBSubnetGroupName: 'shared',
            },
          },
        },
      },
      { standing: known },
    );
    expect([...unableOf(inventory)]).toEqual([]);
    expect(networkView(inventory, initialFleet(inventory)).interfaces.find(({ name }) => name === 'Db')).toMatchObject({
      subnet: privateSubnet,
      vpc,
    });
  });

  test('a rule of a listener that runs outside cannot act', async () => {
    const rule = {
      Type: 'AWS::ElasticLoadBalancingV2::ListenerRule',
      Properties: {
        ListenerArn: listener,
        Priority: 1,
        Conditions: [{ Field: 'path-pattern', Values: ['/a'] }],
        Actions: [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '200' } }],
      },
    };
    expect(await unableIn({ Rule: rule })).toEqual([expect.stringContaining('is not run here')]);
  });

  test('a route and a rule act, and a peering joins a VPC of the template to one outside', async () => {
    const inventory = await load(
      {
        Resources: {
          Own: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.30.0.0/16' } },
          Peering: { Type: 'AWS::EC2::VPCPeeringConnection', Properties: { VpcId: { Ref: 'Own' }, PeerVpcId: vpc } },
          Back: {
            Type: 'AWS::EC2::Route',
            Properties: {
              RouteTableId: 'rtb-0bb11cc22dd330001',
              DestinationCidrBlock: '10.30.0.0/16',
              VpcPeeringConnectionId: { Ref: 'Peering' },
            },
          },
          Rule: {
            Type: 'AWS::EC2::SecurityGroupIngress',
            Properties: {
              GroupId: 'sg-0aa11bb22cc330005',
              IpProtocol: 'tcp',
              FromPort: 443,
              ToPort: 443,
              CidrIp: '10.30.0.0/16',
            },
          },
        },
      },
      { standing: known },
    );
    expect([...unableOf(inventory)]).toEqual([]);
    const { peerings, routeTables, securityGroups } = networkView(inventory, initialFleet(inventory));
    expect(peerings).toMatchObject([{ accepter: vpc }]);
    const table = routeTables.find(({ id }) => id === 'rtb-0bb11cc22dd330001')!;
    expect(table.routes.map(({ target }) => target.kind)).toEqual(['local', 'nat-gateway', 'peering']);
    expect(securityGroups.find(({ name }) => name === 'web')!.ingress).toHaveLength(2);
  });
});

describe('a part of something that no template makes', () => {
  const route = {
    Type: 'AWS::EC2::Route',
    Properties: {
      RouteTableId: 'rtb-0cc11bb22aa33dd44',
      DestinationCidrBlock: '10.9.0.0/16',
      TransitGatewayId: 'tgw-0cc11bb22aa33dd44',
    },
  };
  const rule = {
    Type: 'AWS::EC2::SecurityGroupIngress',
    Properties: { GroupId: 'sg-0cc11bb22aa33dd44', IpProtocol: 'tcp', FromPort: 80, ToPort: 80, CidrIp: '0.0.0.0/0' },
  };
  const attachment = {
    Type: 'AWS::EC2::VPCGatewayAttachment',
    Properties: { VpcId: 'vpc-0cc11bb22aa33dd44', InternetGatewayId: 'igw-0cc11bb22aa33dd44' },
  };

  test.each([
    ['a route', route],
    ['a rule', rule],
    ['an attachment', attachment],
  ])('%s cannot act', async (_, resource) => {
    const unable = unableOf(await load({ Resources: { Part: resource } }));
    expect([...unable.values()].map(({ en }) => en)).toEqual([expect.stringContaining('outside of the templates')]);
  });
});
