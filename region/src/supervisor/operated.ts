import type { EventBus } from '../events/event-bus.ts';
import { namespaceOf } from '../fabric/compile-interface.ts';
import { InstanceMetrics } from '../families/instance/instance-metrics.ts';
import { type NatCounters, NatGatewayMetrics, natCountersOf } from '../families/nat-gateway/nat-gateway-metrics.ts';
import type { Operated } from '../operations/operations.ts';
import type { Outline } from '../outline.ts';
import { instanceReadings } from './keepers/instance-readings.ts';
import type { Parts } from './parts.ts';
import type { Replacements } from './replacements.ts';
import type { ScheduledChanges } from './scheduled-changes.ts';

/** What the region's operations read of its parts and its schedule, and how they launch what is missing. */
export function operatedBy(
  parts: Parts,
  schedule: ScheduledChanges,
  replacements: Replacements,
  region: Pick<Operated, 'clock' | 'present' | 'failed'> & { readonly events: EventBus; isChanging(): boolean },
): Operated {
  const { clock, present, failed, events } = region;
  const instances = new InstanceMetrics();
  const nats = new NatGatewayMetrics();
  return {
    clock,
    present,
    failed,
    signer: () => parts.issueSigner('sns.amazonaws.com'),
    publish: (event) => events.publish(event),
    sizesOf: (group) => schedule.sizesOf(group),
    scale: (group, desired) => schedule.scaleTo(group.key, desired),
    actOnInstance: (id, action) => replacements.byAlarm(id, action),
    isLeaving: (id) => schedule.isLeaving(id),
    stateOf: (id) => parts.instances?.stateOf(id) ?? 'terminated',
    shortages: (outline) => schedule.shortages(outline),
    unhealthy: () => parts.instances?.foundUnhealthy ?? new Map(),
    measure: async (at, warmingUp) => {
      const outline = present();
      return [
        ...[
          ...(await parts.balancers.measure()),
          ...parts.databases.measure(),
          ...nats.measure(outline ? await natCounts(outline) : new Map()),
        ].map((each) => ({ ...each, at })),
        ...(outline
          ? instances.measure(await instanceReadings(outline, parts.instances, warmingUp), at, performance.now())
          : []),
      ];
    },
    // A change that is under way launches them itself.
    launchMissing: async () => void (region.isChanging() || (await schedule.launchMissing())),
  };
}

/** By their ids; one whose network is changed at the moment is left out. */
async function natCounts({ network }: Outline): Promise<Map<string, NatCounters>> {
  const counted = new Map<string, NatCounters>();
  await Promise.all(
    network.interfaces.map(async (each) => {
      if (each.owner.kind !== 'nat-gateway') return;
      const counters = await natCountersOf(namespaceOf(each)).catch(() => null);
      if (counters) counted.set(each.owner.id, counters);
    }),
  );
  return counted;
}
