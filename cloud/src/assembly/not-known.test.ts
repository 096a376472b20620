import { describe, expect, test } from 'vitest';
import { loadTexts } from './load.ts';

async function load(...texts: readonly string[]) {
  const named = Object.fromEntries(texts.map((text, index) => [`stack${index}.yaml`, text]));
  const result = await loadTexts(named);
  if (!result.ok) throw new Error(JSON.stringify(result.mistakes, null, 1));
  const { notKnown, resources, stacks } = result.value;
  return {
    notKnown: notKnown.map(({ key, path }) => `${key} ${path}`),
    warnings: result.warnings.map(({ code, place: { line, logicalId } }) => [code, logicalId, line].join(' ')),
    properties: (name: string) => resources.find(({ logicalId }) => logicalId === name)?.properties,
    outputs: stacks.flatMap(({ outputs }) => outputs.map(({ name }) => name)),
  };
}

const vpc = `Resources:
  Vpc: { Type: AWS::EC2::VPC, Properties: { CidrBlock: 10.23.0.0/16 } }
  Found: { Type: Custom::Found, Properties: { ServiceToken: arn:aws:lambda:ap-northeast-2:123456789012:function:f } }`;

describe('a value that nobody here can tell', () => {
  test.each([
    ['!GetAtt Found.Zone'],
    ['!Ref Found'],
    ['!Sub "${Found.Zone}"'],
    ['!Select [0, !Split [",", !GetAtt Found.Zones]]'],
    ['!Join ["", [ap-northeast-2, !GetAtt Found.Letter]]'],
    ['!ImportValue elsewhere-zone'],
    ['!Select [1, !GetAtt Found.List]'],
    ['!FindInMap [Zones, !GetAtt Found.Kind, Name]'],
  ])('%s is no mistake, and is left out', async (zone) => {
    const { notKnown, warnings, properties } = await load(
      `Mappings: { Zones: { one: { Name: ap-northeast-2a } } }
${vpc}
  Subnet: { Type: AWS::EC2::Subnet, Properties: { VpcId: !Ref Vpc, CidrBlock: 10.23.0.0/24, AvailabilityZone: ${zone} } }`,
    );
    expect(notKnown).toEqual(['stack0/Subnet Properties.AvailabilityZone']);
    expect(warnings).toEqual(['NOT_KNOWN Subnet 5']);
    expect(Object.keys(properties('Subnet') ?? {})).toEqual(['VpcId', 'CidrBlock']);
  });

  test('is said once, however often it is asked for', async () => {
    const { warnings, notKnown } = await load(
      `Resources:
  One: { Type: AWS::EC2::SecurityGroup, Properties: { GroupDescription: one, VpcId: !ImportValue elsewhere } }
  Two: { Type: AWS::EC2::SecurityGroup, Properties: { GroupDescription: two, VpcId: !ImportValue elsewhere } }`,
    );
    expect(warnings).toEqual(['NOT_KNOWN One 2']);
    expect(notKnown).toEqual(['stack0/One Properties.VpcId', 'stack0/Two Properties.VpcId']);
  });

  test('causes no mistake in what stands behind it', async () => {
    const { notKnown } = await load(
      `${vpc}
  A: { Type: AWS::EC2::Subnet, Properties: { VpcId: !Ref Vpc, CidrBlock: 10.23.0.0/24, AvailabilityZone: !GetAtt Found.A } }
  B: { Type: AWS::EC2::Subnet, Properties: { VpcId: !Ref Vpc, CidrBlock: 10.23.1.0/24, AvailabilityZone: !GetAtt Found.B } }
  Front: { Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: { Subnets: [!Ref A, !Ref B] } }
  Other: { Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: { Subnets: !Split [',', !ImportValue subnets] } }
  Rule: { Type: AWS::EC2::SecurityGroupIngress, Properties: { GroupId: sg-1, IpProtocol: tcp, FromPort: 1, ToPort: 1, CidrIp: !ImportValue range } }
  One: { Type: AWS::EC2::Route, Properties: { RouteTableId: !ImportValue table, DestinationCidrBlock: 0.0.0.0/0, GatewayId: !ImportValue gateway } }
  Two: { Type: AWS::EC2::Route, Properties: { RouteTableId: !ImportValue another, DestinationCidrBlock: 0.0.0.0/0, GatewayId: !ImportValue gateway } }`,
    );
    expect(notKnown).toHaveLength(8);
  });

  test('leaves a fault beside it a mistake', async () => {
    const result = await loadTexts({
      'a.yaml': `${vpc}
  Subnet: { Type: AWS::EC2::Subnet, Properties: { VpcId: !Ref Vpc, CidrBlock: 10.99.0.0/24 } }
  Zone: { Type: AWS::EC2::Subnet, Properties: { VpcId: !Ref Vpc, CidrBlock: 10.23.1.0/24, AvailabilityZone: !GetAtt Found.A } }`,
    });
    expect(result.ok ? [] : result.mistakes.map(({ code, place }) => `${code} ${place.logicalId}`)).toEqual([
      'SUBNET_OUTSIDE_VPC Subnet',
    ]);
  });

  test('goes from stack to stack by an export', async () => {
    const { notKnown, outputs, warnings } = await load(
      `${vpc}\nOutputs: { Zone: { Value: !GetAtt Found.Zone, Export: { Name: zone } } }`,
      `Resources: { Topic: { Type: AWS::SNS::Topic, Properties: { TopicName: !ImportValue zone } } }`,
    );
    expect(notKnown).toEqual(['stack0 Outputs.Zone', 'stack1/Topic Properties.TopicName']);
    expect(outputs).toEqual([]);
    expect(warnings).toHaveLength(1);
  });

  test('an attribute that the type does not have stays a mistake', async () => {
    const result = await loadTexts({
      'a.yaml': `${vpc}\nOutputs: { Wrong: { Value: !GetAtt Vpc.Nothing } }`,
    });
    expect(result.ok ? [] : result.mistakes.map(({ code }) => code)).toEqual(['UNKNOWN_ATTRIBUTE']);
  });
});

describe('an output that its condition leaves out', () => {
  const exclusive = (kind: string) => `Parameters: { Kind: { Type: String, Default: ${kind} } }
Conditions: { Large: !Equals [!Ref Kind, large], Small: !Not [!Condition Large] }
Resources: { Topic: { Type: AWS::SNS::Topic } }
Outputs:
  One: { Condition: Large, Value: one, Export: { Name: topic } }
  Two: { Condition: Small, Value: two, Export: { Name: topic } }`;

  test.each([
    ['large', 'One'],
    ['small', 'Two'],
  ])('is not exported (%s)', async (kind, output) => {
    expect((await load(exclusive(kind))).outputs).toEqual([output]);
  });
});

test('a map by region says which regions it has', async () => {
  const result = await loadTexts({
    'a.yaml': `Mappings: { Names: { us-east-1: { Topic: a }, eu-west-1: { Topic: b } } }
Resources: { Topic: { Type: AWS::SNS::Topic, Properties: { TopicName: !FindInMap [Names, !Ref 'AWS::Region', Topic] } } }`,
  });
  expect(result.ok ? [] : result.mistakes.map(({ code, next }) => `${code} ${next.en}`)).toEqual([
    'UNKNOWN_MAP_KEY Give one of the regions that the map has: --region us-east-1, eu-west-1.',
  ]);
});
