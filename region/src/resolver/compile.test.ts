import { formatAddress } from '@terrace/cloud/address';
import { loadTexts } from '@terrace/cloud/assembly/load';
import { initialFleet } from '@terrace/cloud/views/initial-fleet';
import { type NamesView, namesView } from '@terrace/cloud/views/names';
import type { NetworkView } from '@terrace/cloud/views/network';
import { networkView } from '@terrace/cloud/views/network/network-view';
import { beforeAll, describe, expect, test } from 'vitest';
import { answer } from './answer.ts';
import { internetResolver, type Standing, vpcResolver } from './compile.ts';
import type { RecordType } from './configuration.ts';

const template = `
Resources:
  Public: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.10.0.0/16, EnableDnsHostnames: true}}
  Internal: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 172.16.0.0/16, EnableDnsHostnames: true}}
  Plain: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.30.0.0/16}}
  Silent: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.40.0.0/16, EnableDnsSupport: false}}
  Gateway: {Type: AWS::EC2::InternetGateway}
  Attachment: {Type: AWS::EC2::VPCGatewayAttachment, Properties: {VpcId: !Ref Public, InternetGatewayId: !Ref Gateway}}
  Peering: {Type: AWS::EC2::VPCPeeringConnection, Properties: {VpcId: !Ref Public, PeerVpcId: !Ref Internal}}
  PublicA: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Public, CidrBlock: 10.10.5.0/24, AvailabilityZone: ap-northeast-2a, MapPublicIpOnLaunch: true}}
  PublicB: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Public, CidrBlock: 10.10.6.0/24, AvailabilityZone: ap-northeast-2b}}
  DataA: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Internal, CidrBlock: 172.16.1.0/24, AvailabilityZone: ap-northeast-2a}}
  DataB: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Internal, CidrBlock: 172.16.2.0/24, AvailabilityZone: ap-northeast-2b}}
  Web: {Type: AWS::EC2::Instance, Properties: {SubnetId: !Ref PublicA, PrivateIpAddress: 10.10.5.10, ImageId: ami-1, InstanceType: t3.micro}}
  Outside: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: {Scheme: internet-facing, Subnets: [!Ref PublicA, !Ref PublicB]}}
  Inside: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: {Scheme: internal, Type: network, Subnets: [!Ref PublicA, !Ref PublicB]}}
  Subnets: {Type: AWS::RDS::DBSubnetGroup, Properties: {DBSubnetGroupDescription: data, SubnetIds: [!Ref DataA, !Ref DataB]}}
  Database:
    Type: AWS::RDS::DBInstance
    Properties: {Engine: postgres, DBInstanceClass: db.t4g.micro, AllocatedStorage: "20", MultiAZ: true, DBSubnetGroupName: !Ref Subnets, MasterUsername: arcade, MasterUserPassword: not-a-secret, PubliclyAccessible: false}
  Zone: {Type: AWS::Route53::HostedZone, Properties: {Name: example.com, VPCs: [{VPCId: !Ref Public, VPCRegion: !Ref AWS::Region}, {VPCId: !Ref Plain, VPCRegion: !Ref AWS::Region}]}}
  World: {Type: AWS::Route53::HostedZone, Properties: {Name: example.com.}}
  PrivateApi: {Type: AWS::Route53::RecordSet, Properties: {HostedZoneId: !Ref Zone, Name: api.example.com, Type: A, AliasTarget: {DNSName: !GetAtt Inside.DNSName, HostedZoneId: !GetAtt Inside.CanonicalHostedZoneID}}}
  PublicWww: {Type: AWS::Route53::RecordSet, Properties: {HostedZoneId: !Ref World, Name: www.example.com., Type: CNAME, TTL: "60", ResourceRecords: [!GetAtt Outside.DNSName]}}
  Endpoint: {Type: AWS::EC2::VPCEndpoint, Properties: {VpcId: !Ref Public, VpcEndpointType: Interface, ServiceName: !Sub "com.amazonaws.\${AWS::Region}.secretsmanager", PrivateDnsEnabled: true, SubnetIds: [!Ref PublicA]}}
`;

let names: NamesView;
let network: NetworkView;
let name: Readonly<Record<'outside' | 'inside' | 'database' | 'web', string>>;
let vpc: Readonly<Record<'Public' | 'Internal' | 'Plain' | 'Silent', string>>;

beforeAll(async () => {
  const loaded = await loadTexts({ 'template.yaml': template });
  if (!loaded.ok) throw new Error(loaded.mistakes.map((each) => each.cause.en).join('\n'));
  network = networkView(loaded.value, initialFleet(loaded.value));
  names = namesView(loaded.value, network);
  const of = (key: string) => names.balancers.find((each) => each.statedBy.endsWith(key))!.name;
  name = {
    outside: of('Outside'),
    inside: of('Inside'),
    database: names.databases[0]!.name,
    web: names.instances[0]!.publicName!,
  };
  vpc = Object.fromEntries(network.vpcs.map((each) => [each.name, each.id])) as typeof vpc;
});

const ask = (asker: keyof typeof vpc | 'internet', question: string, type: RecordType = 'A', standing?: Standing) => {
  const configuration =
    asker === 'internet' ? internetResolver(names, [], standing) : vpcResolver(names, vpc[asker], standing);
  const { outcome, answers } = answer(configuration, { name: question, type }, () => 0.999);
  const data = answers.filter((each) => each.type === type).map((each) => ('data' in each ? String(each.data) : ''));
  return data.length > 0 ? data.sort() : outcome;
};
const privateAddresses = (owner: string) =>
  network.interfaces.filter((each) => each.owner.kind === owner).map((each) => formatAddress(each.addresses[0]!));

describe('the resolver of a VPC', () => {
  // resolver-addresses, dns-attributes
  test.each([
    ['Public', ['10.10.0.2', '169.254.169.253']],
    ['Internal', ['172.16.0.2', '169.254.169.253']],
    ['Silent', []],
  ] as const)('of %s listens on %j', (asker, addresses) => {
    expect(vpcResolver(names, vpc[asker]).listen.map((each) => each.address)).toEqual(addresses);
  });

  // peering-resolver-unreachable
  test('answers its own VPC and not the peer', () => {
    expect(vpcResolver(names, vpc.Public).clients).toEqual(['10.10.0.0/16']);
  });

  // lb-scheme-and-names
  test('names an internet-facing balancer by public addresses, an internal one by private ones, to everyone', () => {
    for (const asker of ['Public', 'Internal', 'internet'] as const) {
      expect(ask(asker, name.outside), asker).toEqual([
        expect.stringMatching(/^198\.18\./),
        expect.stringMatching(/^198\.18\./),
      ]);
      expect(ask(asker, name.inside), asker).toEqual([
        expect.stringMatching(/^10\.10\.5\./),
        expect.stringMatching(/^10\.10\.6\./),
      ]);
    }
  });

  // nlb-zone-in-dns
  test('leaves a zone without healthy targets out, and lists all when none has one', () => {
    const id = names.balancers.find((each) => each.name === name.inside)!.id;
    const without = (...zones: string[]): Standing => ({ emptyZones: new Map([[id, new Set(zones)]]) });
    expect(ask('Public', name.inside, 'A', without('ap-northeast-2b'))).toEqual([
      expect.stringMatching(/^10\.10\.5\./),
    ]);
    expect(ask('Public', name.inside, 'A', without('ap-northeast-2a', 'ap-northeast-2b'))).toHaveLength(2);
  });

  // rds-endpoint-address, rds-multi-az-failover
  test('names a database by its private address for everyone, and by the standby’s after a failover', () => {
    const { id, primary, standby } = names.databases[0]!;
    expect(ask('Internal', name.database)).toEqual([formatAddress(primary)]);
    expect(ask('Public', name.database)).toEqual([formatAddress(primary)]);
    const after = ask('Internal', name.database, 'A', { failedOver: new Set([id]) });
    expect(after).toEqual([formatAddress(standby!)]);
    expect(standby! >>> 8).not.toBe(primary >>> 8);
  });

  // public-name-inside-is-private, peering-public-dns-names
  test.each([
    ['Public', false, '10.10.5.10'],
    ['Internal', false, 'public'],
    ['Internal', true, '10.10.5.10'],
    ['Plain', true, 'public'],
    ['internet', true, 'public'],
  ] as const)('tells %s, with the peering’s DNS option %s, of an instance’s public name: %s', (asker, option, told) => {
    const peerings = network.peerings.map((each) => ({ ...each, requesterDnsResolution: option }));
    const before = names;
    names = { ...names, vpcs: namesWith({ ...network, peerings }) };
    const expected = told === 'public' ? formatAddress(names.instances[0]!.public!) : told;
    expect(ask(asker, name.web)).toEqual([expected]);
    names = before;
  });

  // private-zones, dns-attributes
  test.each([
    ['Public', 'api.example.com', 'balancer'],
    ['Public', 'www.example.com', 'no-such-name'],
    ['Internal', 'api.example.com', 'no-such-name'],
    ['Internal', 'www.example.com', 'public'],
    ['internet', 'www.example.com', 'public'],
    ['Plain', 'api.example.com', 'no-such-name'],
    ['Plain', 'www.example.com', 'public'],
  ] as const)('of %s answers %s: %s', (asker, question, told) => {
    const expected = told === 'no-such-name' ? told : ask(asker, told === 'balancer' ? name.inside : name.outside);
    expect(ask(asker, question)).toEqual(expected);
  });

  // interface-endpoint
  test('gives a service’s usual name the endpoint’s private address, in that VPC alone', () => {
    const question = 'secretsmanager.ap-northeast-2.amazonaws.com';
    expect(ask('Public', question)).toEqual(privateAddresses('endpoint'));
    expect(ask('Internal', question)).toEqual([expect.stringMatching(/^198\.19\./)]);
    expect(ask('internet', question)).toEqual([expect.stringMatching(/^198\.19\./)]);
    expect(ask('Public', 'ssm.ap-northeast-2.amazonaws.com')).toEqual([expect.stringMatching(/^198\.19\./)]);
  });

  test('knows buckets, but no service that AWS does not have', () => {
    expect(ask('Public', 'my-bucket.s3.ap-northeast-2.amazonaws.com')).toEqual(['198.19.1.1']);
    expect(ask('Public', 'nothing.ap-northeast-2.amazonaws.com')).toBe('no-such-name');
    expect(ask('Public', 'www.debian.org')).toBe('no-such-name');
  });

  test('knows instances by their private names, and back', () => {
    expect(ask('Public', 'ip-10-10-5-10.ap-northeast-2.compute.internal')).toEqual(['10.10.5.10']);
    expect(ask('Public', '10.5.10.10.in-addr.arpa', 'PTR')).toEqual(['ip-10-10-5-10.ap-northeast-2.compute.internal']);
    expect(ask('internet', 'ip-10-10-5-10.ap-northeast-2.compute.internal')).toBe('no-such-name');
  });
});

function namesWith(changed: NetworkView): NamesView['vpcs'] {
  return namesView(
    {
      account: '',
      region: 'ap-northeast-2',
      stacks: [],
      resources: [],
      allocations: {},
      secrets: [],
      notKnown: [],
      assets: [],
    },
    changed,
  ).vpcs;
}
