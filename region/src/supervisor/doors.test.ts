import { loadTexts } from '@terrace/cloud/assembly/load';
import { initialFleet } from '@terrace/cloud/views/initial-fleet';
import { namesView } from '@terrace/cloud/views/names';
import { networkView } from '@terrace/cloud/views/network/network-view';
import { describe, expect, test } from 'vitest';
import { usualPort } from '../ingress/ingress.ts';
import { instanceDoors } from './doors.ts';

async function doors(rules: string, more = '') {
  const text = `Resources:
  Group: { Type: AWS::EC2::SecurityGroup, Properties: { GroupDescription: g, SecurityGroupIngress: [${rules}] } }
  Web: { Type: AWS::EC2::Instance, Properties: { ImageId: ami-0123456789abcdef0, ${more || 'SecurityGroups: [!Ref Group]'} } }`;
  const loaded = await loadTexts({ 'a.yaml': text });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.mistakes));
  const network = networkView(loaded.value, initialFleet(loaded.value));
  return instanceDoors(network, namesView(loaded.value, network));
}

const rule = (ports: string, peer = 'CidrIp: 0.0.0.0/0') => {
  const [from, to = from] = ports.split('-');
  return `{ IpProtocol: tcp, FromPort: ${from}, ToPort: ${to}, ${peer} }`;
};

describe('doors to instances', () => {
  test.each([
    ['a page', rule('80'), ['Web-80 http']],
    ['two pages, one of them secure', `${rule('443')}, ${rule('8080')}`, ['Web-443 tls', 'Web-8080 http']],
    ['nothing but SSH', rule('22'), []],
    ['a page for one network', rule('80', 'CidrIp: 10.0.0.0/8'), []],
    ['a page for a group', rule('80', 'SourceSecurityGroupName: default'), []],
    ['a range of ports', rule('8000-9000'), []],
    ['one port stated twice', `${rule('80')}, ${rule('80', 'CidrIp: 203.0.113.0/24')}`, ['Web-80 http']],
  ])('with %s', async (_, rules, expected) => {
    expect((await doors(rules)).map(({ name, protocol }) => `${name} ${protocol}`)).toEqual(expected);
  });

  test('without a public address there are none', async () => {
    const closed =
      'NetworkInterfaces: [{ DeviceIndex: "0", AssociatePublicIpAddress: false, GroupSet: [!GetAtt Group.GroupId] }]';
    expect(await doors(rule('80'), closed)).toEqual([]);
  });

  test('answer to the public name and the address of the instance', async () => {
    const [door] = await doors(rule('80'));
    expect(door!.hosts.some((each) => /^ec2-198-18-/.test(each))).toBe(true);
    expect(door!.addresses[0]).toMatch(/^198\.18\./);
  });
});

test('a door has the same port in the same project, below those of clients', () => {
  expect(usualPort('/a/.terrace', 'Web-80')).toBe(usualPort('/a/.terrace', 'Web-80'));
  expect(usualPort('/a/.terrace', 'Web-80')).not.toBe(usualPort('/b/.terrace', 'Web-80'));
  const port = usualPort('/a/.terrace', 'Web-80');
  expect(port >= 20_000 && port < 32_000).toBe(true);
});

describe('doors by IPv6', () => {
  test.each([
    ['to IPv6 alone', rule('80', "CidrIpv6: '::/0'"), 'GatewayId: !Ref Gateway', ['Web-80 http']],
    ['to IPv6 without a way back', rule('80', "CidrIpv6: '::/0'"), 'EgressOnlyInternetGatewayId: !Ref Only', []],
    ['to a part of IPv6', rule('80', "CidrIpv6: '2a00::/12'"), 'GatewayId: !Ref Gateway', []],
  ])('a page open %s', async (_, rules, target, expected) => {
    const loaded = await loadTexts({
      'a.yaml': `Resources:
  Vpc: { Type: AWS::EC2::VPC, Properties: { CidrBlock: 10.0.0.0/16 } }
  Range: { Type: AWS::EC2::VPCCidrBlock, Properties: { VpcId: !Ref Vpc, Ipv6CidrBlock: '2600:1f14:aaaa:bb00::/56', Ipv6Pool: p } }
  Gateway: { Type: AWS::EC2::InternetGateway }
  Attachment: { Type: AWS::EC2::VPCGatewayAttachment, Properties: { VpcId: !Ref Vpc, InternetGatewayId: !Ref Gateway } }
  Only: { Type: AWS::EC2::EgressOnlyInternetGateway, Properties: { VpcId: !Ref Vpc } }
  A: { Type: AWS::EC2::Subnet, Properties: { VpcId: !Ref Vpc, CidrBlock: 10.0.1.0/24, Ipv6CidrBlock: '2600:1f14:aaaa:bb01::/64', AssignIpv6AddressOnCreation: true } }
  Table: { Type: AWS::EC2::RouteTable, Properties: { VpcId: !Ref Vpc } }
  OfA: { Type: AWS::EC2::SubnetRouteTableAssociation, Properties: { SubnetId: !Ref A, RouteTableId: !Ref Table } }
  Out: { Type: AWS::EC2::Route, Properties: { RouteTableId: !Ref Table, DestinationIpv6CidrBlock: '::/0', ${target} } }
  Group: { Type: AWS::EC2::SecurityGroup, Properties: { GroupDescription: g, VpcId: !Ref Vpc, SecurityGroupIngress: [${rules}] } }
  Web: { Type: AWS::EC2::Instance, Properties: { ImageId: ami-0123456789abcdef0, SubnetId: !Ref A, SecurityGroupIds: [!Ref Group] } }`,
    });
    if (!loaded.ok) throw new Error(JSON.stringify(loaded.mistakes));
    const network = networkView(loaded.value, initialFleet(loaded.value));
    const found = instanceDoors(network, namesView(loaded.value, network));
    expect(found.map(({ name, protocol }) => `${name} ${protocol}`)).toEqual(expected);
    for (const { addresses } of found) expect(addresses[0]).toMatch(/^\[2600:1f14:aaaa:bb01:/);
  });
});
