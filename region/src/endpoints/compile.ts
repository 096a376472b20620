import { join } from 'node:path';
import { formatAddress } from '@terrace/cloud/address';
import { type Inventory, ofType } from '@terrace/cloud/inventory';
import type { Fleet } from '@terrace/cloud/views/fleet';
import { identityView } from '@terrace/cloud/views/identity';
import type { NamesView } from '@terrace/cloud/views/names';
import { packageMirror } from '@terrace/cloud/views/names/service-names';
import type { NetworkInterface, NetworkView } from '@terrace/cloud/views/network';
import { secretsView } from '@terrace/cloud/views/secrets';
import type { ServerCertificate } from '../authority/authority.ts';
import { endpointSource } from '../fabric/compile-internet.ts';
import { metadataOf } from '../metadata/compile.ts';
import { internetResolver, type Standing } from '../resolver/compile.ts';
import type {
  BucketConfiguration,
  EndpointListener,
  EndpointsConfiguration,
  InstanceDescription,
} from './configuration.ts';
import { deployedObjects } from './objects/deployed.ts';
import { bucketFolder } from './objects/storage.ts';

interface Views {
  readonly inventory: Inventory;
  readonly network: NetworkView;
  readonly fleet: Fleet;
  readonly names: NamesView;
}

/** What the region adds to what the template says. */
interface EndpointsSurroundings {
  readonly certificate: ServerCertificate;
  readonly sealingKey: string;
  readonly secretsDirectory: string;
  /** Folder for objects that are put into buckets. */
  readonly objectsDirectory: string;
  readonly familySettings: Readonly<Record<string, unknown>>;
  readonly familiesDirectory: string;
  /** URL of the module that decides; see `Authorization`. */
  readonly authorizerModule: string | null;
  /** File of the network namespace that an interface stands in. */
  readonly namespaceOf: (each: NetworkInterface) => string;
  readonly standing?: Standing;
}

/** The endpoints process of a region, in its internet namespace and in the namespaces of interface endpoints. */
export function endpointsConfiguration(views: Views, around: EndpointsSurroundings): EndpointsConfiguration {
  const { inventory, network, names } = views;
  return {
    account: inventory.account,
    region: inventory.region,
    listen: [...publicListeners(names), ...interfaceListeners(views, around)],
    gatewayEndpoints: network.gatewayEndpoints.map(({ id, vpc, service, policy }) => ({
      id,
      vpc,
      service,
      policy: policy ?? null,
      source: formatAddress(endpointSource(vpc)),
    })),
    certificate: around.certificate,
    sealingKey: around.sealingKey,
    authorization: { module: around.authorizerModule, identity: identityView(inventory) },
    secretsDirectory: around.secretsDirectory,
    parameters: secretsView(inventory).parameters,
    buckets: buckets(inventory, around.objectsDirectory),
    stacks: stacks(inventory),
    instances: network.vpcs.flatMap(({ id }) => instancesOf(id, views)),
    familySettings: around.familySettings,
    familiesDirectory: around.familiesDirectory,
    resolver: internetResolver(names, [{ address: publicResolver, port: 53 }], around.standing),
  };
}

/** Where the internet of a region asks for names. It is within the range of AWS's own addresses. */
export const publicResolver = '198.19.0.53';

/** The names that the endpoints' certificate has to hold for. */
export function endpointNames(names: NamesView): string[] {
  const endpoints = names.interfaceEndpoints.flatMap((each) => each.names);
  const services = names.services.filter(({ service }) => service !== packageMirror);
  return [...new Set([...services.map((each) => each.name), ...endpoints])];
}

function publicListeners(names: NamesView): EndpointListener[] {
  const byAddress = new Map<string, Set<string>>();
  for (const { address, service } of names.services) {
    const at = formatAddress(address);
    byAddress.set(at, (byAddress.get(at) ?? new Set()).add(service));
  }
  return [...byAddress].map(([address, services]) => ({
    address,
    port: services.has(packageMirror) ? 80 : 443,
    networkNamespace: null,
    services: [...services],
    endpoint: null,
  }));
}

function interfaceListeners(
  { inventory, network, names }: Views,
  { namespaceOf }: EndpointsSurroundings,
): EndpointListener[] {
  return network.interfaces.flatMap((each) => {
    const { owner } = each;
    const named = owner.kind === 'endpoint' && names.interfaceEndpoints.find(({ id }) => id === owner.id);
    if (!named) return [];
    const resource = inventory.resources.find(({ physicalId }) => physicalId === named.id);
    const endpoint = { id: named.id, vpc: named.vpc, policy: resource?.properties.PolicyDocument ?? null };
    return each.addresses.map((address) => ({
      address: formatAddress(address),
      port: 443,
      networkNamespace: namespaceOf(each),
      services: [named.service],
      endpoint,
    }));
  });
}

/** Buckets of the template, and those that the assembly publishes its assets to. */
function buckets(inventory: Inventory, directory: string): BucketConfiguration[] {
  const own = ofType(inventory, 'AWS::S3::Bucket').map((each) => each.physicalId);
  const published = inventory.assets.map((asset) => asset.bucket);
  const deployed = deployedObjects(inventory, join(directory, '.deployed'));
  return [...new Set([...own, ...published])].map((name) => ({
    name,
    assets: [
      ...inventory.assets
        .filter((asset) => asset.bucket === name)
        .map(({ objectKey, path, packaging }) => ({ key: objectKey, path, packaging })),
      ...(deployed.get(name) ?? []),
    ],
    directory: own.includes(name) ? bucketFolder(directory, name) : null,
  }));
}

function stacks(inventory: Inventory): EndpointsConfiguration['stacks'] {
  return inventory.stacks.map(({ name, id }) => ({
    name,
    id,
    resources: inventory.resources
      .filter((resource) => resource.stack === name)
      .map(({ logicalId, physicalId, type, metadata }) => ({ logicalId, physicalId, type, metadata })),
  }));
}

function instancesOf(vpc: string, views: Views): InstanceDescription[] {
  return metadataOf(vpc, views).map((instance) => {
    const first = instance.interfaces[0]!;
    const member = views.fleet.instances.find(({ id }) => id === instance.id);
    const statedBy = views.inventory.resources.find(({ key }) => key === member?.statedBy);
    return {
      id: instance.id,
      imageId: instance.imageId,
      type: instance.type,
      zone: instance.zone,
      vpc,
      subnet: first.subnet,
      privateAddress: first.addresses[0]!,
      privateName: instance.privateName,
      publicAddress: first.publicAddress,
      publicName: instance.publicName,
      securityGroups: first.securityGroups,
      tags: instance.tags,
      group: statedBy?.type === 'AWS::AutoScaling::AutoScalingGroup' ? statedBy.physicalId : null,
      stack: statedBy?.stack ?? null,
    };
  });
}
