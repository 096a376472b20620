import { describe, expect, test } from 'vitest';
import type { Mistake } from '../mistake.ts';
import { loadTexts } from './load.ts';

const vpc = 'Vpc:\n    Type: AWS::EC2::VPC\n    Properties:\n      CidrBlock: 10.10.0.0/16';
const subnet = (name: string, range: string) =>
  `${name}:\n    Type: AWS::EC2::Subnet\n    Properties:\n      VpcId: !Ref Vpc\n      CidrBlock: ${range}`;
const resources = (...each: readonly string[]) => `Resources:\n  ${each.join('\n  ')}\n`;

async function mistakesOf(texts: Record<string, string>): Promise<readonly Mistake[]> {
  const result = await loadTexts(texts);
  return result.ok ? [] : result.mistakes;
}

/** Code, file, line and column of the only mistake, as a person sees it. */
const faults: readonly (readonly [string, string, string])[] = [
  [
    'UNKNOWN_PROPERTY 6:7',
    'a typo in a property',
    resources(`${vpc}\n      EnableDnsSuport: true`).replace('16\n      E', '16\n      E'),
  ],
  ['WRONG_TYPE 6:7', 'a list where text belongs', resources(`${vpc}\n      InstanceTenancy: [default]`)],
  ['WRONG_TYPE 6:7', 'text where true or false belongs', resources(`${vpc}\n      EnableDnsSupport: perhaps`)],
  [
    'MISSING_PROPERTY 8:5',
    'a missing property',
    resources(vpc, 'Net:\n    Type: AWS::EC2::Subnet\n    Properties: {CidrBlock: 10.10.1.0/24}').replace(
      'Resources:\n  Vpc',
      'Resources:\n  Vpc',
    ),
  ],
  [
    'UNKNOWN_PROPERTY 4:22',
    'a typo in a policy',
    resources(
      'A:\n    Type: AWS::EC2::KeyPair\n    CreationPolicy: {ResourceSignals: {Count: 1}}\n    Properties: {KeyName: a}',
    ),
  ],
  [
    'WRONG_VALUE 4:39',
    'a time that is none',
    resources(
      'A:\n    Type: AWS::EC2::KeyPair\n    CreationPolicy: {ResourceSignal: {Timeout: 5 minutes}}\n    Properties: {KeyName: a}',
    ),
  ],
  [
    'WRONG_VALUE 4:39',
    'a time of a day, which is longer than AWS waits',
    resources(
      'A:\n    Type: AWS::EC2::KeyPair\n    CreationPolicy: {ResourceSignal: {Timeout: P1D}}\n    Properties: {KeyName: a}',
    ),
  ],
  [
    'WRONG_VALUE 4:39',
    'more than twelve hours',
    resources(
      'A:\n    Type: AWS::EC2::KeyPair\n    CreationPolicy: {ResourceSignal: {Timeout: PT12H1S}}\n    Properties: {KeyName: a}',
    ),
  ],
  [
    'WRONG_VALUE 4:47',
    'a pause of more than an hour',
    resources(
      'A:\n    Type: AWS::EC2::KeyPair\n    UpdatePolicy: {AutoScalingRollingUpdate: {PauseTime: PT1H1S}}\n    Properties: {KeyName: a}',
    ),
  ],
  [
    'WRONG_VALUE 4:49',
    'a time that a parameter gives',
    `Parameters: {Wait: {Type: String, Default: 15m}}\nResources:\n  A: {Type: AWS::EC2::KeyPair, Properties: {KeyName: a},\n    CreationPolicy: {ResourceSignal: {Count: 1, Timeout: !Ref Wait}}}\n`,
  ],
  [
    'WRONG_VALUE 4:39',
    'signals that cannot be counted',
    resources(
      'A:\n    Type: AWS::EC2::KeyPair\n    CreationPolicy: {ResourceSignal: {Count: two}}\n    Properties: {KeyName: a}',
    ),
  ],
  [
    'WRONG_VALUE 4:50',
    'a share of more than all',
    resources(
      'A:\n    Type: AWS::EC2::KeyPair\n    CreationPolicy: {AutoScalingCreationPolicy: {MinSuccessfulInstancesPercent: 101}}\n    Properties: {KeyName: a}',
    ),
  ],
  ['UNKNOWN_TYPE 3:5', 'a typo in a type', resources('Vpc:\n    Type: AWS::EC2::VPCC')],
  ['MISSING_TYPE 2:3', 'no type', resources('Vpc: {}')],
  [
    'UNKNOWN_REFERENCE 9:19',
    'a reference to nothing',
    resources(vpc, subnet('Net', '10.10.1.0/24').replace('!Ref Vpc', '!Ref Vpcc')),
  ],
  [
    'UNKNOWN_ATTRIBUTE 9:22',
    'an attribute that is not there',
    resources(vpc, subnet('Net', '10.10.1.0/24').replace('!Ref Vpc', '!GetAtt Vpc.Idd')),
  ],
  [
    'UNKNOWN_FUNCTION 3:30',
    'a function that is not there',
    'Resources:\n  Vpc: {Type: AWS::EC2::VPC,\n    Properties: {CidrBlock: {"Fn::Joinn": []}}}\n',
  ],
  [
    'WRONG_ARGUMENT 5:24',
    'a function with wrong arguments',
    resources(vpc.replace('10.10.0.0/16', '!Join [a]')).replace('      C', '      C'),
  ],
  ['SUBNET_OUTSIDE_VPC 10:7', 'a subnet outside its VPC', resources(vpc, subnet('Net', '10.20.1.0/24'))],
  [
    'SUBNETS_OVERLAP 15:7',
    'subnets that overlap',
    resources(vpc, subnet('Net', '10.10.0.0/20'), subnet('Other', '10.10.8.0/24')),
  ],
  ['BAD_RANGE 5:7', 'a range that is none', resources(vpc.replace('10.10.0.0/16', '10.10.0.0/33'))],
  ['DUPLICATE_KEY 6:3', 'a key given twice', `${resources(vpc)}  Vpc:\n    Type: AWS::EC2::VPC\n`],
  ['YAML_ALIAS 5:18', 'an alias', resources(vpc.replace('CidrBlock: 10.10.0.0/16', 'CidrBlock: *range'))],
  ['NOT_A_TEMPLATE', 'not a template', 'hello: world\n'],
  ['NO_RESOURCES 1:1', 'no resource', 'Resources: {}'],
  [
    'RULE_WITHOUT_PEER 11:30',
    'a rule without a peer',
    resources(
      vpc,
      'Group:\n    Type: AWS::EC2::SecurityGroup\n    Properties:\n      GroupDescription: a\n      VpcId: !Ref Vpc\n      SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 80, ToPort: 80}]',
    ),
  ],
  [
    'OTHER_VPC 13:74',
    'a group of another VPC',
    `${resources(vpc, subnet('Net', '10.10.1.0/24'))}  Else: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.9.0.0/16}}
  Group: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: a, VpcId: !Ref Else}}
  A: {Type: AWS::EC2::NetworkInterface, Properties: {SubnetId: !Ref Net, GroupSet: [!Ref Group]}}
`,
  ],
  ['NOT_A_TEMPLATE', 'a text', 'once upon a time'],
  ['NOT_A_TEMPLATE', 'nothing', ''],
  ['UNKNOWN_SECTION 6:1', 'a section that is not there', `${resources(vpc)}Outptus: {}\n`],
  [
    'CIRCULAR_DEPENDENCY 2:3',
    'a circle',
    resources('A:\n    Type: AWS::SNS::Topic\n    DependsOn: B', 'B:\n    Type: AWS::SNS::Topic\n    DependsOn: A'),
  ],
  [
    'CONDITION_CYCLE 2:3',
    'a condition that refers to itself',
    `Conditions:\n  Big: !Not [!Condition Big]\n${resources(vpc)}`,
  ],
  [
    'MISSING_PARAMETER 2:3',
    'a parameter without a value',
    `Parameters:\n  Range: {Type: String}\n${resources(vpc.replace('10.10.0.0/16', '!Ref Range'))}`,
  ],
  [
    'PARAMETER_NOT_ALLOWED 2:3',
    'a value that is not allowed',
    `Parameters:\n  Size: {Type: String, Default: big, AllowedValues: [small]}\n${resources(vpc)}`,
  ],
  ['UNKNOWN_MACRO 1:1', 'a macro', `Transform: MyMacro\n${resources(vpc)}`],
  [
    'MISSING_TRANSFORM',
    'a loop without its transform',
    "Resources:\n  'Fn::ForEach::Nets':\n    - N\n    - [a]\n    - 'Net${N}': {Type: AWS::SNS::Topic}\n",
  ],
  ['UNKNOWN_TAG 5:24', 'a short form that is not there', resources(vpc.replace('10.10.0.0/16', '!Jion [a]'))],
  [
    'REFERENCE_LEFT_OUT 6:58',
    'a reference to what a condition leaves out',
    `Conditions:\n  Never: !Equals [a, b]\nResources:\n  A: {Type: AWS::SNS::Topic, Condition: Never}\n  B:\n    {Type: AWS::SNS::Topic, Properties: {TopicName: !Ref A}}\n`,
  ],
  [
    'ROUTE_TO_NOTHING 11:5',
    'a route without a target',
    resources(
      vpc,
      'Table:\n    Type: AWS::EC2::RouteTable\n    Properties: {VpcId: !Ref Vpc}',
      'Out:\n    Type: AWS::EC2::Route\n    Properties: {RouteTableId: !Ref Table, DestinationCidrBlock: 0.0.0.0/0}',
    ).replace('Out:\n    Type', 'Out:\n    Type'),
  ],
];

describe('a fault is one message with code, line and column', () => {
  test.each(faults)('%s: %s', async (expected, _, template) => {
    const mistakes = await mistakesOf({ 'template.yaml': template });
    const shown = mistakes.map(({ code, place }) =>
      [code, [place.line, place.column].filter(Boolean).join(':')].filter(Boolean).join(' '),
    );
    expect(shown.map((each) => each.split(' ')[0])).toEqual([expected.split(' ')[0]]);
    if (expected.includes(' ')) expect(shown).toEqual([expected]);
    for (const { place, cause, next } of mistakes) {
      expect(place.file).toBe('template.yaml');
      expect(cause.en && cause.ko && next.en && next.ko).toBeTruthy();
    }
  });

  test('all faults of a template come in one go, JSON as well', async () => {
    const template = {
      Resources: {
        Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlok: '10.0.0.0/16' } },
        Net: { Type: 'AWS::EC2::Subnet', Properties: { VpcId: { Ref: 'Vpx' }, CidrBlock: '10.0.1.0/24' } },
        Topic: { Type: 'AWS::SNS::Topik' },
      },
    };
    const mistakes = await mistakesOf({ 'template.json': JSON.stringify(template, null, 2) });
    expect(
      mistakes.map(({ code, place }) => `${code} ${place.line}:${place.column} ${place.logicalId}`).sort(),
    ).toEqual(['UNKNOWN_PROPERTY 6:9 Vpc', 'UNKNOWN_REFERENCE 13:11 Net', 'UNKNOWN_TYPE 19:7 Topic']);
    expect(mistakes.find((each) => each.code === 'UNKNOWN_TYPE')?.next.en).toBe('Did you mean "AWS::SNS::Topic"?');
  });

  test.each([
    ['deep JSON', '{"Resources":'.repeat(100_000)],
    ['deep YAML', `Resources: ${'['.repeat(100_000)}`],
    ['deep YAML lists', `Resources:\n${'- '.repeat(50_000)}a`],
    ['deep YAML indentation', Array.from({ length: 3000 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n')],
    [
      'a bomb of aliases',
      `a: &a [x,x,x,x]\n${[...'bcdefghi'].map((each, index) => `${each}: &${each} [*${'abcdefgh'[index]},*${'abcdefgh'[index]},*${'abcdefgh'[index]}]`).join('\n')}\nResources: {}`,
    ],
    [
      'loops within loops',
      JSON.stringify({
        Transform: 'AWS::LanguageExtensions',
        Resources: {
          'Fn::ForEach::A': [
            'A',
            Array.from({ length: 2000 }, (_, index) => `a${index}`),
            {
              'Fn::ForEach::B${A}': [
                'B',
                Array.from({ length: 2000 }, (_, index) => `b${index}`),
                { '${A}${B}': { Type: 'AWS::SNS::Topic' } },
              ],
            },
          ],
        },
      }),
    ],
    [
      'text that doubles',
      `{"Resources":{"T":{"Type":"AWS::SNS::Topic","Properties":{"DisplayName":${'{"Fn::Sub":["${a}${a}",{"a":'.repeat(40)}"x"${'}]}'.repeat(40)}}}}}`,
    ],
    [
      'circles of all with all',
      JSON.stringify({
        Resources: Object.fromEntries(
          Array.from({ length: 600 }, (_, index) => [
            `R${index}`,
            {
              Type: 'AWS::SNS::Topic',
              DependsOn: Array.from({ length: 100 }, (_, other) => `R${(index + other + 1) % 600}`),
            },
          ]),
        ),
      }),
    ],
    ['a large file', `{"Resources":{"a":"${'x'.repeat(50 * 1024 * 1024)}"}}`],
    [
      'a prototype',
      '{"Resources":{"__proto__":{"Type":"AWS::SNS::Topic"},"constructor":{"Type":"AWS::SNS::Topic"},"A":{"Type":"toString"}}}',
    ],
  ])('%s ends in a message, soon', async (_, text) => {
    // Of the processor's time: what else a machine has to do is none of it.
    const start = process.cpuUsage();
    expect((await mistakesOf({ 'template.yaml': text })).length).toBeGreaterThan(0);
    expect(process.cpuUsage(start).user, 'microseconds').toBeLessThan(10_000_000);
  });

  test('a misspelt property hides nothing that is wrong with its neighbour', async () => {
    const template =
      'Resources:\n  Vpc:\n    Type: AWS::EC2::VPC\n    Properties:\n      CidrBlok: x\n      CidrBlock: 10.0.0.0/33\n';
    const loaded = await loadTexts({ 'template.yaml': template });
    expect(loaded.ok ? [] : loaded.mistakes.map(({ code }) => code)).toEqual(['UNKNOWN_PROPERTY', 'BAD_RANGE']);
  });
});
