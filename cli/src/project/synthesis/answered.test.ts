import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Inventory } from '@terrace/cloud/inventory';
import type { Mistake } from '@terrace/cloud/mistake';
import { writeStanding } from '@terrace/cloud/outside/outside-file';
import { readListings } from '@terrace/cloud/outside/read-listings';
import { unableOf } from '@terrace/cloud/validate/standing';
import { initialFleet } from '@terrace/cloud/views/initial-fleet';
import { networkView } from '@terrace/cloud/views/network/network-view';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { remarksToSay } from '../../terminal/discretion.ts';
import { loadProject, type ProjectOptions } from '../project.ts';

let folder: string;
const environment = { ...process.env };

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'terrace-synthesis-'));
  process.env.HOME = path.join(folder);
  for (const name of ['CDK_DEFAULT_ACCOUNT', 'CDK_DEFAULT_REGION', 'AWS_REGION', 'AWS_DEFAULT_REGION'])
    delete process.env[name];
  remarksToSay();
});

afterEach(() => {
  process.env = { ...environment };
  rmSync(folder, { recursive: true, force: true });
});

function write(files: Readonly<Record<string, string | object>>): void {
  for (const [name, text] of Object.entries(files))
    writeFileSync(path.join(folder, name), typeof text === 'string' ? text : JSON.stringify(text));
}

async function load(options: ProjectOptions = {}): Promise<Inventory> {
  const loaded = await loadProject(options, folder);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.mistakes));
  return loaded.value;
}

async function mistakes(options: ProjectOptions = {}): Promise<readonly Mistake[]> {
  const loaded = await loadProject(options, folder);
  return loaded.ok ? [] : loaded.mistakes;
}

const libraries = fileURLToPath(new URL('../../../../node_modules', import.meta.url));
const cdkApp = (body: string) => `
const { App, Stack, CfnOutput, Fn } = require('${libraries}/aws-cdk-lib');
const [ec2, route53, ssm, kms] = ['aws-ec2', 'aws-route53', 'aws-ssm', 'aws-kms'].map((each) => require('${libraries}/aws-cdk-lib/' + each));
const app = new App();
const env = { account: process.env.CDK_DEFAULT_ACCOUNT, region: process.env.CDK_DEFAULT_REGION };
${body}
`;

/** An app in any language: its command writes an assembly, and lists what it lacks until it is given. */
const shellApp = `
count=$(cat runs 2>/dev/null || echo 0); echo $((count + 1)) > runs
case "$CDK_CONTEXT_JSON" in
  *'"zone-of-shop":'*) missing='[]' ;;
  *) missing='[{"key":"zone-of-shop","provider":"hosted-zone","props":{"account":"'$CDK_DEFAULT_ACCOUNT'","region":"'$CDK_DEFAULT_REGION'","domainName":"shop.example"}}]' ;;
esac
cat > $CDK_OUTDIR/manifest.json <<END
{"version":"36.0.0","missing":$missing,"artifacts":{"One":{"type":"aws:cloudformation:stack",
 "environment":"aws://$CDK_DEFAULT_ACCOUNT/$CDK_DEFAULT_REGION","properties":{"templateFile":"One.json"}}}}
END
echo "$CDK_CONTEXT_JSON" > context
cat > $CDK_OUTDIR/One.json <<END
{"Resources":{"Topic":{"Type":"AWS::SNS::Topic","Properties":{"TopicName":"one"}},
 "Zone":{"Type":"AWS::Route53::HostedZone","Properties":{"Name":"\${ZONE:-shop.example}"}}}}
END
`;

describe('an app that writes its assembly, in whatever language', () => {
  test('has account and region in its environment, and is run again with what it lacked', async () => {
    write({ 'app.sh': shellApp, 'cdk.json': { app: 'sh app.sh' } });
    const inventory = await load({ region: 'eu-west-1' });
    expect(inventory).toMatchObject({ account: '000000000000', region: 'eu-west-1' });
    expect(readFileSync(path.join(folder, 'runs'), 'utf8').trim()).toBe('2');
    const zone = inventory.resources.find(({ logicalId }) => logicalId === 'Zone')!.physicalId;
    expect(JSON.parse(readFileSync(path.join(folder, 'context'), 'utf8'))['zone-of-shop']).toEqual({
      Id: `/hostedzone/${zone}`,
      Name: 'shop.example.',
    });
    expect(remarksToSay().map(({ en }) => en)).toEqual([expect.stringContaining('000000000000 stands in')]);
  });

  test('has the account that the project states, without a remark', async () => {
    write({ 'app.sh': shellApp, 'cdk.json': { app: 'sh app.sh' }, 'terrace.json': { account: '111122223333' } });
    expect(await load()).toMatchObject({ account: '111122223333' });
    expect(remarksToSay()).toEqual([]);
  });

  test('is told of a stand-in where no template has the thing, and cdk.context.json stays as it is', async () => {
    process.env.ZONE = 'other.example';
    write({ 'app.sh': shellApp, 'cdk.json': { app: 'sh app.sh' }, 'cdk.context.json': '{}' });
    await load();
    expect(remarksToSay().map(({ en }) => en)[0]).toContain('hosted zone shop.example is a stand-in');
    expect(readFileSync(path.join(folder, 'cdk.context.json'), 'utf8')).toBe('{}');
  });

  test.each([
    ['cdk.context.json', { 'cdk.context.json': { 'zone-of-shop': 'kept' } }, 'kept'],
    [
      'cdk.json before it',
      {
        'cdk.json': { app: 'sh app.sh', context: { 'zone-of-shop': 'stated' } },
        'cdk.context.json': { 'zone-of-shop': 'kept' },
      },
      'stated',
    ],
    [
      'terrace.json before both',
      { 'terrace.json': { context: { 'zone-of-shop': 'own' } }, 'cdk.context.json': { 'zone-of-shop': 'kept' } },
      'own',
    ],
    ['the user’s ~/.cdk.json', { '.cdk.json': { context: { 'zone-of-shop': 'mine' } } }, 'mine'],
    [
      'the user’s behind the project’s',
      { '.cdk.json': { context: { 'zone-of-shop': 'mine' } }, 'cdk.context.json': { 'zone-of-shop': 'kept' } },
      'kept',
    ],
  ])('is not asked for what %s answers', async (_, files, value) => {
    write({ 'app.sh': shellApp, 'cdk.json': { app: 'sh app.sh' }, ...files });
    await load();
    expect(readFileSync(path.join(folder, 'runs'), 'utf8').trim()).toBe('1');
    expect(JSON.parse(readFileSync(path.join(folder, 'context'), 'utf8'))['zone-of-shop']).toBe(value);
  });

  test.each([
    ['of the user’s ~/.cdk.json', { '.cdk.json': { app: 'sh app.sh' } }],
    ['as a list of words', { 'cdk.json': { app: ['sh', 'app.sh'] } }],
    ['after a build', { 'cdk.json': { app: 'sh built.sh', build: 'cp app.sh built.sh' } }],
  ])('is run by a command %s', async (_, files) => {
    write({ 'app.sh': shellApp, ...files });
    expect((await load()).stacks).toHaveLength(1);
  });

  test('is given a long context by a file', async () => {
    const app = `
const given = { ...JSON.parse(process.env.CDK_CONTEXT_JSON), ...JSON.parse(require('fs').readFileSync(process.env.CONTEXT_OVERFLOW_LOCATION_ENV)) };
const write = (name, value) => require('fs').writeFileSync(process.env.CDK_OUTDIR + '/' + name, JSON.stringify(value));
write('manifest.json', { artifacts: { One: { type: 'aws:cloudformation:stack', properties: { templateFile: 'One.json' } } } });
write('One.json', { Resources: { Topic: { Type: 'AWS::SNS::Topic', Properties: { TopicName: 'long-' + given.long.length } } } });`;
    write({ 'app.js': app, 'cdk.json': { app: 'app.js', context: { long: 'x'.repeat(200_000) } } });
    expect((await load()).resources[0]!.physicalId).toMatch(/:long-200000$/);
  });

  test('fails with its first error, not with the frames below it', async () => {
    write({
      'app.js': `const deep = (n) => { if (n === 0) throw new TypeError('no such stack'); deep(n - 1); };\ndeep(30);`,
    });
    const [wrong] = await mistakes({ app: 'node app.js' });
    expect(wrong).toMatchObject({ code: 'APP_FAILED' });
    expect(wrong!.cause.en.split('\n')[1]!.trim()).toBe('TypeError: no such stack');
  });

  test('is refused where it asks for what nobody here answers', async () => {
    write({ 'app.sh': shellApp.replaceAll('hosted-zone', 'plugin') });
    expect(await mistakes({ app: 'sh app.sh' })).toMatchObject([
      { code: 'LOOKUP_NOT_ANSWERED', place: { path: 'zone-of-shop' } },
    ]);
  });

  test('leaves a remark where its committed assembly was made without an answer', async () => {
    write({ 'app.sh': shellApp });
    const env = {
      CDK_OUTDIR: '.',
      CDK_DEFAULT_ACCOUNT: '111122223333',
      CDK_DEFAULT_REGION: 'eu-west-1',
      PATH: process.env.PATH,
    };
    spawnSync('sh', ['app.sh'], { cwd: folder, env });
    await load({ app: '.' });
    expect(remarksToSay().map(({ en }) => en)).toEqual([expect.stringContaining('zone-of-shop')]);
  });
});

describe('an app of aws-cdk-lib', () => {
  test('finds what its other stack makes, by name, as if that stood already', async () => {
    const app = cdkApp(`
const network = new Stack(app, 'Network', { env });
new ec2.Vpc(network, 'Vpc', { vpcName: 'shop', maxAzs: 2, natGateways: 1 });
new route53.PublicHostedZone(network, 'Zone', { zoneName: 'shop.example' });
const stack = new Stack(app, 'Service', { env });
const vpc = ec2.Vpc.fromLookup(stack, 'Vpc', { vpcName: 'shop' });
new ec2.Instance(stack, 'Server', { vpc, instanceType: new ec2.InstanceType('t3.micro'), machineImage: ec2.MachineImage.latestAmazonLinux2023({ cachedInContext: true }) });
const zone = route53.HostedZone.fromLookup(stack, 'Zone', { domainName: 'shop.example' });
new route53.CnameRecord(stack, 'Www', { zone, recordName: 'www', domainName: 'x.example' });`);
    write({ 'app.cjs': app, 'terrace.json': { app: 'node app.cjs', account: '111122223333' } });
    const inventory = await load();
    const [vpc] = inventory.resources.filter(({ type }) => type === 'AWS::EC2::VPC');
    const server = inventory.resources.find(({ type }) => type === 'AWS::EC2::Instance')!;
    const subnet = inventory.resources.find(({ physicalId }) => physicalId === server.properties.SubnetId);
    expect(subnet?.properties.VpcId).toBe(vpc!.physicalId);
    expect(inventory.imageNames?.[String(server.properties.ImageId)]).toEqual([expect.stringContaining('al2023')]);
    const record = inventory.resources.find(({ type }) => type === 'AWS::Route53::RecordSet')!;
    const zone = inventory.resources.find(({ type }) => type === 'AWS::Route53::HostedZone')!;
    expect(record.properties.HostedZoneId).toBe(zone.physicalId);
    expect(remarksToSay()).toEqual([]);
  }, 30_000);

  test('stands in the default VPC that it looks up', async () => {
    const app = cdkApp(`
const stack = new Stack(app, 'Lookup', { env });
const vpc = ec2.Vpc.fromLookup(stack, 'Vpc', { isDefault: true });
new ec2.Instance(stack, 'Server', { vpc, vpcSubnets: { subnetType: ec2.SubnetType.PUBLIC }, instanceType: new ec2.InstanceType('t3.micro'), machineImage: ec2.MachineImage.latestAmazonLinux2023() });`);
    write({ 'app.cjs': app, 'terrace.json': { app: 'node app.cjs', account: '111122223333' } });
    const inventory = await load();
    const [server] = networkView(inventory, initialFleet(inventory)).interfaces;
    expect(server).toMatchObject({ name: 'Lookup/Server', publicAddress: expect.any(Number) });
    expect([...unableOf(inventory)]).toEqual([]);
    expect(remarksToSay()).toEqual([]);
  }, 30_000);

  describe('in a VPC that another team made', () => {
    const app = cdkApp(`
const stack = new Stack(app, 'Service', { env });
const vpc = ec2.Vpc.fromLookup(stack, 'Vpc', { vpcId: 'vpc-0aa11bb22cc33dd44' });
new ec2.Instance(stack, 'Server', { vpc, vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS }, instanceType: new ec2.InstanceType('t3.micro'), machineImage: ec2.MachineImage.latestAmazonLinux2023() });`);
    const subnetOf = (inventory: Inventory) => networkView(inventory, initialFleet(inventory)).interfaces[0]?.subnet;

    test('stands there once the project imported it, without a remark', async () => {
      const listings = new URL('../../../../examples/existing-vpc/aws/listings.json', import.meta.url);
      const { standing } = readListings(JSON.parse(readFileSync(listings, 'utf8')), { account: '', region: '' });
      write({
        'app.cjs': app,
        'terrace.json': { app: 'node app.cjs', account: '111122223333' },
        'terrace.outside.json': writeStanding(standing),
      });
      const inventory = await load();
      expect(subnetOf(inventory)).toBe('subnet-0aa11bb22cc330003');
      expect([...unableOf(inventory)]).toEqual([]);
      expect(remarksToSay()).toEqual([]);
    }, 30_000);

    test('cannot act where nobody knows it, and stands in a usual one where that is assumed', async () => {
      write({ 'app.cjs': app, 'terrace.json': { app: 'node app.cjs', account: '111122223333' } });
      expect(unableOf(await load()).size).toBe(2);
      remarksToSay();
      const assumed = await load({ assume: true });
      expect([...unableOf(assumed)]).toEqual([]);
      expect(subnetOf(assumed)).toMatch(/^subnet-/);
      expect(remarksToSay().map(({ en }) => en)).toContainEqual(
        expect.stringMatching(/^VPC vpc-0aa11bb22cc33dd44 is assumed .*Service\/Server/),
      );
    }, 60_000);

    test('is refused a file that terrace import did not write', async () => {
      write({ 'app.cjs': app, 'terrace.json': { app: 'node app.cjs' }, 'terrace.outside.json': '{}' });
      expect(await mistakes()).toMatchObject([{ code: 'WRONG_OUTSIDE_FILE' }]);
    });
  });

  test('is answered within a stage, and told what stands in and what leans on it', async () => {
    const app = cdkApp(`
const { Stage } = require('${libraries}/aws-cdk-lib');
const stack = new Stack(new Stage(app, 'Live', { env }), 'Service');
const vpc = ec2.Vpc.fromLookup(stack, 'Vpc', { vpcId: 'vpc-0aa11bb22cc33dd44' });
new ec2.SecurityGroup(stack, 'Open', { vpc });
new CfnOutput(stack, 'Url', { value: ssm.StringParameter.valueFromLookup(stack, '/shop/url') });
new CfnOutput(stack, 'KeyId', { value: kms.Key.fromLookup(stack, 'Key', { aliasName: 'alias/shop' }).keyId });`);
    write({ 'app.cjs': app });
    await load({ app: 'node app.cjs', parameter: ['ssm:/shop/url=https://shop.example'] });
    const told = remarksToSay().map(({ en }) => en);
    expect(told).toEqual([
      expect.stringMatching(/^VPC vpc-0aa11bb22cc33dd44 is a stand-in.*Open/),
      expect.stringMatching(/^key alias\/shop is a stand-in.*output KeyId/),
    ]);
  }, 30_000);
});
