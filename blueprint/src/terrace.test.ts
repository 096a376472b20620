import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { everything, synthesizeVariant, type TemplateResource } from './synthesize-variant.fixture.ts';

const classroom = synthesizeVariant({});

function ofType(type: string, variant = classroom): [string, TemplateResource][] {
  return Object.entries(variant.resources).filter(([, { Type }]) => Type === type);
}

describe('the default architecture', () => {
  test('has exactly the addresses asked for', () => {
    const ranges = Object.fromEntries(
      [...ofType('AWS::EC2::VPC'), ...ofType('AWS::EC2::Subnet')].map(([id, { Properties }]) => [
        id.replace('network/', ''),
        Properties.CidrBlock,
      ]),
    );
    expect(ranges).toEqual({
      PublicVpc: '10.10.0.0/16',
      PublicSubnetA: '10.10.5.0/24',
      PublicSubnetB: '10.10.6.0/24',
      WebSubnetA: '10.10.1.0/24',
      WebSubnetB: '10.10.2.0/24',
      ApplicationSubnetA: '10.10.3.0/24',
      ApplicationSubnetB: '10.10.4.0/24',
      PrivateVpc: '172.16.0.0/16',
      DatabaseSubnetA: '172.16.1.0/24',
      DatabaseSubnetB: '172.16.2.0/24',
      DatabaseSubnetC: '172.16.3.0/24',
    });
  });

  test('has one NAT gateway, in the first zone, that serves every private route table of VPC 1', () => {
    expect(ofType('AWS::EC2::NatGateway').map(([id]) => id)).toEqual(['network/NatGatewayA']);
    const throughNat = ofType('AWS::EC2::Route').filter(([, { Properties }]) => Properties.NatGatewayId);
    expect(throughNat.map(([id]) => id)).toEqual(['network/WebToInternet', 'network/ApplicationToInternet']);
  });

  test('names the other side’s range in the route tables of both sides of the peering', () => {
    const peered = ofType('AWS::EC2::Route').filter(([, { Properties }]) => Properties.VpcPeeringConnectionId);
    expect(peered.map(([id, { Properties }]) => [id, Properties.DestinationCidrBlock])).toEqual([
      ['network/ApplicationToPrivateVpc', '172.16.0.0/16'],
      ['network/DatabaseToPublicVpc', '10.10.0.0/16'],
    ]);
  });

  test('has no key pair, no port 22 and no metadata without a token', () => {
    expect(JSON.stringify(Object.values(classroom.resources).map(({ Properties }) => Properties))).not.toMatch(
      /KeyName|KeyPair/,
    );
    for (const [id, { Properties }] of ofType('AWS::EC2::SecurityGroupIngress')) {
      expect(Properties.FromPort, id).not.toBe(22);
    }
    for (const [id, { Properties }] of ofType('AWS::EC2::LaunchTemplate')) {
      expect(Properties.LaunchTemplateData.MetadataOptions.HttpTokens, id).toBe('required');
    }
  });

  test('lets the internet into the external load balancer and nowhere else', () => {
    const open = ofType('AWS::EC2::SecurityGroupIngress').filter(([, { Properties }]) => Properties.CidrIp);
    expect(open.map(([id, { Properties }]) => [id, Properties.FromPort, Properties.ToPort])).toEqual([
      ['service/WebFromInternet', 80, 80],
    ]);
  });

  test('is the same each time it is synthesized', () => {
    const again = synthesizeVariant({}, () => {});
    for (const stack of ['TerraceIdentity', 'TerraceMoney', 'TerraceNetwork', 'TerraceService']) {
      const text = (folder: string) => readFileSync(join(folder, `${stack}.template.json`), 'utf8');
      expect(text(again.folder)).toBe(text(classroom.folder));
    }
  });

  test('waits for the servers to say that they have booted', () => {
    for (const [id, group] of ofType('AWS::AutoScaling::AutoScalingGroup')) {
      expect(group.CreationPolicy, id).toEqual({ ResourceSignal: { Count: 2, Timeout: 'PT10M' } });
    }
  });
});

describe('what a deployment is asked for', () => {
  test('zones and images stay parameters of the deployment', () => {
    const zones = synthesizeVariant({ zones: 'ap-northeast-2d,ap-northeast-2c,ap-northeast-2a' });
    expect(zones.network.Parameters?.ZoneA?.Default).toBe('ap-northeast-2d');
    const images = synthesizeVariant({ webInstanceType: 't3.small' });
    expect(images.service.Parameters?.WebImage?.Default).toMatch(/x86_64$/);
    expect(images.service.Parameters?.ApplicationImage?.Default).toMatch(/arm64$/);
  });

  test('region', () => {
    const elsewhere = synthesizeVariant({ region: 'us-east-1' });
    expect(elsewhere.network.Parameters?.ZoneC?.Default).toBe('us-east-1c');
    expect(elsewhere.network.Resources.StorageEndpoint?.Properties.ServiceName).toBe('com.amazonaws.us-east-1.s3');
  });
});

describe('everything turned on', () => {
  test('keeps the test instance out of reach of the internet', () => {
    const group = synthesizeVariant(everything).resources['service/TestInstanceSecurityGroup']!;
    expect(group.Properties.SecurityGroupIngress).toBeUndefined();
    const into = ofType('AWS::EC2::SecurityGroupIngress', synthesizeVariant(everything)).filter(([, rule]) =>
      JSON.stringify(rule.Properties.GroupId).includes('TestInstance'),
    );
    expect(into).toEqual([]);
  });
});
