// Another team's application on the same three tiers: their own server, their own page, the blueprint's constructs.
import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  fetchApplication,
  instanceProfile,
  readSecret,
  roleBoundary,
  serviceRole,
} from '@terrace/blueprint/identity/server-roles';
import { ThreeTierNetwork } from '@terrace/blueprint/network/three-tier-network';
import { PlainStack } from '@terrace/blueprint/plain-stack';
import { ApplicationTier } from '@terrace/blueprint/service/application-tier';
import { DatabaseTier } from '@terrace/blueprint/service/database-tier';
import { WebTier } from '@terrace/blueprint/service/web-tier';
import { classroom } from '@terrace/blueprint/settings/profiles';
import { words } from '@terrace/blueprint/words';
import { App, CfnOutput, Fn } from 'aws-cdk-lib';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';

const app = new App({ analyticsReporting: false });
const stack = new PlainStack(app, 'Notes', { env: { region: 'ap-northeast-2' } });
const secretName = 'notes/database';
const image = '{{resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64}}';
const ids = (resources) => resources.map((resource) => resource.ref);

const network = new ThreeTierNetwork(stack, 'Network', {
  addresses: {
    ...classroom.addresses,
    publicVpc: '10.30.0.0/16',
    publicSubnets: ['10.30.5.0/24', '10.30.6.0/24'],
    webSubnets: ['10.30.1.0/24', '10.30.2.0/24'],
    applicationSubnets: ['10.30.3.0/24', '10.30.4.0/24'],
  },
  zones: classroom.zones,
  nat: 'one',
  databaseAcl: { port: 5432 },
  flowLogRole: null,
});

const bucket = 'cdk-hnb659fds-assets-ACCOUNT-ap-northeast-2';
const boundary = roleBoundary(stack, bucket, secretName);
const role = serviceRole(stack, 'ServerRole', {
  name: 'notes-server',
  tier: 'was',
  service: 'ec2.amazonaws.com',
  boundary,
  awsPolicies: ['AmazonSSMManagedInstanceCore'],
  policies: { fetch: fetchApplication(bucket), secret: readSecret(secretName) },
  reason: words('What the servers of the notes may do.', '메모 서버가 할 수 있는 일입니다.'),
});
const profile = instanceProfile(stack, 'ServerProfile', role, 'was');

const database = new DatabaseTier(stack, 'Database', {
  vpc: network.privateVpc.ref,
  subnets: ids(network.databaseSubnets),
  database: classroom.database,
  secretName,
  databaseName: 'notes',
  userName: 'notes',
});

const application = new ApplicationTier(stack, 'Application', {
  vpc: network.publicVpc.ref,
  subnets: ids(network.applicationSubnets),
  database,
  servers: { instanceType: 't4g.micro', least: 2, usual: 2, most: 2 },
  image,
  instanceProfile: profile.ref,
  logs: null,
  alerts: null,
  application: {
    bundle: bundle('ApplicationBundle', 'server'),
    packages: ['nodejs22'],
    start: '/usr/bin/node /opt/application/server.mjs',
    port: 9000,
    healthPath: '/alive',
    databaseCertificates: '/etc/pki/tls/certs/ca-bundle.crt',
    environment: { GREETING: 'hello' },
  },
});

const web = new WebTier(stack, 'Web', {
  vpc: network.publicVpc.ref,
  publicSubnets: ids(network.publicSubnets),
  subnets: ids(network.webSubnets),
  application,
  servers: { instanceType: 't4g.micro', least: 2, usual: 2, most: 2 },
  image,
  instanceProfile: profile.ref,
  logs: null,
  alerts: null,
  bundle: bundle('WebBundle', 'web'),
});
// Everything stands in one stack here, so what needs the network's ways is told to wait for them.
network.readyFor(database.securityGroup, application.securityGroup, application.servers.group, web.servers.group);

stack.templateOptions.metadata = { 'Terrace::FirstAnswer': '/api/hello' };
new CfnOutput(stack, 'PageAddress', { value: Fn.join('', ['http://', web.balancer.balancer.attrDnsName]) });
app.synth();

/** A folder beside this file as a gzipped tar, where CDK takes it to be uploaded. */
function bundle(id, folder) {
  const path = join(mkdtempSync(join(tmpdir(), 'notes-')), 'bundle.tar.gz');
  const from = fileURLToPath(new URL(`${folder}/`, import.meta.url));
  execFileSync('tar', [
    '--sort=name',
    '--mtime=@0',
    '--owner=0',
    '--group=0',
    '-C',
    from,
    '-I',
    'gzip -n',
    '-cf',
    path,
    '.',
  ]);
  return new Asset(stack, id, { path }).s3ObjectUrl;
}
