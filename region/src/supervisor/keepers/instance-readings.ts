import { launchData } from '@terrace/cloud/families/launch-template/launch-data';
import { hasDetailedMonitoring } from '@terrace/cloud/families/launch-template/monitoring';
import { instanceSize } from '@terrace/cloud/instance-size';
import { text } from '@terrace/cloud/property';
import { routerNamespace } from '../../fabric/names.ts';
import { routerLink } from '../../fabric/network-index.ts';
import type { InstanceReading } from '../../families/instance/instance-metrics.ts';
import {
  type InterfaceCounters,
  interfaceCounters,
  otherEnd,
  together,
} from '../../families/instance/interface-counters.ts';
import { processTimes } from '../../families/instance/process-times.ts';
import { namespaceFile } from '../../namespaces/network-namespace.ts';
import type { Outline } from '../../outline.ts';
import type { InstanceKeeper } from './instance-keeper.ts';

/**
 * Reads of every instance that runs what the kernel has counted of it.
 *
 * @param warmingUp members that do not count for their groups yet, by their ids
 */
export async function instanceReadings(
  outline: Outline,
  instances: InstanceKeeper | null,
  warmingUp: ReadonlySet<string>,
): Promise<InstanceReading[]> {
  const { inventory, network, fleet } = outline;
  const running = fleet.instances.filter(({ id }) => instances?.isRunning(id));
  if (!instances || running.length === 0) return [];
  const [checks, counters] = await Promise.all([instances.statusChecks(), countersOf(outline)]);
  const grouped = new Map(running.map(({ id }) => [id, instances.processorTime(id)]));
  const uncounted = running.filter(({ id }) => grouped.get(id) === null).map(({ id }) => namespaceFile(id));
  const byProcesses = uncounted.length > 0 ? processTimes(uncounted) : new Map<string, number>();
  return running.map(({ id, statedBy }) => {
    const resource = inventory.resources.find(({ key }) => key === statedBy)!;
    const data = launchData(inventory, resource);
    const type = text(data, 'InstanceType') ?? null;
    const own = network.interfaces.filter(({ owner }) => owner.kind === 'instance' && owner.id === id);
    const seen = own.flatMap((each) => counters.get(each.id) ?? []);
    return {
      id,
      group: resource.type === 'AWS::AutoScaling::AutoScalingGroup' ? resource.physicalId : null,
      isWarmingUp: warmingUp.has(id),
      type,
      image: text(data, 'ImageId') ?? null,
      isDetailed: hasDetailedMonitoring(inventory, resource),
      vcpus: instanceSize(type ?? '')?.vcpus ?? null,
      processorTime: grouped.get(id) ?? byProcesses.get(namespaceFile(id)) ?? null,
      network: own.length > 0 && seen.length === own.length ? together(seen) : null,
      isImpaired: checks.impaired.has(id),
      isHostImpaired: checks.isHostImpaired,
    };
  });
}

/** By interface, as its owner sees it: a router's end of the link has counted the same. */
async function countersOf({ network }: Outline): Promise<Map<string, InterfaceCounters>> {
  const counters = new Map<string, InterfaceCounters>();
  await Promise.all(
    network.vpcs.map(async ({ id: vpc }) => {
      // A network that is changed at the moment has none.
      const all = await interfaceCounters(routerNamespace(vpc)).catch(() => new Map<string, InterfaceCounters>());
      for (const each of network.interfaces) {
        const found = each.vpc === vpc ? all.get(routerLink.interface(each.id)) : undefined;
        if (found) counters.set(each.id, otherEnd(found));
      }
    }),
  );
  return counters;
}
