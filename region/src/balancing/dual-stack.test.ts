import { loadTexts } from '@terrace/cloud/assembly/load';
import { balancingView } from '@terrace/cloud/views/balancing';
import { initialFleet } from '@terrace/cloud/views/initial-fleet';
import { networkView } from '@terrace/cloud/views/network/network-view';
import { describe, expect, test } from 'vitest';
import { nodeConfiguration } from './haproxy-node.ts';
import { configurationText } from './node-configuration.ts';

async function configured(balancer: string, protocol: string, attributes = ''): Promise<string> {
  const loaded = await loadTexts({
    'a.yaml': `Resources:
  Vpc: { Type: AWS::EC2::VPC, Properties: { CidrBlock: 10.0.0.0/16 } }
  Range: { Type: AWS::EC2::VPCCidrBlock, Properties: { VpcId: !Ref Vpc, Ipv6CidrBlock: '2600:1f14:aaaa:bb00::/56', Ipv6Pool: p } }
  A: { Type: AWS::EC2::Subnet, Properties: { VpcId: !Ref Vpc, CidrBlock: 10.0.1.0/24, Ipv6CidrBlock: '2600:1f14:aaaa:bb01::/64', AvailabilityZone: ap-northeast-2a } }
  B: { Type: AWS::EC2::Subnet, Properties: { VpcId: !Ref Vpc, CidrBlock: 10.0.2.0/24, Ipv6CidrBlock: '2600:1f14:aaaa:bb02::/64', AvailabilityZone: ap-northeast-2b } }
  Server: { Type: AWS::EC2::Instance, Properties: { ImageId: ami-0123456789abcdef0, SubnetId: !Ref A } }
  Front: { Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: { Subnets: [!Ref A, !Ref B], Scheme: internal, ${balancer} } }
  Group: { Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: { VpcId: !Ref Vpc, Port: 8080, Protocol: ${protocol}, Targets: [{ Id: !Ref Server }], TargetGroupAttributes: [${attributes}] } }
  Listener: { Type: AWS::ElasticLoadBalancingV2::Listener, Properties: { LoadBalancerArn: !Ref Front, Port: 80, Protocol: ${protocol}, DefaultActions: [{ Type: forward, TargetGroupArn: !Ref Group }] } }`,
  });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.mistakes));
  const fleet = initialFleet(loaded.value);
  const view = balancingView(loaded.value, networkView(loaded.value, fleet), fleet);
  const found = view.balancers[0]!;
  const files = { control: '/c', serverState: '/s', certificates: {} };
  return configurationText(nodeConfiguration(view, found, found.nodes[0]!, files));
}

const anywhere = '10[.0-9]+';
const six = '\\[2600:1f14:aaaa:bb01:[0-9a-f:]+\\]';

describe('a load balancer of both families', () => {
  test.each<[string, string, string, string, string, boolean]>([
    ['listens by both', 'IpAddressType: dualstack', 'HTTP', '', `bind ${anywhere}:80,${six}:80`, true],
    ['listens by IPv4 alone unless stated', 'Type: application', 'HTTP', '', '\\[2600', false],
    [
      'ends connections of IPv6 where clients of IPv4 are shown to targets',
      'Type: network, IpAddressType: dualstack',
      'TCP',
      '',
      `frontend listener_80_six\\n  mode tcp\\n  bind ${six}:80\\n[^]*use_backend targets_\\w+_own`,
      true,
    ],
    [
      'asks such targets from its own address, as healthy as they are',
      'Type: network, IpAddressType: dualstack',
      'TCP',
      '',
      'backend targets_(\\w+)_own\\n[^]*server (\\S+) [.0-9]+:8080 track targets_\\1/\\2',
      true,
    ],
    [
      'asks others as it does by IPv4',
      'Type: network, IpAddressType: dualstack',
      'TCP',
      '{ Key: preserve_client_ip.enabled, Value: "false" }',
      '_own',
      false,
    ],
    ['takes no UDP by IPv6', 'Type: network, IpAddressType: dualstack', 'UDP', '', `bind ${six}`, false],
  ])('%s', async (_, balancer, protocol, attributes, pattern, isThere) => {
    expect(new RegExp(pattern).test(await configured(balancer, protocol, attributes))).toBe(isThere);
  });
});
