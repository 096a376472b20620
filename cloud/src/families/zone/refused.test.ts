import { describe } from 'vitest';
import { out, ref, table } from '../refusals.fixture.ts';

const base = {
  Zone: { Type: 'AWS::Route53::HostedZone', Properties: { Name: 'example.com' } },
  R: {
    Type: 'AWS::Route53::RecordSet',
    Properties: {
      HostedZoneId: ref('Zone'),
      Name: 'www.example.com',
      Type: 'A',
      TTL: '60',
      ResourceRecords: ['203.0.113.9'],
    },
  },
  Check: {
    Type: 'AWS::Route53::HealthCheck',
    Properties: {
      HealthCheckConfig: { Type: 'HTTP', FullyQualifiedDomainName: 'www.example.com', Port: 80, ResourcePath: '/' },
    },
  },
};
const record = (Type: string, ...ResourceRecords: string[]) => ({ Type, ResourceRecords });
const alias = {
  ResourceRecords: out,
  TTL: out,
  AliasTarget: { DNSName: 'a.cloudfront.net', HostedZoneId: 'Z2FDTNDATAQYW2' },
};
const two = (more: object) =>
  ({ 'Two:': { Type: 'AWS::Route53::RecordSet', Properties: { ...base.R.Properties, ...more } } }) as never;

describe('records', () => {
  table(base, 'R', [
    ['ResourceRecords', { ResourceRecords: [] }, { ResourceRecords: ['203.0.113.7'] }],
    ['HostedZoneId', { HostedZoneId: 'example.com' }, { HostedZoneId: '/hostedzone/Z0123456789' }],
    ['SetIdentifier', { Weight: 1, SetIdentifier: '' }, { Weight: 1, SetIdentifier: 'a' }],
    ['TTL', { TTL: '-1' }, { TTL: '0' }],
    ['', { TTL: out }, { TTL: '300' }],
    ['TTL', { ...alias, TTL: '60' }, alias],
    ['ResourceRecords', { ...alias, ResourceRecords: ['203.0.113.9'] }, alias],
    ['', { ResourceRecords: out, TTL: out }, alias],
    ['Type', { Type: 'ALIAS' }, { Type: 'A' }],
    ['ResourceRecords.0', record('A', 'example.com'), record('A', '203.0.113.9', '203.0.113.10')],
    ['ResourceRecords.0', record('A', '203.0.113.256'), record('A', '203.0.113.255')],
    ['ResourceRecords.0', record('AAAA', '203.0.113.9'), record('AAAA', '2001:db8::1')],
    ['ResourceRecords', record('CNAME', 'a.com', 'b.com'), record('CNAME', 'a.com')],
    ['ResourceRecords.0', record('MX', 'mail.example.com'), record('MX', '10 mail.example.com')],
    ['ResourceRecords.0', record('TXT', 'hello'), record('TXT', '"hello"')],
    ['ResourceRecords.0', record('TXT', `"${'a'.repeat(256)}"`), record('TXT', `"${'a'.repeat(255)}" "b"`)],
    ['ResourceRecords.0', record('SRV', '10 example.com'), record('SRV', '1 10 5269 example.com')],
    ['ResourceRecords.0', record('CAA', 'amazon.com'), record('CAA', '0 issue "amazon.com"')],
    ['Name', { Name: 'www.other.com' }, { Name: 'a.www.example.com.' }],
    [
      'Type',
      { Name: 'example.com', Type: 'CNAME', ResourceRecords: ['a.com'] },
      { Name: 'a.example.com', Type: 'CNAME', ResourceRecords: ['a.com'] },
    ],
    [
      'HostedZoneName',
      { HostedZoneId: out, HostedZoneName: 'example.com' },
      { HostedZoneId: out, HostedZoneName: 'example.com.' },
    ],
    ['HostedZoneName', { HostedZoneName: 'example.com.' }, { HostedZoneId: ref('Zone') }],
    ['', { HostedZoneId: out }, { HostedZoneId: 'Z0123456789ABCDEFGHIJ' }],
    ['', { Weight: 1 }, { Weight: 1, SetIdentifier: 'one' }],
    ['SetIdentifier', { SetIdentifier: 'one' }, { SetIdentifier: 'one', Failover: 'PRIMARY' }],
    ['Weight', { Weight: 256, SetIdentifier: 'one' }, { Weight: 255, SetIdentifier: 'one' }],
    ['Failover', { Failover: 'FIRST', SetIdentifier: 'one' }, { Failover: 'SECONDARY', SetIdentifier: 'one' }],
    [
      'Failover',
      { Failover: 'PRIMARY', Weight: 1, SetIdentifier: 'one' },
      { Region: 'ap-northeast-2', SetIdentifier: 'one' },
    ],
    ['Two: Name', two({}), two({ Type: 'AAAA', ResourceRecords: ['2001:db8::1'] })],
    [
      'Two: SetIdentifier',
      { Weight: 1, SetIdentifier: 'one', ...(two({ Weight: 1, SetIdentifier: 'one' }) as object) },
      { Weight: 1, SetIdentifier: 'one', ...(two({ Weight: 1, SetIdentifier: 'two' }) as object) },
    ],
    [
      'Two: Type',
      two({ Type: 'CNAME', ResourceRecords: ['a.com'] }),
      two({ Name: 'ftp.example.com', Type: 'CNAME', ResourceRecords: ['a.com'] }),
    ],
    ['AliasTarget', { ...alias, AliasTarget: { DNSName: 'a.cloudfront.net' } }, alias],
    [
      'AliasTarget.EvaluateTargetHealth',
      {
        ...alias,
        'AliasTarget.EvaluateTargetHealth': true,
        'AliasTarget.DNSName': 'a.cloudfront.net',
        'AliasTarget.HostedZoneId': 'Z2FDTNDATAQYW2',
      },
      alias,
    ],
    [
      'GeoLocation.CountryCode',
      { SetIdentifier: 'one', GeoLocation: { CountryCode: 'Korea' } },
      { SetIdentifier: 'one', GeoLocation: { CountryCode: 'KR' } },
    ],
  ]);
  table(base, 'Zone', [
    [
      'VPCs.0',
      { VPCs: [{ VPCId: 'vpc-0123456789abcdef0' }] },
      { VPCs: [{ VPCId: 'vpc-0123456789abcdef0', VPCRegion: 'ap-northeast-2' }] },
    ],
  ]);
  table(base, 'Check', [
    ['HealthCheckConfig.Type', { 'HealthCheckConfig.Type': 'PING' }, { 'HealthCheckConfig.Type': 'HTTPS' }],
    [
      'HealthCheckConfig.RequestInterval',
      { 'HealthCheckConfig.RequestInterval': 20 },
      { 'HealthCheckConfig.RequestInterval': 30 },
    ],
    [
      'HealthCheckConfig.FailureThreshold',
      { 'HealthCheckConfig.FailureThreshold': 11 },
      { 'HealthCheckConfig.FailureThreshold': 10 },
    ],
    [
      'HealthCheckConfig',
      { 'HealthCheckConfig.FullyQualifiedDomainName': out },
      { 'HealthCheckConfig.FullyQualifiedDomainName': out, 'HealthCheckConfig.IPAddress': '203.0.113.9' },
    ],
    [
      'HealthCheckConfig.IPAddress',
      { 'HealthCheckConfig.IPAddress': '10.0.0.1' },
      { 'HealthCheckConfig.IPAddress': '203.0.113.1' },
    ],
    [
      'HealthCheckConfig',
      { 'HealthCheckConfig.Type': 'HTTP_STR_MATCH' },
      { 'HealthCheckConfig.Type': 'HTTP_STR_MATCH', 'HealthCheckConfig.SearchString': 'ok' },
    ],
    [
      'HealthCheckConfig',
      { 'HealthCheckConfig.Type': 'TCP', 'HealthCheckConfig.Port': out, 'HealthCheckConfig.ResourcePath': out },
      { 'HealthCheckConfig.Type': 'TCP', 'HealthCheckConfig.ResourcePath': out },
    ],
  ]);
});
