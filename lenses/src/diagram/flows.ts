import type { NetworkInterface, NetworkView } from '@terrace/cloud/views/network';
import { openReach } from '../reach/ask.ts';
import { journeys, type ResolvedIntent } from '../reach/intent-check.ts';
import { covers } from '../reach/intervals.ts';
import { openFlows } from '../reach/open-flows.ts';
import { describeTraffic, type TrafficSet } from '../reach/traffic-set.ts';
import { type Drawing, internetItem, itemOf, type Link, type Mark } from './drawing.ts';

/** The allowed flows that intents state: as they are meant, red where they do not hold. */
export function intentLinks(view: NetworkView, resolved: readonly ResolvedIntent[]): Link[] {
  const reach = openReach(view);
  const links = new Map<string, Link>();
  for (const each of resolved) {
    if (each.intent.verdict !== 'allow') continue;
    for (const { sender, receiver, journey } of journeys(reach, each)) {
      const mark: Mark = covers(journey.allowed, each.traffic) ? 'plain' : 'bad';
      const link = flow(itemFor(sender.interface), itemFor(receiver.interface), label(each.traffic), mark);
      if (links.get(link.id)?.mark !== 'bad') links.set(link.id, link);
    }
  }
  return [...links.values()];
}

/** Everything that is open. */
export function reachLinks(view: NetworkView): Link[] {
  const links = new Map<string, Link>();
  for (const { from, to, traffic } of openFlows(openReach(view))) {
    const link = flow(itemForRole(view, from.key), itemForRole(view, to.key), label(traffic), 'plain');
    links.set(link.id, link);
  }
  return [...links.values()];
}

export function withLinks(drawing: Drawing, links: readonly Link[]): Drawing {
  return { ...drawing, links: [...drawing.links, ...links.filter((each) => each.from !== each.to)] };
}

export function itemFor(each: NetworkInterface | null): string {
  return each ? itemOf(each) : internetItem;
}

export function flow(from: string, to: string, text: string, mark: Mark): Link {
  return { id: `flow ${from} > ${to} ${text}`, from, to, label: text, kind: 'flow', mark };
}

function itemForRole(view: NetworkView, key: string): string {
  if (key === 'internet') return internetItem;
  const member = view.interfaces.find((each) => {
    const subnet = view.subnets.find((other) => other.id === each.subnet)!;
    return `${each.statedBy ?? each.id}@${subnet.statedBy ?? subnet.id}` === key;
  });
  return itemFor(member ?? null);
}

function label(traffic: TrafficSet): string {
  const text = describeTraffic(traffic);
  return text.length > 28 ? `${text.slice(0, 27)}…` : text;
}
