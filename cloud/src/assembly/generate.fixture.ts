import * as fc from 'fast-check';
import type { Json } from '../json.ts';

/**
 * Templates for property tests: networks of so many VPCs, subnets, groups and servers that refer to each other by every function. Each is one
 * that AWS would take.
 */
export const templates: fc.Arbitrary<Record<string, Json>> = fc
  .record({
    vpcs: fc.array(fc.array(fc.nat({ max: 3 }), { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 4 }),
    style: fc.array(fc.nat({ max: 5 }), { minLength: 8, maxLength: 8 }),
    stage: fc.constantFrom('test', 'production'),
    mapped: fc.boolean(),
  })
  .map(({ vpcs, style, stage, mapped }) => {
    const resources: Record<string, Json> = {};
    vpcs.forEach((subnets, v) => {
      resources[`Vpc${v}`] = vpc(v, style[v % 8] as number, mapped);
      resources[`Group${v}`] = group(v, style[(v + 1) % 8] as number);
      subnets.forEach((servers, s) => {
        resources[`Net${v}x${s}`] = subnet(v, s, style[(v + s) % 8] as number);
        for (let n = 0; n < servers; n++)
          resources[`Server${v}x${s}x${n}`] = server(v, s, n, style[(v + n) % 8] as number);
      });
      if (v > 0) resources[`Peering${v}`] = peering(v);
    });
    return {
      AWSTemplateFormatVersion: '2010-09-09',
      Parameters: { Stage: { Type: 'String', Default: stage, AllowedValues: ['test', 'production'] } },
      Mappings: { Ranges: Object.fromEntries(vpcs.map((_, v) => [`vpc${v}`, { range: range(v) }])) },
      Conditions: {
        IsProduction: { 'Fn::Equals': [{ Ref: 'Stage' }, 'production'] },
        IsTest: { 'Fn::Not': [{ Condition: 'IsProduction' }] },
      },
      Resources: resources,
      Outputs: { Vpc: { Value: { Ref: 'Vpc0' }, Export: { Name: { 'Fn::Sub': '${AWS::StackName}-vpc' } } } },
    };
  });

function range(v: number): string {
  return `10.${v}.0.0/16`;
}

function vpc(v: number, style: number, mapped: boolean): Json {
  const texts: Json[] = [
    range(v),
    { 'Fn::Join': ['.', ['10', String(v), '0', '0/16']] },
    { 'Fn::FindInMap': ['Ranges', `vpc${v}`, 'range'] },
    { 'Fn::If': ['IsProduction', range(v), range(v)] },
  ];
  return {
    Type: 'AWS::EC2::VPC',
    Properties: {
      CidrBlock: mapped ? (texts[2] as Json) : (texts[style % texts.length] as Json),
      EnableDnsSupport: { 'Fn::If': ['IsTest', true, { Ref: 'AWS::NoValue' }] },
      EnableDnsHostnames: style % 2 === 0 ? 'true' : true,
      Tags: [{ Key: 'Name', Value: { 'Fn::Sub': `\${AWS::StackName}-\${Stage}-${v}` } }],
    },
  };
}

function group(v: number, style: number): Json {
  const own: Json = { 'Fn::GetAtt': [`Vpc${v}`, 'CidrBlock'] };
  return {
    Type: 'AWS::EC2::SecurityGroup',
    Properties: {
      GroupDescription: `Group of VPC ${v}`,
      VpcId: style % 2 === 0 ? { Ref: `Vpc${v}` } : { 'Fn::GetAtt': [`Vpc${v}`, 'VpcId'] },
      SecurityGroupIngress: [{ IpProtocol: 'tcp', FromPort: style, ToPort: String(style + 80), CidrIp: own }],
    },
  };
}

function subnet(v: number, s: number, style: number): Json {
  const ranges: Json[] = [
    `10.${v}.${s}.0/24`,
    { 'Fn::Select': [s, { 'Fn::Cidr': [{ 'Fn::GetAtt': [`Vpc${v}`, 'CidrBlock'] }, 8, 8] }] },
    { 'Fn::Sub': ['10.${a}.${b}.0/24', { a: v, b: s }] },
  ];
  return {
    Type: 'AWS::EC2::Subnet',
    Properties: {
      VpcId: { Ref: `Vpc${v}` },
      CidrBlock: ranges[style % ranges.length] as Json,
      AvailabilityZone: { 'Fn::Select': [style % 3, { 'Fn::GetAZs': { Ref: 'AWS::Region' } }] },
    },
  };
}

function server(v: number, s: number, n: number, style: number): Json {
  const before = n > 0 ? { DependsOn: `Server${v}x${s}x${n - 1}` } : {};
  return {
    Type: 'AWS::EC2::Instance',
    ...before,
    Properties: {
      ImageId: '{{resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64}}',
      InstanceType: { 'Fn::Select': [0, { 'Fn::Split': ['|', 't3.micro|t3.small'] }] },
      SubnetId: { Ref: `Net${v}x${s}` },
      SecurityGroupIds: [{ 'Fn::GetAtt': [`Group${v}`, 'GroupId'] }],
      UserData: { 'Fn::Base64': { 'Fn::Sub': `#!/bin/bash\necho \${Net${v}x${s}.CidrBlock} ${style}` } },
    },
  };
}

function peering(v: number): Json {
  return {
    Type: 'AWS::EC2::VPCPeeringConnection',
    Properties: { VpcId: { Ref: `Vpc${v - 1}` }, PeerVpcId: { Ref: `Vpc${v}` } },
  };
}
