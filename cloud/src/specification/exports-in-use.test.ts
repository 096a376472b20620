import { describe, expect, test } from 'vitest';
import { loadTexts } from '../assembly/load.ts';
import type { Inventory } from '../inventory.ts';
import { exportsInUse } from './exports-in-use.ts';

const network = (outputs: string, range = '10.0.1.0/24') => `
Resources:
  Vpc: { Type: AWS::EC2::VPC, Properties: { CidrBlock: 10.0.0.0/16 } }
  Web: { Type: AWS::EC2::Subnet, Properties: { VpcId: !Ref Vpc, CidrBlock: ${range} } }
Outputs:
${outputs}`;
const subnet = '  Subnet: { Value: !Ref Web, Export: { Name: subnet } }\n';
const port = (value: string) => `  Port: { Value: "${value}", Export: { Name: port } }\n`;
const application = (imports = '!ImportValue subnet', from = '!ImportValue port') => `
Resources:
  Server: { Type: AWS::EC2::Instance, Properties: { ImageId: ami-0123456789abcdef0, SubnetId: ${imports}, Tags: [{ Key: port, Value: ${from} }] } }
`;

async function load(one: string, other: string, present?: Inventory) {
  const options = present ? { present, allocations: present.allocations } : {};
  const loaded = await loadTexts({ 'network.yaml': one, 'application.yaml': other }, options);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.mistakes, null, 1));
  return loaded.value;
}

const before = [network(subnet + port('80')), application()] as const;

// cfn-exports
describe('an export that another stack imports', () => {
  test.each([
    ['stays', before, []],
    [
      'may have company',
      [network(`${subnet}${port('80')}  New: { Value: a, Export: { Name: new } }\n`), before[1]],
      [],
    ],
    ['cannot change its value', [network(subnet + port('81')), before[1]], ['Port changes']],
    [
      'cannot change with the resource behind it',
      [network(subnet + port('80'), '10.0.7.0/24'), before[1]],
      ['Subnet changes'],
    ],
    [
      'cannot go, even if the import goes with it',
      [network(subnet), application('!ImportValue subnet', 'none')],
      ['Port goes'],
    ],
  ] as const)('%s', async (_what, after, expected) => {
    const former = await load(...before);
    const latter = await load(...after, former);
    expect(former.stacks.map((each) => each.imports)).toEqual([[], ['port', 'subnet']]);
    const refused = exportsInUse(former, latter);
    expect(refused.map(({ code }) => code)).toEqual(expected.map(() => 'EXPORT_IN_USE'));
    expect(refused.map(({ place, cause }) => `${place.logicalId} ${/goes|changes/.exec(cause.en)}`)).toEqual(expected);
    for (const { cause } of refused)
      expect(cause.en).toMatch(/"Export (subnet|port) cannot be (updated|deleted) as it is in use by application"/);
  });

  test('is nobody’s business where nobody imports it', async () => {
    const alone = [before[0], application('subnet-0123', 'none')] as const;
    const former = await load(...alone);
    expect(exportsInUse(former, await load(network(port('81')), alone[1], former))).toEqual([]);
  });
});

// cfn-exports
describe('the name of an export', () => {
  const mistakes = async (one: string, other = application('subnet-0123', 'none')) => {
    const loaded = await loadTexts({ 'network.yaml': one, 'application.yaml': other });
    return loaded.ok ? [] : loaded.mistakes.map(({ code }) => code);
  };

  test('is given once in all stacks, and once in each', async () => {
    expect(await mistakes(network(subnet), network(subnet))).toEqual(['EXPORTED_TWICE']);
    expect(await mistakes(network(`${subnet}  Again: { Value: x, Export: { Name: subnet } }\n`))).toEqual([
      'EXPORTED_TWICE',
    ]);
  });

  test('may depend on parameters, and on no resource', async () => {
    const named = (name: string) => network(`  Subnet: { Value: !Ref Web, Export: { Name: ${name} } }\n`);
    expect(await mistakes(named("!Sub '${AWS::StackName}-subnet'"))).toEqual([]);
    expect(await mistakes(named('!Ref Web'))).toEqual(['UNKNOWN_REFERENCE']);
    expect(await mistakes(named('!GetAtt Web.SubnetId'))).toEqual(['UNKNOWN_REFERENCE']);
  });

  test('that is imported may depend on no resource either', async () => {
    const importing = `
Resources:
  Own: { Type: AWS::EC2::VPC, Properties: { CidrBlock: 10.0.0.0/16 } }
  Server: { Type: AWS::EC2::Instance, Properties: { ImageId: ami-0123456789abcdef0, SubnetId: !ImportValue { Ref: Own } } }
`;
    expect(await mistakes(network(subnet), importing)).toEqual(['UNKNOWN_REFERENCE']);
  });
});
