import { expect, test } from 'vitest';
import { get, network, out, ref, refusals } from '../refusals.fixture.ts';

/** A NAT gateway and an instance with an Elastic IP address, in a VPC whose internet gateway is attached. */
const base = {
  ...network,
  Address: { Type: 'AWS::EC2::EIP', Properties: { Domain: 'vpc' } },
  Nat: {
    Type: 'AWS::EC2::NatGateway',
    Properties: { SubnetId: ref('A'), AllocationId: get('Address', 'AllocationId') },
  },
  Server: {
    Type: 'AWS::EC2::Instance',
    Properties: { SubnetId: ref('A'), InstanceType: 't3.micro', ImageId: 'ami-0123456789abcdef0' },
  },
  Own: { Type: 'AWS::EC2::EIP', Properties: { Domain: 'vpc', InstanceId: ref('Server') } },
};
const elsewhere = { Attachment: { VpcId: ref('Other') } };

test.each([
  ['with the gateway attached', {}, []],
  ['with it attached to another VPC', elsewhere, ['Nat SubnetId', 'Own InstanceId']],
  [
    'a private NAT gateway needs none',
    {
      ...elsewhere,
      Nat: { ConnectivityType: 'private', AllocationId: out },
      Own: { InstanceId: out },
    },
    [],
  ],
])('an Elastic IP address is used where the VPC has an internet gateway: %s', async (_, changes, places) => {
  expect(await refusals(base, changes)).toEqual(places.map((each) => `VPC_WITHOUT_INTERNET_GATEWAY ${each}`));
});

test.each([
  ['no one', {}, ['MISSING_COMPANION Policy']],
  ['a role', { Roles: ['one'] }, []],
  ['a group', { Groups: ['one'] }, []],
])('an inline policy belongs to %s', async (_, owners, found) => {
  const statement = { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' };
  const PolicyDocument = { Version: '2012-10-17', Statement: [statement] };
  const Policy = { Type: 'AWS::IAM::Policy', Properties: { PolicyName: 'one', PolicyDocument, ...owners } };
  expect(await refusals({ Policy }, {})).toEqual(found);
});
