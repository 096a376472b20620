import { expect, test } from 'vitest';
import { formatAddress } from '../../address.ts';
import { loadTexts } from '../../assembly/load.ts';
import { initialFleet } from '../../views/initial-fleet.ts';
import { networkView } from '../../views/network/network-view.ts';

const template = (properties: string) => `Resources:
  Vpc: { Type: AWS::EC2::VPC, Properties: { CidrBlock: 10.21.0.0/16 } }
  Subnet: { Type: AWS::EC2::Subnet, Properties: { VpcId: !Ref Vpc, CidrBlock: 10.21.0.0/24 } }
  Interface: { Type: AWS::EC2::NetworkInterface, Properties: { SubnetId: !Ref Subnet, ${properties} } }
Outputs: { Second: { Value: !Select ['1', !GetAtt Interface.SecondaryPrivateIpAddresses] } }`;

// AWS::EC2::NetworkInterface: return values
test.each([
  ['chosen by AWS', 'SecondaryPrivateIpAddressCount: 2'],
  [
    'stated',
    'PrivateIpAddresses: [{ Primary: true, PrivateIpAddress: 10.21.0.9 }, { Primary: false, PrivateIpAddress: 10.21.0.10 }, { Primary: false, PrivateIpAddress: 10.21.0.11 }]',
  ],
])('secondary addresses of an interface, %s, are those that it has in the network', async (_, properties) => {
  const loaded = await loadTexts({ 'a.yaml': template(properties) });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.mistakes));
  const { interfaces } = networkView(loaded.value, initialFleet(loaded.value));
  expect(interfaces[0]?.addresses.map(formatAddress)[2]).toBe(loaded.value.stacks[0]?.outputs[0]?.value);
  const again = await loadTexts({ 'a.yaml': template(properties) }, { allocations: loaded.value.allocations });
  expect(again.ok && again.value.stacks[0]?.outputs).toEqual(loaded.value.stacks[0]?.outputs);
});

test('secondary addresses in a subnet of elsewhere are not known, and no mistake', async () => {
  const elsewhere = template('SecondaryPrivateIpAddressCount: 2').replace('!Ref Subnet', 'subnet-0123456789abcdef0');
  const loaded = await loadTexts({ 'a.yaml': elsewhere });
  expect(loaded.ok && loaded.warnings.map(({ code }) => code)).toContain('NOT_KNOWN');
});
