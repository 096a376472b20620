import { type Address, formatAddress } from '@terrace/cloud/address';
import { internetClient } from '@terrace/cloud/allocate/public-addresses';
import type { NetworkInterface, NetworkView } from '@terrace/cloud/views/network';
import type { Fabric } from '../../region/src/fabric/standalone.ts';
import { openFilters } from '../src/reach/engine/filters.ts';
import type { Step } from '../src/reach/engine/journey.ts';
import { indexNetwork } from '../src/reach/engine/network-index.ts';
import { travel } from '../src/reach/engine/travel.ts';
import { covers, intersect, isEmpty } from '../src/reach/traffic/intervals.ts';
import { echoRequest, type TrafficSet, tcpPorts, udpPorts } from '../src/reach/traffic/traffic-set.ts';
import { type Random, random } from './random.ts';
import { outside, targets } from './random-network.ts';

export interface AskedFlow {
  /** An interface's id, or `internet`. */
  readonly from: string;
  readonly to: string;
  readonly port: number;
  readonly protocol: 'tcp' | 'udp' | 'icmp';
}

export interface Disagreement {
  readonly flow: AskedFlow;
  readonly lens: 'passes' | 'blocked';
  readonly kernel: string;
}

/** Flows between anything and anything of a network. */
export function randomFlows(view: NetworkView, seed: number, count: number): AskedFlow[] {
  const chance = random(seed ^ 0x5eed);
  const reachable = targets(view);
  const senders = view.interfaces.filter((each) => each.owner.kind === 'instance');
  const held = reachable.filter((address) => !outside.includes(address));
  return Array.from({ length: count }, (): AskedFlow => {
    const fromInternet = chance.chance(0.15);
    return {
      from: fromInternet ? 'internet' : chance.pick(senders).id,
      to: formatAddress(fromInternet ? chance.pick(held) : target(chance, view, reachable)),
      port: chance.pick([22, 80, 443, 8080]),
      protocol: withoutOwnAcls(view) && chance.chance(0.15) ? 'udp' : chance.chance(0.2) ? 'icmp' : 'tcp',
    };
  });
}

function target(chance: Random, view: NetworkView, reachable: readonly Address[]): Address {
  const instances = view.interfaces.filter((each) => each.owner.kind === 'instance');
  return chance.chance(0.6) ? chance.pick(instances).addresses[0]! : chance.pick(reachable);
}

/** Nothing listens, so UDP is told from silence by an ICMP error, which stateless ACLs judge by rules of its own. */
function withoutOwnAcls(view: NetworkView): boolean {
  return view.networkAcls.every((acl) => acl.isDefault);
}

/** Asks lens and kernel the same, and tells where they differ. Where the lens says that it depends on the client's port, either is right. */
export async function disagreements(
  fabric: Fabric,
  view: NetworkView,
  flows: readonly AskedFlow[],
  milliseconds: number,
): Promise<{ readonly differing: readonly Disagreement[]; readonly passed: number }> {
  const bySender = new Map<string, AskedFlow[]>();
  for (const flow of flows) bySender.set(flow.from, [...(bySender.get(flow.from) ?? []), flow]);
  const questions = [...bySender].map(([from, asked]) => ({ from, flows: asked }));
  const outcomes = await fabric.probeAll(questions, milliseconds);
  const lens = openLens(view);
  const differing = questions.flatMap(({ flows: asked }, sender) =>
    asked.flatMap((flow, index): Disagreement[] => {
      const kernel = outcomes[sender]![index]!;
      const said = lens(flow);
      const passes = kernel !== 'timeout';
      if (said === 'depends' || (said === 'passes') === passes) return [];
      return [{ flow, lens: said, kernel }];
    }),
  );
  return { differing, passed: outcomes.flat().filter((outcome) => outcome !== 'timeout').length };
}

/** What the lens says of a flow. */
export function openLens(view: NetworkView): (flow: AskedFlow) => 'passes' | 'blocked' | 'depends' {
  const network = indexNetwork(view);
  const filters = openFilters(network);
  return ({ from, to, port, protocol }) => {
    const sender: NetworkInterface | null = from === 'internet' ? null : network.interface(from)!;
    const address = Number(to.split('.').reduce((sum, octet) => sum * 256 + Number(octet), 0));
    const party = { interface: sender, address: sender ? sender.addresses[0]! : internetClient };
    const { allowed, sometimes, steps } = travel(network, filters, party, address);
    const packets = packetsOf(protocol, port);
    if (covers(allowed, packets)) return protocol === 'tcp' && answersByAppliance(steps) ? 'depends' : 'passes';
    return isEmpty(intersect(sometimes, packets)) ? 'blocked' : 'depends';
  };
}

/**
 * A refusal (RST) ends the kernel's memory of a flow at the first router, so it does not pass the same router twice, as an answer by way of an
 * appliance does. A connection that is accepted does; pings show that it is so.
 */
function answersByAppliance(steps: readonly Step[]): boolean {
  return steps.some((step) => step.way === 'return' && step.kind === 'pass' && step.by.kind === 'interface');
}

function packetsOf(protocol: AskedFlow['protocol'], port: number): TrafficSet {
  if (protocol === 'icmp') return echoRequest;
  return protocol === 'tcp' ? tcpPorts({ from: port, to: port }) : udpPorts({ from: port, to: port });
}
