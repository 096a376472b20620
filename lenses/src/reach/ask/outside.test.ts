import { readFileSync } from 'node:fs';
import { loadTexts } from '@terrace/cloud/assembly/load';
import type { Json } from '@terrace/cloud/json';
import { mergeStanding, readListings } from '@terrace/cloud/outside/read-listings';
import { initialFleet } from '@terrace/cloud/views/initial-fleet';
import { networkView } from '@terrace/cloud/views/network/network-view';
import { resolveReference } from '@terrace/cloud/views/reference';
import { describe, expect, test } from 'vitest';
import { trafficOf } from '../traffic/read-traffic.ts';
import { ask, openReach } from './ask.ts';

const home = { account: '111122223333', region: 'ap-northeast-2' };
const listings = JSON.parse(
  readFileSync(new URL('../../../../examples/existing-vpc/aws/listings.json', import.meta.url), 'utf8'),
) as Json[];
const vpc = 'vpc-0aa11bb22cc33dd44';
const running = (id: string, name: string, address: string): Json => ({
  InstanceId: id,
  State: { Name: 'running' },
  SubnetId: 'subnet-0aa11bb22cc330001',
  VpcId: vpc,
  PrivateIpAddress: address,
  SecurityGroups: [{ GroupId: 'sg-0aa11bb22cc330005' }],
  Tags: [{ Key: 'Name', Value: name }],
});
const neighbours: Json = {
  Reservations: [
    {
      OwnerId: home.account,
      Instances: [
        running('i-0aa11bb22cc330009', 'bastion', '10.20.0.77'),
        running('i-0aa11bb22cc330008', 'batch', '10.20.0.78'),
      ],
    },
  ],
};

const balancer = (name: string, type: string, port: number | null): Json[] => {
  const arn = `arn:aws:elasticloadbalancing:${home.region}:${home.account}:loadbalancer/${name}/50dc6c495c0c9188`;
  const own = {
    LoadBalancerArn: arn,
    LoadBalancerName: name,
    Type: type,
    Scheme: 'internal',
    VpcId: vpc,
    State: { Code: 'active' },
    AvailabilityZones: [{ ZoneName: `${home.region}a`, SubnetId: 'subnet-0aa11bb22cc330001' }],
    SecurityGroups: [],
  };
  const listener = { ListenerArn: `${arn}/1`.replace(':loadbalancer', ':listener'), LoadBalancerArn: arn, Port: port };
  return [{ LoadBalancers: [own] }, ...(port === null ? [] : [{ Listeners: [{ ...listener, Protocol: 'HTTP' }] }])];
};
const balancers = [
  ...balancer('listed', 'application', 22),
  ...balancer('elsewhere', 'application', 80),
  ...balancer('unlisted', 'application', null),
  ...balancer('passes-on', 'network', 22),
];

/** A server that admits one address of the VPC, which the project imported as far as `lists` says. */
async function answer(from: string, to: string, lists: (list: string) => boolean = () => true) {
  const { standing } = readListings([...listings, neighbours, ...balancers], home);
  const template = {
    Resources: {
      Group: {
        Type: 'AWS::EC2::SecurityGroup',
        Properties: {
          GroupDescription: 'SSH from the bastion',
          VpcId: vpc,
          SecurityGroupIngress: [{ IpProtocol: 'tcp', FromPort: 22, ToPort: 22, CidrIp: '10.20.0.77/32' }],
        },
      },
      Server: {
        Type: 'AWS::EC2::Instance',
        Properties: {
          ImageId: 'ami-0123456789abcdef0',
          InstanceType: 't3.micro',
          SubnetId: 'subnet-0aa11bb22cc330003',
          SecurityGroupIds: [{ 'Fn::GetAtt': ['Group', 'GroupId'] }],
        },
      },
    },
  };
  const known = mergeStanding([], standing).filter(({ list }) => lists(list));
  const loaded = await loadTexts({ 'app.json': JSON.stringify(template) }, { standing: known });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.mistakes));
  const network = networkView(loaded.value, initialFleet(loaded.value));
  const end = (name: string) => {
    const found = resolveReference(name, loaded.value, network);
    if (!found.ok) throw new Error(JSON.stringify(found.mistakes));
    return found.value;
  };
  const traffic = trafficOf('tcp', '22');
  if (!traffic.ok) throw new Error(JSON.stringify(traffic.mistakes));
  return ask(openReach(network), { from: end(from), to: end(to), traffic: traffic.value });
}

describe('what runs outside', () => {
  test.each([
    ['bastion', 'Server', 'yes'],
    ['i-0aa11bb22cc330009', 'Server', 'yes'],
    ['10.20.0.77', 'Server', 'yes'],
    ['batch', 'Server', 'no'],
    ['Server', 'batch', 'no'],
    ['Server', 'internet', 'yes'],
    ['internet', 'Server', 'no'],
  ])('reaches by its own address: %s → %s: %s', async (from, to, verdict) => {
    const { pairs } = await answer(from, to);
    expect(pairs.map((each) => each.verdict)).toEqual([verdict]);
  });

  test.each([
    ['listed', 'yes'],
    ['elsewhere', 'no'],
    ['unlisted', 'unknown'],
    ['passes-on', 'unknown'],
  ])('takes what its listeners are for: the balancer %s: %s', async (to, verdict) => {
    const { pairs } = await answer('Server', to);
    expect(pairs.map((each) => each.verdict)).toEqual([verdict]);
  });

  test('is not known to reach where the tables were not imported', async () => {
    const { pairs } = await answer('Server', 'internet', (list) => list !== 'RouteTables');
    expect(pairs.map((each) => each.verdict)).toEqual(['unknown']);
  });

  test('is not known to be kept out where the ACLs were not imported', async () => {
    const { pairs } = await answer('bastion', 'Server', (list) => list !== 'NetworkAcls');
    expect(pairs.map((each) => each.verdict)).toEqual(['unknown']);
  });
});
