import { elasticIp, gateway, instance, plain, type Resources, ref, template, vpc } from '../connectivity-templates.ts';
import {
  acrossPeering,
  back,
  peeringGuide,
  publicTable,
  type QuestionCase,
  questions,
  there,
  two,
  vpcGuide,
} from './case.ts';

const zoneGuide = 'https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/hosted-zone-private-considerations.html';
const dnsGuide = `${vpcGuide}/AmazonDNS-concepts.html`;
const named = (name: string, CidrBlock: string) => plain(name, 'EC2::VPC', { CidrBlock, EnableDnsHostnames: true });
const withNames = [...two, named('Vpc', '10.20.0.0/16'), named('Other', '10.9.0.0/16')];

const record = (name: string, zone: string, Name: string, address: string) =>
  plain(name, 'Route53::RecordSet', {
    HostedZoneId: ref(zone),
    Name,
    Type: 'A',
    TTL: '60',
    ResourceRecords: [address],
  });

const zones = template(
  ...withNames,
  ...acrossPeering,
  there,
  back,
  plain('Private', 'Route53::HostedZone', {
    Name: 'game.example',
    VPCs: [{ VPCId: ref('Vpc'), VPCRegion: ref('AWS::Region') }],
  }),
  record('PrivateApi', 'Private', 'api.game.example', '10.20.2.9'),
  plain('World', 'Route53::HostedZone', { Name: 'game.example' }),
  record('WorldApi', 'World', 'api.game.example', '198.51.100.9'),
  record('WorldWww', 'World', 'www.game.example', '198.51.100.7'),
);

const withoutHostnames = template(
  ...two,
  vpc('Vpc', '10.20.0.0/16'),
  ...acrossPeering,
  plain('Private', 'Route53::HostedZone', {
    Name: 'game.example',
    VPCs: [{ VPCId: ref('Vpc'), VPCRegion: ref('AWS::Region') }],
  }),
  record('PrivateApi', 'Private', 'api.game.example', '10.20.2.9'),
);

const reverse = template(
  ...withNames,
  instance('Client', 'A', ['Open'], { PrivateIpAddress: '10.20.1.10' }),
  instance('Server', 'D', ['OtherOpen'], { PrivateIpAddress: '10.9.3.10' }),
  there,
  back,
);

/** CloudFormation has no property for the option: CDK's custom resource calls the API. */
const dnsOption: Resources = {
  Option: {
    Type: 'Custom::AWS',
    Properties: {
      ServiceToken: 'arn:aws:lambda:ap-northeast-2:000000000000:function:custom',
      Create: {
        'Fn::Join': [
          '',
          [
            '{"service":"EC2","action":"modifyVpcPeeringConnectionOptions","parameters":{"VpcPeeringConnectionId":"',
            ref('Peering'),
            '","RequesterPeeringConnectionOptions":{"AllowDnsResolutionFromRemoteVpc":true}}}',
          ],
        ],
      },
    },
  },
};

const peered = (allowed: boolean) =>
  template(
    ...withNames,
    gateway('Vpc'),
    publicTable,
    ...acrossPeering,
    elasticIp('Address', 'Client'),
    ...(allowed ? [dnsOption] : []),
  );

export const names: readonly QuestionCase[] = [
  ...questions(
    'private-zones: private-zones',
    zoneGuide,
    zones,
    ['pass', { from: 'Client', name: 'api.game.example' }, ['10.20.2.9']],
    ['not', { from: 'Client', name: 'www.game.example' }, 'no such name'],
    ['not', { from: 'Server', name: 'api.game.example' }, ['198.51.100.9']],
  ),
  ...questions('private-zones: dns-attributes', dnsGuide, withoutHostnames, [
    'not',
    { from: 'Client', name: 'api.game.example' },
    'no such name',
  ]),
  ...questions(
    'resolver-not-across-peering: peering-resolver-unreachable',
    `${peeringGuide}/vpc-peering-basics.html`,
    zones,
    ['pass', { from: 'Client', name: 'api.game.example', resolver: '10.20.0.2' }, ['10.20.2.9']],
    ['pass', { from: 'Server', name: 'www.game.example', resolver: '10.9.0.2' }, ['198.51.100.7']],
    ['not', { from: 'Server', name: 'api.game.example', resolver: '10.20.0.2' }, 'silence'],
  ),
  ...questions(
    'reverse-names: resolver-addresses',
    dnsGuide,
    reverse,
    [
      'pass',
      { from: 'Client', name: '10.1.20.10.in-addr.arpa', type: 'PTR' },
      ['ip-10-20-1-10.ap-northeast-2.compute.internal'],
    ],
    ['pass', { from: 'Client', name: 'ip-10-20-1-10.ap-northeast-2.compute.internal' }, ['10.20.1.10']],
    ['not', { from: 'Client', name: '10.3.9.10.in-addr.arpa', type: 'PTR' }, 'no such name'],
    ['not', { from: 'Client', name: '11.1.20.10.in-addr.arpa', type: 'PTR' }, 'no such name'],
  ),
  ...questions('peering-dns-option: peering-public-dns-names', `${peeringGuide}/vpc-peering-dns.html`, peered(true), [
    'pass',
    { from: 'Server', name: 'name:Client' },
    ['private:Client'],
  ]),
  ...questions(
    'peering-dns-option: peering-public-dns-names',
    `${peeringGuide}/vpc-peering-dns.html`,
    peered(false),
    ['not', { from: 'Server', name: 'name:Client' }, ['public:Client']],
    ['pass', { from: 'Client', name: 'name:Client' }, ['private:Client']],
  ),
];
