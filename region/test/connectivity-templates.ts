/** Small words for small templates: what a case needs is visible in it, and nothing else. */

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
type Properties = { readonly [key: string]: Json };
export type Resources = Readonly<Record<string, { readonly Type: string; readonly Properties: Properties }>>;

export function template(...parts: readonly Resources[]): string {
  return JSON.stringify({ AWSTemplateFormatVersion: '2010-09-09', Resources: Object.assign({}, ...parts) });
}

export const ref = (Ref: string): Json => ({ Ref });
export const groupOf = (name: string): Json => ({ 'Fn::GetAtt': [name, 'GroupId'] });

const resource = (type: string, Properties: Properties) => ({ Type: `AWS::${type}`, Properties });

export const vpc = (name: string, CidrBlock: string): Resources => ({ [name]: resource('EC2::VPC', { CidrBlock }) });

export const subnet = (name: string, vpcName: string, CidrBlock: string, more: Properties = {}): Resources => ({
  [name]: resource('EC2::Subnet', {
    VpcId: ref(vpcName),
    CidrBlock,
    AvailabilityZone: 'ap-northeast-2a',
    ...more,
  }),
});

export const instance = (
  name: string,
  subnetName: string,
  groups: readonly string[] = [],
  more: Properties = {},
): Resources => ({
  [name]: resource('EC2::Instance', {
    ImageId: 'ami-0123456789abcdef0',
    SubnetId: ref(subnetName),
    ...(groups.length > 0 ? { SecurityGroupIds: groups.map(groupOf) } : {}),
    ...more,
  }),
});

/** A rule as `tcp 8080 10.0.0.0/24`, `tcp 8080 ::/0`, `tcp 8080 Group`, `-1 0.0.0.0/0`, `icmp 8 10.0.0.0/24`, `tcp 8080 list:List`. */
const rule = (text: string, end: 'Source' | 'Destination'): Json => {
  const words = text.split(' ');
  const peer = words.at(-1)!;
  const [protocol, ports] = words;
  const [from, to = protocol?.startsWith('icmp') ? '-1' : from] = words.length === 3 ? ports!.split('-') : [];
  const other = peer.includes('/')
    ? { [peer.includes(':') ? 'CidrIpv6' : 'CidrIp']: peer }
    : peer.startsWith('list:')
      ? { [`${end}PrefixListId`]: ref(peer.slice(5)) }
      : { [`${end}SecurityGroupId`]: groupOf(peer) };
  return {
    IpProtocol: protocol!,
    ...(from === undefined ? {} : { FromPort: Number(from), ToPort: Number(to) }),
    ...other,
  };
};

/** A group; without `egress` AWS lets everything out. */
export const group = (
  name: string,
  vpcName: string,
  ingress: readonly string[] = [],
  egress: readonly string[] = [],
): Resources => ({
  [name]: resource('EC2::SecurityGroup', {
    GroupDescription: name,
    VpcId: ref(vpcName),
    SecurityGroupIngress: ingress.map((each) => rule(each, 'Source')),
    ...(egress.length > 0 ? { SecurityGroupEgress: egress.map((each) => rule(each, 'Destination')) } : {}),
  }),
});

/** A rule of its own, for a group that names itself. */
export const ingressRule = (name: string, groupName: string, text: string): Resources => ({
  [name]: resource('EC2::SecurityGroupIngress', {
    GroupId: groupOf(groupName),
    ...(rule(text, 'Source') as Properties),
  }),
});

export const gateway = (vpcName: string): Resources => ({
  [`${vpcName}Gateway`]: resource('EC2::InternetGateway', {}),
  [`${vpcName}Attachment`]: resource('EC2::VPCGatewayAttachment', {
    VpcId: ref(vpcName),
    InternetGatewayId: ref(`${vpcName}Gateway`),
  }),
});

/** Routes as `0.0.0.0/0 GatewayId VpcGateway` or `::/0 GatewayId VpcGateway`; associated with the subnets named. */
export const table = (
  name: string,
  vpcName: string,
  subnets: readonly string[],
  routes: readonly string[],
): Resources =>
  Object.assign(
    { [name]: resource('EC2::RouteTable', { VpcId: ref(vpcName) }) },
    ...subnets.map((each) => ({
      [`${name}${each}`]: resource('EC2::SubnetRouteTableAssociation', {
        SubnetId: ref(each),
        RouteTableId: ref(name),
      }),
    })),
    ...routes.map((route, index) => {
      const [destination, property, target] = route.split(' ');
      const block = destination!.includes(':') ? 'DestinationIpv6CidrBlock' : 'DestinationCidrBlock';
      return {
        [`${name}Route${index}`]: resource('EC2::Route', {
          RouteTableId: ref(name),
          [block]: destination!,
          [property!]: ref(target!),
        }),
      };
    }),
  );

export const peering = (name: string, one: string, other: string): Resources => ({
  [name]: resource('EC2::VPCPeeringConnection', { VpcId: ref(one), PeerVpcId: ref(other) }),
});

/** An Elastic IP on an instance. */
export const elasticIp = (name: string, instanceName: string): Resources => ({
  [name]: resource('EC2::EIP', { Domain: 'vpc', InstanceId: ref(instanceName) }),
});

export const nat = (name: string, subnetName: string, more: Properties = {}): Resources => ({
  [`${name}Address`]: resource('EC2::EIP', { Domain: 'vpc' }),
  [name]: resource('EC2::NatGateway', {
    SubnetId: ref(subnetName),
    AllocationId: { 'Fn::GetAtt': [`${name}Address`, 'AllocationId'] },
    ...more,
  }),
});

export const privateNat = (name: string, subnetName: string, more: Properties = {}): Resources => ({
  [name]: resource('EC2::NatGateway', { SubnetId: ref(subnetName), ConnectivityType: 'private', ...more }),
});

/** An ACL on subnets; entries as `in 100 allow tcp 8080 0.0.0.0/0` or `… ::/0`. */
export const acl = (name: string, vpcName: string, subnets: readonly string[], entries: readonly string[]): Resources =>
  Object.assign(
    { [name]: resource('EC2::NetworkAcl', { VpcId: ref(vpcName) }) },
    ...subnets.map((each) => ({
      [`${name}${each}`]: resource('EC2::SubnetNetworkAclAssociation', {
        SubnetId: ref(each),
        NetworkAclId: ref(name),
      }),
    })),
    ...entries.map((entry, index) => {
      const [direction, number, RuleAction, protocol, ...rest] = entry.split(' ');
      const range = rest.at(-1)!;
      const [from, to = from] = rest.length > 1 ? rest[0]!.split('-') : [];
      return {
        [`${name}Entry${index}`]: resource('EC2::NetworkAclEntry', {
          NetworkAclId: ref(name),
          RuleNumber: Number(number),
          RuleAction: RuleAction!,
          Egress: direction === 'out',
          Protocol: { tcp: 6, udp: 17, icmp: 1, icmpv6: 58, all: -1 }[protocol!]!,
          [range.includes(':') ? 'Ipv6CidrBlock' : 'CidrBlock']: range,
          ...(from === undefined ? {} : { PortRange: { From: Number(from), To: Number(to) } }),
          ...(protocol?.startsWith('icmp') ? { Icmp: { Type: -1, Code: -1 } } : {}),
        }),
      };
    }),
  );

export const networkInterface = (
  name: string,
  subnetName: string,
  groups: readonly string[] = [],
  more: Properties = {},
): Resources => ({
  [name]: resource('EC2::NetworkInterface', {
    SubnetId: ref(subnetName),
    ...(groups.length > 0 ? { GroupSet: groups.map(groupOf) } : {}),
    ...more,
  }),
});

export const plain = (name: string, type: string, Properties: Properties): Resources => ({
  [name]: resource(type, Properties),
});

/** An IPv6 range for a VPC: AWS's where none is stated. */
export const range6 = (name: string, vpcName: string, range?: string): Resources => ({
  [name]: resource('EC2::VPCCidrBlock', {
    VpcId: ref(vpcName),
    ...(range === undefined
      ? { AmazonProvidedIpv6CidrBlock: true }
      : { Ipv6CidrBlock: range, Ipv6Pool: 'ipv6pool-ec2-1' }),
  }),
});

/** A subnet with both families; `six` is a range, or the number of a /64 of its VPC's own. */
export const dualSubnet = (
  name: string,
  vpcName: string,
  range: string,
  six: string | number,
  more: Properties = {},
): Resources =>
  subnet(name, vpcName, range, {
    Ipv6CidrBlock: typeof six === 'string' ? six : numbered64(vpcName, six),
    AssignIpv6AddressOnCreation: true,
    ...more,
  });

const numbered64 = (vpcName: string, number: number): Json => ({
  'Fn::Select': [number, { 'Fn::Cidr': [{ 'Fn::Select': [0, { 'Fn::GetAtt': [vpcName, 'Ipv6CidrBlocks'] }] }, 8, 64] }],
});
