import type { Unknown } from '@terrace/cloud/views/network';
import { type Component, component } from '../engine/components.ts';
import type { Journey, Way } from '../engine/journey.ts';
import type { NetworkIndex } from '../engine/network-index.ts';
import { covers, intersect, isEmpty } from '../traffic/intervals.ts';
import type { TrafficSet } from '../traffic/traffic-set.ts';
import type { Blocker } from './blocker.ts';

/** What keeps an answer from being known: each with its place, and what would have to be stated or modelled. */
export function unknownsOf(network: NetworkIndex, journey: Journey, wanted: TrafficSet): Blocker[] {
  const found = journey.steps.flatMap((step): Blocker[] => {
    if (step.kind === 'doubt') {
      return step.of && isEmpty(intersect(step.of, wanted)) ? [] : [toBlocker(step.unknown, step.at, step.way)];
    }
    if ((step.kind !== 'group' && step.kind !== 'acl') || !step.perhaps) return [];
    const { least, unknowns } = step.perhaps;
    if (covers(least, step.asks ?? wanted)) return [];
    const at =
      step.kind === 'acl'
        ? component('network-acl', step.acl)
        : component('security-group', network.securityGroup(step.interface.securityGroups[0] ?? '') ?? step.interface);
    return unknowns.map((each) => toBlocker(each, at, step.way));
  });
  return found.filter(
    (each, index) => found.findIndex((one) => one.code === each.code && one.cause.en === each.cause.en) === index,
  );
}

function toBlocker({ code, cause, next }: Unknown, at: Component, way: Way): Blocker {
  return { code, way, component: at, cause, next, change: null };
}
