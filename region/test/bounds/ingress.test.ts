import { once } from 'node:events';
import { get, request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Project, until } from '../support/project.ts';

const server = `
const http = require('node:http');
const server = http.createServer((request, response) => {
  if (request.url === '/slow') return setTimeout(() => response.end('late'), 12000);
  request.resume().on('end', () => response.end('app'));
});
server.on('upgrade', (request, socket) => {
  const accept = require('node:crypto')
    .createHash('sha1')
    .update(request.headers['sec-websocket-key'] + '258EAFA5-E914-47DA-95CA-C5AB0DC85B11')
    .digest('base64');
  socket.write('HTTP/1.1 101 Switching Protocols\\r\\nupgrade: websocket\\r\\nconnection: upgrade\\r\\nsec-websocket-accept: ' + accept + '\\r\\n\\r\\n');
  socket.on('data', (bytes) => socket.write(bytes)).on('error', () => {});
});
server.listen(8080);
`;

const template = JSON.stringify({
  Resources: {
    Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } },
    Gateway: { Type: 'AWS::EC2::InternetGateway' },
    Attached: {
      Type: 'AWS::EC2::VPCGatewayAttachment',
      Properties: { VpcId: { Ref: 'Vpc' }, InternetGatewayId: { Ref: 'Gateway' } },
    },
    Table: { Type: 'AWS::EC2::RouteTable', Properties: { VpcId: { Ref: 'Vpc' } } },
    Out: {
      Type: 'AWS::EC2::Route',
      DependsOn: 'Attached',
      Properties: {
        RouteTableId: { Ref: 'Table' },
        DestinationCidrBlock: '0.0.0.0/0',
        GatewayId: { Ref: 'Gateway' },
      },
    },
    ...Object.fromEntries(
      [0, 1].flatMap((zone) => [
        [
          `Subnet${zone}`,
          {
            Type: 'AWS::EC2::Subnet',
            Properties: {
              VpcId: { Ref: 'Vpc' },
              CidrBlock: `10.0.${zone}.0/24`,
              MapPublicIpOnLaunch: true,
              AvailabilityZone: { 'Fn::Select': [zone, { 'Fn::GetAZs': '' }] },
            },
          },
        ],
        [
          `Routed${zone}`,
          {
            Type: 'AWS::EC2::SubnetRouteTableAssociation',
            Properties: { SubnetId: { Ref: `Subnet${zone}` }, RouteTableId: { Ref: 'Table' } },
          },
        ],
      ]),
    ),
    Open: {
      Type: 'AWS::EC2::SecurityGroup',
      Properties: {
        VpcId: { Ref: 'Vpc' },
        GroupDescription: 'all',
        SecurityGroupIngress: [{ IpProtocol: 'tcp', FromPort: 80, ToPort: 8080, CidrIp: '0.0.0.0/0' }],
      },
    },
    App: {
      Type: 'AWS::EC2::Instance',
      Properties: {
        ImageId: 'ami-1',
        InstanceType: 't3.micro',
        SubnetId: { Ref: 'Subnet0' },
        SecurityGroupIds: [{ Ref: 'Open' }],
        UserData: {
          'Fn::Base64': `#!/bin/bash\ncat >/root/server.cjs <<'END'\n${server}\nEND\ncat >/etc/systemd/system/app.service <<'END'\n[Service]\nExecStart=/usr/bin/env node /root/server.cjs\n[Install]\nWantedBy=multi-user.target\nEND\ndnf install -y nodejs\nsystemctl enable --now app\n`,
        },
      },
    },
    Group: {
      Type: 'AWS::ElasticLoadBalancingV2::TargetGroup',
      Properties: {
        VpcId: { Ref: 'Vpc' },
        Port: 8080,
        Protocol: 'HTTP',
        Targets: [{ Id: { Ref: 'App' } }],
        HealthCheckIntervalSeconds: 5,
        HealthCheckTimeoutSeconds: 2,
      },
    },
    Balancer: {
      Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
      DependsOn: 'Out',
      Properties: { Subnets: [{ Ref: 'Subnet0' }, { Ref: 'Subnet1' }], SecurityGroups: [{ Ref: 'Open' }] },
    },
    Listener: {
      Type: 'AWS::ElasticLoadBalancingV2::Listener',
      Properties: {
        LoadBalancerArn: { Ref: 'Balancer' },
        Port: 80,
        Protocol: 'HTTP',
        DefaultActions: [{ Type: 'forward', TargetGroupArn: { Ref: 'Group' } }],
      },
    },
    Rule: {
      Type: 'AWS::ElasticLoadBalancingV2::ListenerRule',
      Properties: {
        ListenerArn: { Ref: 'Listener' },
        Priority: 1,
        Conditions: [{ Field: 'host-header', HostHeaderConfig: { Values: ['*.shop.example'] } }],
        Actions: [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '200', MessageBody: 'shop' } }],
      },
    },
    Zone: { Type: 'AWS::Route53::HostedZone', Properties: { Name: 'house.example' } },
    Record: {
      Type: 'AWS::Route53::RecordSet',
      Properties: {
        HostedZoneId: { Ref: 'Zone' },
        Name: 'www.house.example',
        Type: 'CNAME',
        TTL: '60',
        ResourceRecords: [{ 'Fn::GetAtt': ['Balancer', 'DNSName'] }],
      },
    },
  },
  Outputs: { Name: { Value: { 'Fn::GetAtt': ['Balancer', 'DNSName'] } } },
});

let project: Project;
let port = 0;
beforeAll(async () => {
  project = await Project.ofTemplate(template);
  const up = await project.terrace<{ app: string }>('up', '--template', 'template.yaml', '--detach');
  expect(up, JSON.stringify(up.value)).toMatchObject({ status: 0, value: { app: expect.any(String) } });
  port = Number(new URL(up.value.app).port);
  await until(
    () => ask('localhost'),
    ({ status }) => status === 200,
  );
});
afterAll(() => project?.[Symbol.asyncDispose]());

async function ask(host: string, path = '/'): Promise<{ status: number | undefined; body: string }> {
  const [response] = await once(get({ port, host: '127.0.0.1', path, headers: { host }, agent: false }), 'response');
  return { status: response.statusCode, body: await text(response) };
}

describe('a request’s Host', () => {
  test.each([
    ['127.0.0.1', 'app'],
    ['localhost:8080', 'app'],
    ['www.house.example', 'app'],
    ['a.shop.example', 'shop'],
  ])('%s is one that the region knows', async (host, body) => {
    expect(await ask(host)).toEqual({ status: 200, body });
  });

  test.each(['rebound.example', 'house.example', `127.0.0.1.rebound.example`])('%s is refused', async (host) => {
    expect(await ask(`${host}:${port}`)).toEqual({
      status: 421,
      body: expect.stringMatching(/No load balancer of this region has this name.*host-header.*로드 밸런서/s),
    });
  });
});

describe('slow clients', () => {
  test('that send half of a request are ended, while others are served and long answers go on', async () => {
    const started = Date.now();
    const late = ask('localhost', '/slow');
    const upgraded = await upgrade();
    const halves = [
      'GET / HTTP/1.1\r\nhost: localhost\r\nx-',
      'POST / HTTP/1.1\r\nhost: localhost\r\ncontent-length: 9\r\n\r\n',
    ];
    const slow = await Promise.all(Array.from({ length: 300 }, (_, index) => open(halves[index % 2]!)));
    const ended = Promise.all(slow.map((socket) => once(socket.resume(), 'close')));
    expect(await ask('localhost')).toEqual({ status: 200, body: 'app' });
    await ended;
    expect(Date.now() - started).toBeLessThan(30_000);
    expect(await late).toEqual({ status: 200, body: 'late' });
    upgraded.write('hello');
    expect(String((await once(upgraded, 'data'))[0])).toBe('hello');
    upgraded.destroy();
  });
});

/** A client that never closes its side by itself. */
async function open(words: string): Promise<Socket> {
  const socket = connect({ port, host: '127.0.0.1' });
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  socket.write(words);
  return socket;
}

async function upgrade(): Promise<Socket> {
  const asked = request({
    port,
    host: '127.0.0.1',
    headers: {
      host: 'localhost',
      connection: 'upgrade',
      upgrade: 'websocket',
      'sec-websocket-version': '13',
      'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
    },
  });
  asked.end();
  const [, socket] = await once(asked, 'upgrade');
  return socket as Socket;
}
