import { formatAddress6, formatPrefix6, parseAddress6 } from '@terrace/cloud/address6';
import { internetClient6 } from '@terrace/cloud/allocate/public-addresses';
import type { NetworkView } from '@terrace/cloud/views/network';
import { Fabric } from '../../../region/src/fabric/standalone.ts';
import { openFilters } from '../../src/reach/engine/filters.ts';
import { travel6 } from '../../src/reach/engine/ipv6/travel6.ts';
import type { Step } from '../../src/reach/engine/journey.ts';
import { indexNetwork } from '../../src/reach/engine/network-index.ts';
import { covers, intersect, isEmpty } from '../../src/reach/traffic/intervals.ts';
import { echoRequest, tcpPorts, udpPorts } from '../../src/reach/traffic/traffic-set.ts';
import { random } from '../random.ts';
import { randomNetwork6 } from './random-network6.ts';

interface Flow6 {
  /** An interface's id, or `internet`. */
  readonly from: string;
  /** An interface's id, or `internet`. */
  readonly to: string;
  readonly port: number;
  readonly protocol: 'tcp' | 'udp' | 'icmp';
}

const flowsEach = 50;
const milliseconds = 400;
const maximumFailures = 3;

/** Asks lens and kernel the same by IPv6 about random networks of these seeds. */
export async function compareNetworks6(firstSeed: number, networks: number) {
  const all = { flows: 0, passed: 0, differences: [] as string[] };
  for (let seed = firstSeed; seed < firstSeed + networks && all.differences.length < maximumFailures; seed++) {
    const view = randomNetwork6(seed);
    const flows = randomFlows6(view, seed);
    if (flows.length === 0) continue;
    await using fabric = await Fabric.start(view);
    const first = await differing(fabric, view, flows, milliseconds);
    all.flows += flows.length;
    all.passed += first.passed;
    if (first.flows.length === 0) continue;
    // Silence may be a slow machine: what differs is asked once more, with patience.
    const again = await differing(fabric, view, first.flows, 5 * milliseconds);
    all.differences.push(
      ...again.flows.slice(0, 1).map((flow) => `seed ${seed}: ${again.told.get(flow)}\n${describe(view, flow)}`),
    );
  }
  return all;
}

function randomFlows6(view: NetworkView, seed: number): Flow6[] {
  const chance = random(seed ^ 0x5eed);
  const held = Object.keys(view.modelled!.ipv6.addresses);
  const isStateless = Object.values(view.modelled!.ipv6.entries).every(({ ingress }) => ingress[0]?.ruleNumber === 101);
  if (held.length === 0) return [];
  return Array.from({ length: flowsEach }, (): Flow6 => {
    const from = chance.chance(0.25) ? 'internet' : chance.pick(held);
    const others = held.filter((each) => each !== from);
    const to = from !== 'internet' && (others.length === 0 || chance.chance(0.2)) ? 'internet' : chance.pick(others);
    // Nothing listens, so UDP is told from silence by an ICMP error, which stateless ACLs judge by rules of its own.
    const protocol = isStateless && chance.chance(0.15) ? 'udp' : chance.chance(0.25) ? 'icmp' : 'tcp';
    return { from, to, port: chance.pick([22, 80, 443, 8080]), protocol };
  });
}

async function differing(fabric: Fabric, view: NetworkView, flows: readonly Flow6[], patience: number) {
  const addressOf = (end: string) =>
    formatAddress6(end === 'internet' ? internetClient6 : view.modelled!.ipv6.addresses[end]![0]!);
  const senders = [...new Set(flows.map(({ from }) => from))].map((from) => ({
    from,
    asked: flows.filter((flow) => flow.from === from),
  }));
  const answers = await fabric.probeAll(
    senders.map(({ from, asked }) => ({
      from,
      flows: asked.map(({ to, port, protocol }) => ({ to: addressOf(to), port, protocol })),
    })),
    patience,
  );
  const outcomes = new Map(
    senders.flatMap(({ asked }, sender) => asked.map((flow, index) => [flow, answers[sender]![index]!] as const)),
  );
  const network = indexNetwork(view);
  const filters = openFilters(network);
  const told = new Map<Flow6, string>();
  const client = { first: internetClient6, last: internetClient6, length: 128 };
  for (const flow of flows) {
    const [from, to] = [flow.from, flow.to].map((end) => (end === 'internet' ? null : network.interface(end)!));
    const { allowed, steps } = travel6(network, filters, from ?? null, to ?? null, client)!;
    const packets = packetsOf(flow);
    const kernel = outcomes.get(flow) !== 'timeout';
    const lens = covers(allowed, packets);
    // A refusal ends the kernel's memory of a flow at its first pass of a router: see the limits of docs/reach.md.
    if (lens && !kernel && flow.protocol === 'tcp' && answersByAppliance(steps)) continue;
    // Of several entries that let back some ports alone the kernel may have picked one.
    if (!lens && kernel && steps.some((step) => letsBackSome(step))) continue;
    if (lens !== kernel) told.set(flow, `${JSON.stringify(flow)}: the lens says ${lens}, the kernel ${kernel}`);
  }
  return { flows: [...told.keys()], told, passed: answers.flat().filter((each) => each !== 'timeout').length };
}

function answersByAppliance(steps: readonly Step[]): boolean {
  return steps.some(
    (step) =>
      step.way === 'return' &&
      step.kind === 'six' &&
      step.by.kind === 'table' &&
      step.by.route?.target.kind === 'interface',
  );
}

function letsBackSome(step: Step): boolean {
  return (
    step.kind === 'six' &&
    step.by.kind === 'acl' &&
    step.by.clientPorts !== null &&
    isEmpty(intersect(step.allowed, tcpPorts({ from: 80, to: 80 })))
  );
}

function packetsOf({ protocol, port }: Flow6) {
  if (protocol === 'icmp') return echoRequest;
  return protocol === 'tcp' ? tcpPorts({ from: port, to: port }) : udpPorts({ from: port, to: port });
}

function describe({ modelled, interfaces, subnets, securityGroups }: NetworkView, { from, to }: Flow6): string {
  const { ipv6 } = modelled!;
  const ends = interfaces.filter(({ id }) => id === from || id === to);
  const tables = new Set(ends.map((each) => subnets.find(({ id }) => id === each.subnet)!.routeTable));
  const acls = new Set(ends.map((each) => subnets.find(({ id }) => id === each.subnet)!.networkAcl));
  const groups = new Set(ends.flatMap((each) => each.securityGroups));
  const text = (value: unknown) =>
    JSON.stringify(value, (_key, each) =>
      typeof each?.first === 'string' && parseAddress6(`${formatAddress6(each.first)}`) !== undefined
        ? formatPrefix6(each)
        : each,
    );
  return [
    ...interfaces.map(
      (each) =>
        `  ${each.id} ${ipv6.addresses[each.id]?.map(formatAddress6)} forwards ${!each.sourceDestinationCheck} groups ${each.securityGroups} in ${each.subnet}`,
    ),
    ...[...tables].map((id) => `  ${id}: ${text(ipv6.routes[id])}`),
    ...[...acls].map((id) => `  ${id}: ${text(ipv6.entries[id])}`),
    ...[...groups].map(
      (id) => `  ${id}: ${text(ipv6.rules[id])} ${text(securityGroups.find((each) => each.id === id))}`,
    ),
    `  closed ${ipv6.closed}`,
  ].join('\n');
}
