import { type Credentials, instanceIdentity } from '../credentials/session.ts';
import type { MetadataConfiguration, MetadataInstance, MetadataInterface } from './configuration.ts';

/** A folder, a text, or a text that is only made when asked for. `undefined` is left out of a listing. */
type Node = string | (() => string) | Folder;

interface Folder {
  readonly [name: string]: Node | undefined;
}

/**
 * The tree below `/latest/`.
 *
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-instance-metadata.html#instancedata-data-categories
 */
export function metadataTree(
  instance: MetadataInstance,
  { account, region }: Pick<MetadataConfiguration, 'account' | 'region'>,
  credentialsOf: (role: string) => Credentials,
): Folder {
  const first = instance.interfaces[0]!;
  return {
    dynamic: { 'instance-identity': { document: () => identityDocument(instance, first, account, region) } },
    'meta-data': {
      'ami-id': instance.imageId,
      'ami-launch-index': String(instance.launchIndex),
      autoscaling: instance.lifecycleState === null ? undefined : { 'target-lifecycle-state': instance.lifecycleState },
      hostname: instance.privateName,
      iam: instance.profile ? iam(instance.profile, credentialsOf) : undefined,
      'identity-credentials': { ec2: identity(account, credentialsOf) },
      ipv6: first.addresses6[0],
      'instance-action': 'none',
      'instance-id': instance.id,
      'instance-life-cycle': 'on-demand',
      'instance-type': instance.type,
      'local-hostname': instance.privateName,
      'local-ipv4': first.addresses[0]!,
      mac: first.mac,
      network: { interfaces: { macs: macs(instance.interfaces, instance, account) } },
      placement: { 'availability-zone': instance.zone, region },
      'public-hostname': instance.publicName ?? undefined,
      'public-ipv4': first.publicAddress ?? undefined,
      'security-groups': first.securityGroups.map((group) => group.name).join('\n'),
      services: { domain: 'amazonaws.com', partition: 'aws' },
      tags: instance.options.tags ? { instance: { ...instance.tags } } : undefined,
    },
    'user-data': instance.userData === null ? undefined : userData(instance.userData),
  };
}

/** What a path leads to: a text, a listing as AWS writes it, or `undefined`, which is answered with 404. */
export function lookUp(tree: Folder, path: readonly string[]): string | undefined {
  let node: Node | undefined = tree;
  for (const part of path) {
    if (part === '') continue;
    if (typeof node !== 'object' || !Object.hasOwn(node, part)) return undefined;
    node = node[part];
  }
  if (node === undefined) return undefined;
  if (typeof node === 'string') return node;
  if (typeof node === 'function') return node();
  return Object.entries(node)
    .filter(([, child]) => child !== undefined)
    .map(([name, child]) => (typeof child === 'object' && name !== 'public-keys' ? `${name}/` : name))
    .join('\n');
}

function iam(profile: NonNullable<MetadataInstance['profile']>, credentialsOf: (role: string) => Credentials): Folder {
  return {
    info: () =>
      document({
        Code: 'Success',
        LastUpdated: instant(Date.now()),
        InstanceProfileArn: profile.arn,
        InstanceProfileId: profile.id,
      }),
    'security-credentials': {
      [profile.role.name]: () => shown(credentialsOf(profile.role.arn)),
    },
  };
}

function identity(account: string, credentialsOf: (role: string) => Credentials): Folder {
  return {
    info: () => document({ Code: 'Success', LastUpdated: instant(Date.now()), AccountId: account }),
    'security-credentials': {
      'ec2-instance': () => shown(credentialsOf(instanceIdentity(account))),
    },
  };
}

function shown({ accessKeyId, secretAccessKey, token, session }: Credentials): string {
  return document({
    Code: 'Success',
    LastUpdated: instant(Date.now()),
    Type: 'AWS-HMAC',
    AccessKeyId: accessKeyId,
    SecretAccessKey: secretAccessKey,
    Token: token,
    Expiration: instant(session.expires),
  });
}

function macs(interfaces: readonly MetadataInterface[], instance: MetadataInstance, account: string): Folder {
  return Object.fromEntries(
    interfaces.map((each) => [
      each.mac,
      {
        'device-number': String(each.device),
        'interface-id': each.id,
        'ipv4-associations': each.publicAddress === null ? undefined : { [each.publicAddress]: each.addresses[0]! },
        ipv6s: each.addresses6.length === 0 ? undefined : each.addresses6.join('\n'),
        'local-hostname': instance.privateName,
        'local-ipv4s': each.addresses.join('\n'),
        mac: each.mac,
        'owner-id': account,
        'public-hostname': each.publicAddress === null ? undefined : (instance.publicName ?? undefined),
        'public-ipv4s': each.publicAddress ?? undefined,
        'security-group-ids': each.securityGroups.map((group) => group.id).join('\n'),
        'security-groups': each.securityGroups.map((group) => group.name).join('\n'),
        'subnet-id': each.subnet,
        'subnet-ipv4-cidr-block': each.subnetRange,
        'subnet-ipv6-cidr-blocks': each.subnetRanges6.length === 0 ? undefined : each.subnetRanges6.join('\n'),
        'vpc-id': each.vpc,
        'vpc-ipv4-cidr-block': each.vpcRanges[0]!,
        'vpc-ipv4-cidr-blocks': each.vpcRanges.join('\n'),
        'vpc-ipv6-cidr-blocks': each.vpcRanges6.length === 0 ? undefined : each.vpcRanges6.join('\n'),
      } satisfies Folder,
    ]),
  );
}

/** https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instance-identity-documents.html */
function identityDocument(
  instance: MetadataInstance,
  first: MetadataInterface,
  account: string,
  region: string,
): string {
  return document({
    accountId: account,
    architecture: /^[a-z]+\d+g[a-z]*\./.test(instance.type) ? 'arm64' : 'x86_64',
    availabilityZone: instance.zone,
    billingProducts: null,
    devpayProductCodes: null,
    imageId: instance.imageId,
    instanceId: instance.id,
    instanceType: instance.type,
    kernelId: null,
    privateIp: first.addresses[0]!,
    ramdiskId: null,
    region,
    version: '2017-09-30',
  });
}

function userData(base64: string): string {
  return Buffer.from(base64, 'base64').toString('latin1');
}

function document(value: object): string {
  return JSON.stringify(value, null, 2);
}

/** Without fractions of a second, as AWS writes it. */
function instant(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/\.\d+Z$/, 'Z');
}
