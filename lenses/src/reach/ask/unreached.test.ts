import { describe, expect, test } from 'vitest';
import { projectOf } from '../../../../region/test/connectivity-project.ts';
import {
  group,
  instance,
  type Resources,
  subnet,
  table,
  template,
  vpc,
} from '../../../../region/test/connectivity-templates.ts';
import { explainUnreached } from './unreached.ts';

const destination = { address: '198.19.1.1', port: 443 };
const place: readonly Resources[] = [vpc('Vpc', '10.10.0.0/16'), subnet('A', 'Vpc', '10.10.3.0/24')];
const internet = {
  Gateway: { Type: 'AWS::EC2::InternetGateway', Properties: {} },
  Attachment: {
    Type: 'AWS::EC2::VPCGatewayAttachment',
    Properties: { VpcId: { Ref: 'Vpc' }, InternetGatewayId: { Ref: 'Gateway' } },
  },
};
const endpoint = {
  Packages: {
    Type: 'AWS::EC2::VPCEndpoint',
    Properties: {
      VpcId: { Ref: 'Vpc' },
      ServiceName: 'com.amazonaws.ap-northeast-2.s3',
      RouteTableIds: [{ Ref: 'Table' }],
    },
  },
};
const closed = {
  Closed: {
    Type: 'AWS::EC2::SecurityGroup',
    Properties: {
      VpcId: { Ref: 'Vpc' },
      GroupDescription: 'no way out',
      SecurityGroupEgress: [{ IpProtocol: 'tcp', FromPort: 80, ToPort: 80, CidrIp: '0.0.0.0/0' }],
    },
  },
};
const toInternet = table('Table', 'Vpc', ['A'], ['0.0.0.0/0 GatewayId Gateway']);
const noRoutes = table('Table', 'Vpc', ['A'], []);
const server = (groupName: string) => instance('Server', 'A', [groupName]);

async function obstaclesOf(...parts: readonly Resources[]): Promise<string[]> {
  const { network } = await projectOf(template(...place, ...parts));
  const id = network.interfaces.flatMap(({ owner }) => (owner.kind === 'instance' ? [owner.id] : []))[0]!;
  return explainUnreached(network, id, destination).map(({ code }) => code);
}

describe('the way from an instance to a repository of packages', () => {
  test.each<[string, readonly Resources[], readonly string[]]>([
    ['no route', [group('Web', 'Vpc'), server('Web')], ['NO_ROUTE_TO_DESTINATION']],
    ['a gateway endpoint of S3', [group('Web', 'Vpc'), server('Web'), noRoutes, endpoint], []],
    [
      'no public address',
      [group('Web', 'Vpc'), server('Web'), internet, toInternet],
      ['IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS'],
    ],
    ['an egress rule for another port', [closed, server('Closed'), noRoutes, endpoint], ['ENI_SG_RULES_MISMATCH']],
  ])('%s', async (_, parts, codes) => {
    expect(await obstaclesOf(...parts)).toEqual(codes);
  });
});
