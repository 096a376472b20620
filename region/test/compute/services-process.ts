import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Secret } from '@terrace/cloud/views/secrets';
import { Authority } from '../../src/authority/authority.ts';
import { newSealingKey } from '../../src/credentials/session.ts';
import { Endpoints } from '../../src/endpoints/endpoints.ts';
import { MetadataServer } from '../../src/metadata/server.ts';
import { SecretStore } from '../../src/secrets/store.ts';

/**
 * AWS's endpoints and the metadata service within a test's network namespace, where an instance calls them by name. One role may do
 * everything but touch what is called forbidden. Arguments: a folder, the authority's folder.
 */
const [folder = '', authorityFolder = ''] = process.argv.slice(2);
const region = 'ap-northeast-2';
const account = '000000000000';
const called = ['secretsmanager', 'ssm', 'sts', 'cloudformation', 'ec2', 's3'];
const sealingKey = newSealingKey();
const role = { name: 'app', arn: `arn:aws:iam::${account}:role/app` };
const secret: Secret = {
  arn: `arn:aws:secretsmanager:${region}:${account}:secret:database-Ab12Cd`,
  name: 'database',
  description: '',
  statedBy: 'Stack/Secret',
  kmsKey: null,
  content: { kind: 'stated', value: '{"username":"arcade"}' },
  attached: {},
};

const bundle = `https://s3.${region}.amazonaws.com/assets/a/b%20c.tar.gz`;
const initMetadata = {
  'AWS::CloudFormation::Init': {
    configSets: {
      default: ['install', { ConfigSet: 'configure' }],
      configure: ['files'],
      wrong: ['odd'],
      far: ['far'],
    },
    install: {
      packages: { yum: { nginx: [] } },
      groups: { web: {} },
      users: { site: { groups: ['web'], homeDir: '/srv/site' } },
    },
    files: {
      files: {
        '/usr/share/nginx/html/index.html': {
          content: 'made by cfn-init & co <1>',
          mode: '000640',
          owner: 'site',
          group: 'web',
        },
        '/etc/site.json': { content: { port: 80 } },
        '/root/bundle': { source: bundle },
        '/etc/cfn/cfn-hup.conf': { content: `[main]\nstack=Service\nregion=${region}\n` },
        '/etc/cfn/hooks.d/reload.conf': {
          content:
            '[reload]\ntriggers=post.add\npath=Resources.Was.Metadata.AWS::CloudFormation::Init.configSets\naction=echo "$CFN_NEW_METADATA" >/root/hook\n',
        },
        '/etc/systemd/system/site.service': {
          content: '[Service]\nExecStart=/bin/sleep 600\n[Install]\nWantedBy=multi-user.target\n',
        },
      },
      commands: {
        '02_second': { command: 'echo "$WHO" second >>/root/commands', env: { WHO: 'the' } },
        '01_first': { command: ['sh', '-c', 'echo first >>/root/commands'], cwd: '/root' },
        '03_not': { command: 'echo never >>/root/commands', test: 'false' },
        '04_fails': { command: 'exit 3', ignoreErrors: 'true' },
      },
      services: {
        systemd: {
          site: { enabled: 'true', ensureRunning: 'true' },
          'cfn-hup': { ensureRunning: 'true', files: ['/etc/cfn/cfn-hup.conf'] },
        },
      },
    },
    odd: { commands: { '01': { command: 'echo "it cannot be"; exit 4' } } },
    far: { files: { '/root/far': { source: bundle, authentication: 'Stranger' } } },
  },
  'AWS::CloudFormation::Authentication': {
    Own: { type: 'S3', roleName: 'app', buckets: ['assets'] },
    Stranger: { type: 'S3', roleName: 'other' },
  },
};

mkdirSync(join(folder, 'uploads'), { recursive: true });
writeFileSync(join(folder, 'web.tar.gz'), 'the bundle');
writeFileSync(
  join(folder, 'authorizer.mjs'),
  "export const authorizer = () => ({ resource }) => ({ allowed: !resource.includes('forbidden'), explicit: false });",
);
const store = await SecretStore.open(join(folder, 'secrets'));
await store.reconcile({ secrets: [secret], parameters: [] });
const authority = await Authority.open(authorityFolder);
await Endpoints.start(
  {
    account,
    region,
    listen: [{ address: '127.0.0.1', port: 443, networkNamespace: null, services: called, endpoint: null }],
    gatewayEndpoints: [],
    certificate: await authority.issue({ dns: [`*.${region}.amazonaws.com`, `*.s3.${region}.amazonaws.com`] }),
    sealingKey,
    authorization: {
      module: pathToFileURL(join(folder, 'authorizer.mjs')).href,
      identity: { account, region, principals: [], resourcePolicies: [], managedPolicies: [] },
    },
    secretsDirectory: join(folder, 'secrets'),
    parameters: [{ name: '/app/level', arn: 'arn', statedBy: 'Stack/P', type: 'String', value: 'info' }],
    buckets: [
      {
        name: 'assets',
        assets: [{ key: 'a/b c.tar.gz', path: join(folder, 'web.tar.gz'), packaging: 'file' }],
        directory: null,
      },
      { name: 'uploads', assets: [], directory: join(folder, 'uploads') },
    ],
    stacks: [
      {
        name: 'Service',
        id: 'arn:stack',
        resources: [{ logicalId: 'Was', physicalId: 'was', type: 'T', metadata: initMetadata }],
      },
      { name: 'Other', id: 'arn:other', resources: [{ logicalId: 'Db', physicalId: 'db', type: 'T', metadata: {} }] },
    ],
    instances: [
      {
        id: 'i-calls',
        imageId: 'ami-1',
        type: 't3.micro',
        zone: `${region}a`,
        vpc: 'vpc-1',
        subnet: 'subnet-1',
        privateAddress: '10.0.0.1',
        privateName: 'ip-10-0-0-1.internal',
        publicAddress: null,
        publicName: null,
        securityGroups: [],
        tags: {},
        group: null,
        stack: 'Service',
      },
    ],
    familySettings: {},
    familiesDirectory: join(folder, 'families'),
    resolver: null,
  },
  (event) => appendFileSync(join(folder, 'events'), `${JSON.stringify(event)}\n`),
);
await MetadataServer.start({
  listen: { address: '169.254.169.254', port: 80 },
  account,
  region,
  sealingKey,
  instances: [
    {
      id: 'i-calls',
      imageId: 'ami-1',
      type: 't3.micro',
      zone: `${region}a`,
      interfaces: [
        {
          id: 'eni-1',
          mac: '02:00:00:00:00:01',
          device: 0,
          addresses: ['169.254.169.254', '127.0.0.1'],
          publicAddress: null,
          addresses6: [],
          subnetRanges6: [],
          vpcRanges6: [],
          subnet: 'subnet-1',
          subnetRange: '10.0.0.0/24',
          vpc: 'vpc-1',
          vpcRanges: ['10.0.0.0/16'],
          securityGroups: [],
        },
      ],
      privateName: 'ip-10-0-0-1.internal',
      publicName: null,
      launchIndex: 0,
      options: { enabled: true, tokens: 'required', hopLimit: 1, tags: false },
      profile: { arn: `arn:aws:iam::${account}:instance-profile/app`, id: 'AIPA', role },
      userData: null,
      tags: {},
      lifecycleState: null,
    },
  ],
});
process.stdout.write('ready\n');
