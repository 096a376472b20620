import { totalmem } from 'node:os';
import { formatAddress } from '@terrace/cloud/address';
import { launchData } from '@terrace/cloud/families/launch-template/launch-data';
import { instanceSize } from '@terrace/cloud/instance-size';
import type { JsonObject } from '@terrace/cloud/json';
import { number, object, objects, text } from '@terrace/cloud/property';
import { rollsInstances } from '@terrace/cloud/validate/update-effects';
import { distributionOf } from '@terrace/cloud/views/distribution';
import type { FleetInstance } from '@terrace/cloud/views/fleet';
import type { Place } from '../../bounds/hierarchy.ts';
import { decodeUserData } from '../../compute/cloud-init/user-data.ts';
import { plainImage } from '../../compute/images.ts';
import type { InstanceSpecification } from '../../compute/running-instance.ts';
import { type Userland, userlands } from '../../compute/userland/distributions.ts';
import { namespaceFile } from '../../namespaces/network-namespace.ts';
import { instanceName, type Outline, primaryInterface, standing } from '../../outline.ts';
import type { Unbounded } from '../summary.ts';
import { unboundedOf } from '../unbounded.ts';

/** Gibibytes of a root volume that nothing states: what Amazon Linux 2023 has. */
const statedByNobody = 8;

/** What an instance is launched with: another one takes its place where this changes, as `whatIsLaunched` compares it. */
export function specificationOf(outline: Outline, member: FleetInstance): InstanceSpecification {
  const { inventory, network, names } = outline;
  const statedBy = inventory.resources.find((each) => each.key === member.statedBy)!;
  const primary = primaryInterface(network, member.id);
  if (!primary) throw new Error(`${member.id} has no interface in the network view`);
  const vpc = network.vpcs.find((each) => each.id === primary.vpc)!;
  const { namespace } = standing(primary);
  const named = names.instances.find((each) => each.id === member.id);
  const launch = launchData(inventory, statedBy);
  const userData = text(launch, 'UserData');
  const { distribution } = distributionOf(inventory, launch);
  if (distribution === 'windows') throw new Error(`${member.id} has an image of Windows, which is not launched`);
  const userland: Userland = distribution;
  return {
    id: member.id,
    hostName: named?.privateName ?? member.id,
    network: namespaceFile(namespace),
    forwards: network.interfaces.some(
      ({ owner, sourceDestinationCheck }) =>
        owner.kind === 'instance' && owner.id === member.id && !sourceDestinationCheck,
    ),
    resolver: formatAddress(vpc.ranges[0]!.base + 2),
    searchDomain: `${inventory.region}.compute.internal`,
    userData: userData === undefined ? null : decodeUserData(userData),
    timeZone: 'UTC',
    image: plainImage,
    diskBytes: diskBytes(launch),
    size: instanceSize(text(launch, 'InstanceType') ?? ''),
    userland,
    repository: userlands[userland].repository(inventory.region),
  };
}

/** By which two launches are told apart. A source/destination check changes without a new launch, and then acts at the next one. */
export function whatIsLaunched({ forwards: _, ...rest }: InstanceSpecification): string {
  return JSON.stringify(rest);
}

/**
 * The root volume's size, but no more than half of the machine's memory, which it is made of. A first volume of another name than the
 * root's is an additional one.
 *
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/device_naming.html
 */
function diskBytes(launch: JsonObject): number {
  const root = objects(launch, 'BlockDeviceMappings').find((each) =>
    ['/dev/xvda', '/dev/sda1'].includes(text(each, 'DeviceName') ?? ''),
  );
  const gibibytes = (root && number(object(root, 'Ebs'), 'VolumeSize')) ?? statedByNobody;
  return Math.min(gibibytes * 1024 ** 3, Math.floor(totalmem() / 2));
}

/** Whether others take the places of members that are not as their group launches them now. */
export function isRolled({ inventory }: Outline, member: FleetInstance): boolean {
  return rollsInstances(inventory.resources.find((each) => each.key === member.statedBy)!);
}

/** Instances that the kernel does not hold to the size of their type. */
export function unboundedIn(outline: Outline, place: Place): Unbounded[] {
  return unboundedOf(
    outline.fleet.instances.map((each) => {
      const statedBy = outline.inventory.resources.find(({ key }) => key === each.statedBy)!;
      const type = text(launchData(outline.inventory, statedBy), 'InstanceType') ?? '';
      return { name: instanceName(outline, each.id), type };
    }),
    place,
  );
}
