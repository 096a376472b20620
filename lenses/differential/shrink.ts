import { formatAddress, formatPrefix } from '@terrace/cloud/address';
import type { NetworkView } from '@terrace/cloud/views/network';
import { Fabric } from '../../region/src/fabric/standalone.ts';
import { type Disagreement, disagreements } from './disagreements.ts';

/** Takes things out of a network as long as lens and kernel go on differing about the flow, and tells what is left. */
export async function shrink(view: NetworkView, found: Disagreement, milliseconds: number): Promise<string> {
  let smallest = view;
  let latest = found;
  let left = maximumTries;
  for (let shrunk = true; shrunk && left > 0; ) {
    shrunk = false;
    for (const candidate of smaller(smallest, found)) {
      if (left-- === 0) break;
      const still = await differs(candidate, found, milliseconds);
      if (!still) continue;
      latest = still;
      smallest = candidate;
      shrunk = true;
      break;
    }
  }
  return describe(smallest, latest);
}

const maximumTries = 150;

/** Whether lens and kernel differ in the same way about a candidate; not where what was taken out is needed by something else. */
async function differs(
  candidate: NetworkView,
  found: Disagreement,
  milliseconds: number,
): Promise<Disagreement | undefined> {
  try {
    await using fabric = await Fabric.start(candidate);
    const { differing } = await disagreements(fabric, candidate, [found.flow], milliseconds);
    const [still] = differing;
    return still?.kernel === found.kernel ? still : undefined;
  } catch {
    return undefined;
  }
}

/** Every network with one thing less. */
function* smaller(view: NetworkView, { flow }: Disagreement): Generator<NetworkView> {
  for (const vpc of view.vpcs) {
    const uses = view.interfaces.some((each) => each.vpc === vpc.id && concerns(each, flow));
    if (!uses && view.vpcs.length > 1) yield withoutVpc(view, vpc.id);
  }
  for (const each of view.interfaces) {
    if (concerns(each, flow)) continue;
    yield withoutInterface(view, each.id);
  }
  for (const each of view.peerings) {
    yield {
      ...view,
      peerings: view.peerings.filter((other) => other !== each),
      routeTables: withoutTarget(view, each.id),
    };
  }
  for (const table of view.routeTables) {
    for (const route of table.routes) {
      if (route.target.kind === 'local') continue;
      const changed = { ...table, routes: table.routes.filter((other) => other !== route) };
      yield { ...view, routeTables: view.routeTables.map((other) => (other === table ? changed : other)) };
    }
  }
  for (const direction of ['ingress', 'egress'] as const) {
    for (const acl of view.networkAcls) {
      for (const entry of acl[direction]) {
        const changed = { ...acl, [direction]: acl[direction].filter((other) => other !== entry) };
        yield { ...view, networkAcls: view.networkAcls.map((other) => (other === acl ? changed : other)) };
      }
    }
    for (const group of view.securityGroups) {
      for (const rule of group[direction]) {
        const changed = { ...group, [direction]: group[direction].filter((other) => other !== rule) };
        yield { ...view, securityGroups: view.securityGroups.map((other) => (other === group ? changed : other)) };
      }
    }
  }
}

function concerns(each: NetworkView['interfaces'][number], flow: Disagreement['flow']): boolean {
  const addresses = [...each.addresses, ...(each.publicAddress === null ? [] : [each.publicAddress])];
  return each.id === flow.from || addresses.map(formatAddress).includes(flow.to);
}

function withoutInterface(view: NetworkView, id: string): NetworkView {
  const nats = view.natGateways.filter((each) => each.interface === id).map((each) => each.id);
  const gone = new Set([id, ...nats]);
  return {
    ...view,
    interfaces: view.interfaces.filter((each) => each.id !== id),
    natGateways: view.natGateways.filter((each) => each.interface !== id),
    routeTables: withoutTargets(view, gone),
  };
}

function withoutVpc(view: NetworkView, id: string): NetworkView {
  const peerings = view.peerings.filter((each) => each.requester === id || each.accepter === id);
  const gone = new Set(peerings.map((each) => each.id));
  return {
    vpcs: view.vpcs.filter((each) => each.id !== id),
    subnets: view.subnets.filter((each) => each.vpc !== id),
    routeTables: withoutTargets(view, gone).filter((each) => each.vpc !== id),
    networkAcls: view.networkAcls.filter((each) => each.vpc !== id),
    securityGroups: view.securityGroups.filter((each) => each.vpc !== id),
    prefixLists: view.prefixLists,
    interfaces: view.interfaces.filter((each) => each.vpc !== id),
    internetGateways: view.internetGateways.filter((each) => each.vpc !== id),
    natGateways: view.natGateways.filter((each) => each.vpc !== id),
    peerings: view.peerings.filter((each) => !gone.has(each.id)),
    gatewayEndpoints: view.gatewayEndpoints.filter((each) => each.vpc !== id),
  };
}

function withoutTarget(view: NetworkView, id: string): NetworkView['routeTables'] {
  return withoutTargets(view, new Set([id]));
}

function withoutTargets(view: NetworkView, gone: ReadonlySet<string>): NetworkView['routeTables'] {
  return view.routeTables.map((table) => ({
    ...table,
    routes: table.routes.filter(({ target }) => !('id' in target && gone.has(target.id))),
  }));
}

function describe(view: NetworkView, { flow, lens, kernel }: Disagreement): string {
  const routes = view.routeTables.flatMap((table) =>
    table.routes.map(
      ({ destination, target }) =>
        `  ${table.id}: ${formatPrefix(destination)} → ${target.kind} ${'id' in target ? target.id : ''}`,
    ),
  );
  const interfaces = view.interfaces.map((each) => {
    const subnet = view.subnets.find((other) => other.id === each.subnet)!;
    const addresses = each.addresses.map(formatAddress).join(', ');
    const facing = each.publicAddress === null ? '' : ` public ${formatAddress(each.publicAddress)}`;
    const forwards = each.sourceDestinationCheck ? '' : ' forwards';
    return `  ${each.id}: ${addresses}${facing}${forwards} in ${subnet.id} ${formatPrefix(subnet.range)} (${subnet.routeTable}, ${subnet.networkAcl}) groups ${each.securityGroups.join(', ')}`;
  });
  const used = new Set(view.interfaces.flatMap((each) => each.securityGroups));
  const rules = view.securityGroups
    .filter((group) => used.has(group.id))
    .flatMap((group) => [
      ...group.ingress.map((rule) => `  ${group.id} in: ${JSON.stringify(rule.traffic)} ${JSON.stringify(rule.peer)}`),
      ...group.egress.map((rule) => `  ${group.id} out: ${JSON.stringify(rule.traffic)} ${JSON.stringify(rule.peer)}`),
    ]);
  const entries = view.networkAcls.flatMap((acl) => [
    ...acl.ingress.map(
      (each) =>
        `  ${acl.id} in: ${each.ruleNumber} ${each.action} ${JSON.stringify(each.traffic)} ${formatPrefix(each.range)}`,
    ),
    ...acl.egress.map(
      (each) =>
        `  ${acl.id} out: ${each.ruleNumber} ${each.action} ${JSON.stringify(each.traffic)} ${formatPrefix(each.range)}`,
    ),
  ]);
  return [
    `${flow.from} → ${flow.to} ${flow.protocol} ${flow.port}: the lens says ${lens}, the kernel ${kernel}`,
    ...interfaces,
    ...routes,
    ...rules,
    ...entries,
  ].join('\n');
}
