import { run } from '../host/run.ts';
import {
  addNamespaces,
  configure,
  configureRules6,
  deleteNamespaces,
  loadRuleset,
} from '../namespaces/network-namespace.ts';
import { timeoutsTable } from './flow-timeouts.ts';
import { mapConcurrently } from './map-concurrently.ts';
import { internet } from './names.ts';
import { replaceTable } from './nftables.ts';
import type { FabricPlan, LinkPlan, NamespacePlan } from './plan.ts';

const empty: FabricPlan = { namespaces: [], links: [] };

/**
 * Makes the kernel what `desired` says, given that it is what `applied` says (nothing, at first). Only the difference is carried out: what
 * stays the same is not touched, and no packet of it is lost.
 *
 * @throws ProgramFailed where the kernel refuses; the caller knows both plans and may apply `applied` again
 */
export async function applyFabric(applied: FabricPlan | null, desired: FabricPlan): Promise<void> {
  const before = applied ?? empty;
  const formerNamespaces = new Map(before.namespaces.map((each) => [each.name, each]));
  const formerLinks = new Map(before.links.map((each) => [linkKey(each), each]));
  const keptLinks = new Set(desired.links.map(linkKey));
  const keptNamespaces = new Set(desired.namespaces.map((each) => each.name));
  const addedNamespaces = desired.namespaces.filter((each) => !formerNamespaces.has(each.name));
  const addedLinks = desired.links.filter((each) => !formerLinks.has(linkKey(each)));
  const removedLinks = before.links.filter(
    (each) => !keptLinks.has(linkKey(each)) && keptNamespaces.has(each.ends[0].namespace),
  );

  await addNamespaces(addedNamespaces.map((each) => each.name));
  await mapConcurrently(addedNamespaces, 4, (each) => configure(each.name, settingsOf(each, 'before-rulesets'), []));
  await deleteLinks(removedLinks);
  await addLinks(addedLinks);
  const addedEnds = endsByNamespace(addedLinks);
  const removedEnds = endsByNamespace(removedLinks);
  await mapConcurrently(desired.namespaces, 4, async (each) => {
    const former = formerNamespaces.get(each.name);
    // With the last of IPv6 go its addresses and routes: nothing would be left to take away.
    const { [ipv6Switch]: ipv6, ...settings } = changedSettings(former, each);
    const ends = [addedEnds.get(each.name) ?? [], removedEnds.get(each.name) ?? []] as const;
    await configure(
      each.name,
      { ...(ipv6 === '0' ? { [ipv6Switch]: ipv6 } : {}), ...settings, ...settingsOfLinks(each, ends[0]) },
      changes(former, each, ...ends),
    );
    await configureRules6(each.name, changesOfRules6(former, each));
    if (ipv6 === '1') await configure(each.name, { [ipv6Switch]: ipv6 }, []);
    if (each.ruleset !== (former?.ruleset ?? null)) await loadRuleset(each.name, replaceTable(each.ruleset));
    const timeouts = each.timeouts ?? null;
    if (timeouts !== (former?.timeouts ?? null)) await loadRuleset(each.name, replaceTable(timeouts, timeoutsTable));
  });
  await mapConcurrently(addedNamespaces, 4, (each) => configure(each.name, settingsOf(each, 'after-rulesets'), []));
  await deleteNamespaces(before.namespaces.map((each) => each.name).filter((name) => !keptNamespaces.has(name)));
}

/** From within the region's internet, so that not even for a moment anything stands in the host's namespace. */
async function addLinks(links: readonly LinkPlan[]): Promise<void> {
  if (links.length === 0) return;
  const commands = links.map(({ ends: [one, other], mtu }) =>
    [
      `link add name ${one.name} address ${one.mac} mtu ${mtu} netns ${one.namespace}`,
      `type veth peer name ${other.name} address ${other.mac} mtu ${mtu} netns ${other.namespace}`,
    ].join(' '),
  );
  await run('ip', ['-n', internet, '-batch', '-'], commands.map((command) => `${command}\n`).join(''));
}

async function deleteLinks(links: readonly LinkPlan[]): Promise<void> {
  await mapConcurrently(links, 4, ({ ends: [one] }) => configure(one.namespace, {}, [`link delete ${one.name}`]));
}

function changes(
  former: NamespacePlan | undefined,
  desired: NamespacePlan,
  addedEnds: readonly string[],
  removedEnds: readonly string[],
): string[] {
  // With a link go its routes, addresses and neighbours: the kernel has removed those already.
  const gone = (line: string) => removedEnds.some((name) => line.split(' ').includes(name));
  const removed = (kind: 'addresses' | 'neighbours' | 'routes' | 'rules') =>
    (former?.[kind] ?? []).filter((line) => !desired[kind].includes(line) && !gone(line));
  const added = (kind: 'addresses' | 'neighbours' | 'routes' | 'rules') =>
    desired[kind].filter(
      (line) => !former?.[kind].includes(line) || addedEnds.some((name) => line.split(' ').includes(name)),
    );
  const replaced = new Set(added('routes').map(routeKey));
  return [
    ...(former ? [] : ['link set dev lo up']),
    ...addedEnds.map((name) => `link set dev ${name} up`),
    ...removed('rules').map((line) => `rule delete ${line}`),
    ...removed('routes')
      .filter((line) => !replaced.has(routeKey(line)))
      .map((line) => `route delete ${line}`),
    ...removed('neighbours').map((line) => `neighbour delete ${line}`),
    // New ones first: with its last address an interface loses its routes and neighbours too.
    ...added('addresses').map((line) => `address add ${line}`),
    ...removed('addresses').map((line) => `address delete ${line}`),
    ...added('neighbours').map((line) => `neighbour replace ${line} nud permanent`),
    ...added('routes').map((line) => `route replace ${line}`),
    ...added('rules').map((line) => `rule add ${line}`),
  ];
}

const ipv6Switch = 'ipv6/conf/all/disable_ipv6';

function changesOfRules6(former: NamespacePlan | undefined, { rules6 }: NamespacePlan): string[] {
  const before = former?.rules6 ?? [];
  return [
    ...before.filter((line) => !rules6.includes(line)).map((line) => `rule delete ${line}`),
    ...rules6.filter((line) => !before.includes(line)).map((line) => `rule add ${line}`),
  ];
}

/** The kernel has settings of connection tracking only from the first ruleset that tracks on. */
function settingsOf({ settings }: NamespacePlan, when: 'before-rulesets' | 'after-rulesets'): Record<string, string> {
  return Object.fromEntries(
    Object.entries(settings).filter(([path]) => path.startsWith('netfilter/') === (when === 'after-rulesets')),
  );
}

function changedSettings(former: NamespacePlan | undefined, desired: NamespacePlan): Record<string, string> {
  const before = former?.settings ?? desired.settings;
  return Object.fromEntries(Object.entries(desired.settings).filter(([path, value]) => before[path] !== value));
}

function settingsOfLinks({ linkSettings }: NamespacePlan, links: readonly string[]): Record<string, string> {
  const all = links.flatMap((name) =>
    Object.entries(linkSettings).map(([path, value]) => [path.replace('{link}', name), value]),
  );
  return Object.fromEntries(all);
}

/** Destination and table: what one route replaces another in. */
function routeKey(line: string): string {
  const destination = /^(?:(?:throw|blackhole|local) )?(\S+)/.exec(line)?.[1];
  return `${destination} ${/ table (\S+)/.exec(line)?.[1] ?? 'main'}`;
}

function linkKey({ ends, mtu }: LinkPlan): string {
  return `${ends.map((end) => `${end.namespace} ${end.name} ${end.mac}`).join(' ')} ${mtu}`;
}

function endsByNamespace(links: readonly LinkPlan[]): Map<string, string[]> {
  const names = new Map<string, string[]>();
  for (const { ends } of links) {
    for (const end of ends) {
      names.set(end.namespace, [...(names.get(end.namespace) ?? []), end.name]);
    }
  }
  return names;
}
