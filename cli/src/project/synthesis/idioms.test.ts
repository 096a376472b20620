import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Inventory } from '@terrace/cloud/inventory';
import { fidelityReport } from '@terrace/cloud/validate/fidelity';
import { initialFleet } from '@terrace/cloud/views/initial-fleet';
import { networkView } from '@terrace/cloud/views/network/network-view';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { loadProject } from '../project.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'terrace-idioms-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const libraries = fileURLToPath(new URL('../../../../node_modules', import.meta.url));
const named = {
  ...{
    ec2: 'aws-ec2',
    elb: 'aws-elasticloadbalancingv2',
    autoscaling: 'aws-autoscaling',
    rds: 'aws-rds',
    s3: 'aws-s3',
  },
  ...{ deployment: 'aws-s3-deployment', acm: 'aws-certificatemanager', route53: 'aws-route53', sns: 'aws-sns' },
  ...{ cr: 'custom-resources', ssm: 'aws-ssm' },
};

/** A small app of one idiom, as people write it, with `stack` in the account's usual region. */
async function app(body: string): Promise<Inventory> {
  const modules = Object.entries(named).map(
    ([name, module]) => `const ${name} = require('${libraries}/aws-cdk-lib/${module}');`,
  );
  const text = `const { App, Stack, CfnOutput, CustomResource } = require('${libraries}/aws-cdk-lib');
${modules.join('\n')}
const app = new App();
const env = { account: '111122223333', region: 'ap-northeast-2' };
const stack = new Stack(app, 'Home', { env, crossRegionReferences: true });
const micro = new ec2.InstanceType('t3.micro');
const machineImage = ec2.MachineImage.latestAmazonLinux2023();
${body}`;
  writeFileSync(path.join(folder, 'app.cjs'), text);
  const loaded = await loadProject({ app: 'node app.cjs' }, folder);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.mistakes, null, 1));
  return loaded.value;
}

const outputOf = ({ stacks }: Inventory, name: string) =>
  stacks.flatMap(({ outputs }) => outputs).find((each) => each.name === name)?.value;
const typesThat = (inventory: Inventory, fidelity: string) =>
  fidelityReport(inventory).flatMap((each) => (each.fidelity === fidelity ? [each.type] : []));

describe('an app of CDK', { timeout: 30_000 }, () => {
  test('takes values of a stack in another region', async () => {
    const inventory = await app(`
const east = new Stack(app, 'East', { env: { ...env, region: 'us-east-1' }, crossRegionReferences: true });
const topic = new sns.Topic(east, 'Topic');
const zone = new route53.PublicHostedZone(east, 'Zone', { zoneName: 'shop.example' });
const certificate = new acm.Certificate(east, 'Cert', { domainName: 'www.shop.example', validation: acm.CertificateValidation.fromDns(zone) });
new CfnOutput(stack, 'Topic', { value: topic.topicArn });
new CfnOutput(stack, 'Certificate', { value: certificate.certificateArn });`);
    expect(outputOf(inventory, 'Topic')).toMatch(/^arn:aws:sns:us-east-1:111122223333:East-/);
    expect(outputOf(inventory, 'Certificate')).toMatch(/^arn:aws:acm:us-east-1:111122223333:certificate\//);
    expect(inventory.notKnown).toEqual([]);
  });

  test('has a certificate that a function validates by DNS, at the listener that names it', async () => {
    const inventory = await app(`
const hostedZone = route53.HostedZone.fromHostedZoneAttributes(stack, 'Zone', { hostedZoneId: 'Z0123456789ABCDEFGHIJ', zoneName: 'shop.example' });
const certificate = new acm.DnsValidatedCertificate(stack, 'Cert', { domainName: 'www.shop.example', hostedZone });
const vpc = new ec2.Vpc(stack, 'Vpc', { natGateways: 0 });
const alb = new elb.ApplicationLoadBalancer(stack, 'Alb', { vpc, internetFacing: true });
alb.addListener('Https', { port: 443, certificates: [certificate], defaultAction: elb.ListenerAction.fixedResponse(200) });`);
    const listener = inventory.resources.find(({ type }) => type.endsWith('::Listener'))!;
    expect(JSON.stringify(listener.properties.Certificates)).toMatch(
      /arn:aws:acm:ap-northeast-2:111122223333:certificate/,
    );
    expect(typesThat(inventory, 'ignored')).toEqual([]);
  });

  test('has the answers of calls about what its templates make', async () => {
    const inventory = await app(`
const vpc = new ec2.Vpc(stack, 'Vpc', { natGateways: 0 });
const policy = cr.AwsCustomResourcePolicy.fromSdkCalls({ resources: ['*'] });
const call = (id, service, action, parameters) => new cr.AwsCustomResource(stack, id, {
  onUpdate: { service, action, parameters, physicalResourceId: cr.PhysicalResourceId.of(id) }, policy });
new CfnOutput(stack, 'Range', { value: call('Vpcs', 'EC2', 'describeVpcs', { VpcIds: [vpc.vpcId] }).getResponseField('Vpcs.0.CidrBlock') });
new CfnOutput(stack, 'Account', { value: call('Me', 'STS', 'getCallerIdentity', {}).getResponseField('Account') });
new CfnOutput(stack, 'Open', { value: call('All', 'EC2', 'describeVpcs', { Filters: [{ Name: 'is-default', Values: ['true'] }] }).getResponseField('Vpcs.0.VpcId') });
new CfnOutput(stack, 'Elsewhere', { value: call('Far', 'EC2', 'describeVpcs', { VpcIds: ['vpc-0123456789abcdef0'] }).getResponseField('Vpcs.0.CidrBlock') });`);
    expect(outputOf(inventory, 'Range')).toBe('10.0.0.0/16');
    expect(outputOf(inventory, 'Account')).toBe('111122223333');
    expect(inventory.notKnown.map(({ path }) => path).sort()).toEqual(['Outputs.Elsewhere', 'Outputs.Open']);
  });

  test('names a custom resource of its own, whose properties are its function’s affair', async () => {
    const inventory = await app(`
new CustomResource(stack, 'Own', { serviceToken: 'arn:aws:lambda:ap-northeast-2:111122223333:function:own', properties: { Anything: [1, { deep: true }] } });
new CustomResource(stack, 'Typed', { serviceToken: 'arn:aws:lambda:ap-northeast-2:111122223333:function:own', resourceType: 'Custom::Typed' });`);
    expect(typesThat(inventory, 'ignored').sort()).toEqual(['AWS::CloudFormation::CustomResource', 'Custom::Typed']);
  });

  test('redirects to HTTPS', async () => {
    const inventory = await app(`
const vpc = new ec2.Vpc(stack, 'Vpc', { natGateways: 0 });
const alb = new elb.ApplicationLoadBalancer(stack, 'Alb', { vpc, internetFacing: true });
alb.addRedirect();`);
    const listener = inventory.resources.find(({ type }) => type.endsWith('::Listener'))!;
    expect(listener.properties.DefaultActions).toMatchObject([
      { Type: 'redirect', RedirectConfig: { Protocol: 'HTTPS', Port: '443' } },
    ]);
    expect(typesThat(inventory, 'unable')).toEqual([]);
  });

  test('has a database of MySQL that only its servers reach, and is called by its construct ids', async () => {
    const inventory = await app(`
const vpc = new ec2.Vpc(stack, 'Vpc', { maxAzs: 2, natGateways: 1 });
const group = new autoscaling.AutoScalingGroup(stack, 'Web', { vpc, instanceType: micro, machineImage });
const database = new rds.DatabaseInstance(stack, 'Db', { vpc, engine: rds.DatabaseInstanceEngine.mysql({ version: rds.MysqlEngineVersion.VER_8_0 }), instanceType: micro });
database.connections.allowDefaultPortFrom(group);`);
    expect(typesThat(inventory, 'unable')).toEqual([]);
    const network = networkView(inventory, initialFleet(inventory));
    expect(network.interfaces.map(({ name }) => name)).toEqual(expect.arrayContaining(['Home/Web/0', 'Home/Db']));
  });

  test('deploys a folder to a bucket', async () => {
    const inventory = await app(`
const bucket = new s3.Bucket(stack, 'Site');
new deployment.BucketDeployment(stack, 'Deploy', { destinationBucket: bucket, sources: [deployment.Source.data('index.html', 'here')] });`);
    expect(typesThat(inventory, 'real')).toEqual(
      expect.arrayContaining(['Custom::CDKBucketDeployment', 'AWS::S3::Bucket']),
    );
  });
});
