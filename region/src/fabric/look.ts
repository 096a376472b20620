import { ProgramFailed, run } from '../host/run.ts';
import { inNamespace } from '../namespaces/network-namespace.ts';
import { timeoutsTable } from './flow-timeouts.ts';
import { mapConcurrently } from './map-concurrently.ts';
import type { FabricPlan, NamespacePlan } from './plan.ts';
import { differing, objectsOnceLoaded, type RulesetObjects, readObjects } from './ruleset-objects.ts';

/** What the kernel lacks of one namespace's plan, each as the plan has it. */
export interface Lacking {
  readonly namespace: string;
  /** Names of links that are not there. */
  readonly links: readonly string[];
  /** Names of links that are there, and down, or with another address or size. */
  readonly altered: readonly string[];
  readonly addresses: readonly string[];
  readonly neighbours: readonly string[];
  readonly routes: readonly string[];
  readonly rules: readonly string[];
  readonly rules6: readonly string[];
  /** Chains, maps and sets that are not there or say something else, by their table. */
  readonly tables: readonly { readonly table: string; readonly objects: readonly string[] }[];
  /** Paths below `/proc/sys/net/`. */
  readonly settings: readonly string[];
  /** Why it could not be looked into; everything of it may be gone. */
  readonly unseen: string | null;
}

/** Looks into namespaces of a plan and compares what the kernel has with what the plan says. */
export function lookInto(plan: FabricPlan, names: ReadonlySet<string>): Promise<Lacking[]> {
  const links = linksByNamespace(plan);
  const looked = plan.namespaces.filter(({ name }) => names.has(name));
  return mapConcurrently(looked, 4, (each) => look(each, links.get(each.name) ?? []));
}

/** In words of a person who knows Linux. */
export function lackingLines(lacking: Lacking): string[] {
  return [
    ...(lacking.unseen === null ? [] : [lacking.unseen]),
    ...lacking.links.map((name) => `interface ${name}`),
    ...lacking.altered.map((name) => `state of interface ${name}`),
    ...lacking.addresses.map((line) => `address ${line}`),
    ...lacking.neighbours.map((line) => `neighbour ${line}`),
    ...lacking.routes.map((line) => `route ${line}`),
    ...[...lacking.rules, ...lacking.rules6].map((line) => `rule ${line}`),
    ...lacking.tables.flatMap(({ table, objects }) => objects.map((each) => `nftables ${table} ${each}`)),
    ...lacking.settings.map((path) => `setting ${path}`),
  ];
}

interface Link {
  readonly name: string;
  readonly mac: string;
  readonly mtu: number;
}

function linksByNamespace({ links }: FabricPlan): Map<string, Link[]> {
  const found = new Map<string, Link[]>();
  for (const { ends, mtu } of links) {
    for (const { namespace, name, mac } of ends)
      found.set(namespace, [...(found.get(namespace) ?? []), { name, mac, mtu }]);
  }
  return found;
}

async function look(plan: NamespacePlan, links: readonly Link[]): Promise<Lacking> {
  const nothing = {
    links: [],
    altered: [],
    addresses: [],
    neighbours: [],
    routes: [],
    rules: [],
    rules6: [],
    tables: [],
    settings: [],
  };
  try {
    const present = await ask(plan);
    const missing = (wanted: readonly string[], nameOf: (line: string) => string, names: Iterable<string>) => {
      const there = new Set(names);
      return wanted.filter((line) => !there.has(nameOf(line)));
    };
    const byName = new Map(present.links.map((each) => [each.ifname, each]));
    const loopback = byName.get('lo');
    return {
      namespace: plan.name,
      links: links.filter(({ name }) => !byName.has(name)).map(({ name }) => name),
      altered: [
        ...(loopback && !loopback.flags.includes('UP') ? ['lo'] : []),
        ...links.filter((each) => isAltered(each, byName.get(each.name))).map(({ name }) => name),
      ],
      addresses: missing(
        plan.addresses,
        (line) => line.replace(/^(\S+) dev (\S+).*$/, '$1 $2'),
        present.links.flatMap(({ ifname, addr_info }) =>
          addr_info.map(({ local, prefixlen }) => `${local}/${prefixlen} ${ifname}`),
        ),
      ),
      neighbours: missing(
        plan.neighbours,
        (line) => line.replace(/^(\S+) lladdr (\S+) dev (\S+).*$/, '$1 $2 $3'),
        present.neighbours.map(({ dst, lladdr, dev }) => `${dst} ${lladdr} ${dev}`),
      ),
      routes: missing(plan.routes, routeName, present.routes.map(presentRouteName)),
      rules: missing(plan.rules, ruleName, present.rules.map(presentRuleName)),
      rules6: missing(plan.rules6, ruleName, present.rules6.map(presentRuleName)),
      tables: await lackingTables(plan, present.objects),
      settings: Object.keys(plan.settings).filter((path) => present.settings.get(path) !== plan.settings[path]),
      unseen: null,
    };
  } catch (error) {
    if (!(error instanceof ProgramFailed)) throw error;
    return { namespace: plan.name, ...nothing, unseen: error.said.trim().split('\n')[0] || error.message };
  }
}

function isAltered({ mac, mtu }: Link, present: PresentLink | undefined): boolean {
  return present !== undefined && (!present.flags.includes('UP') || present.address !== mac || present.mtu !== mtu);
}

async function lackingTables(
  { ruleset, timeouts = null }: NamespacePlan,
  present: RulesetObjects,
): Promise<{ table: string; objects: string[] }[]> {
  const wanted = await objectsOnceLoaded(`${ruleset ?? ''}${timeouts ?? ''}`);
  return [...(ruleset === null ? [] : [filterTable]), ...(timeouts === null ? [] : [timeoutsTable])]
    .map((table) => ({ table, objects: differing(wanted.get(table) ?? new Map(), present.get(table) ?? new Map()) }))
    .filter(({ objects }) => objects.length > 0);
}

/** The table that `NamespacePlan.ruleset` is. */
export const filterTable = 'terrace';

interface PresentLink {
  readonly ifname: string;
  readonly flags: readonly string[];
  readonly mtu: number;
  readonly address?: string;
  readonly addr_info: readonly { readonly local: string; readonly prefixlen: number }[];
}

interface PresentRoute {
  readonly type?: string;
  readonly dst: string;
  readonly table?: string;
  readonly dev?: string;
  readonly gateway?: string;
  /** Of IPv6 alone. */
  readonly pref?: string;
}

interface PresentRule {
  readonly priority: number;
  readonly src: string;
  readonly fwmark?: string;
  readonly table: string;
}

interface PresentNeighbour {
  readonly dst: string;
  readonly lladdr: string;
  readonly dev: string;
}

interface Present {
  readonly links: readonly PresentLink[];
  readonly routes: readonly PresentRoute[];
  readonly rules: readonly PresentRule[];
  readonly rules6: readonly PresentRule[];
  readonly neighbours: readonly PresentNeighbour[];
  readonly objects: RulesetObjects;
  readonly settings: ReadonlyMap<string, string>;
}

/** Apart by a line of its own: what `ip` says, what `nft` says, and a line for each setting. */
const border = '-- terrace --';

/** All of it in one process of the namespace. Words: whether nftables and the rules of IPv6 are asked too, then paths of settings. */
const questions = `
ip -j -batch - || exit
echo; echo '${border}'
if [ "$1" = nft ]; then nft -j -s list ruleset || exit; fi
echo; echo '${border}'
if [ "$2" = ip6 ]; then ip -6 -j rule show || exit; fi
shift 2
echo; echo '${border}'
if [ $# -gt 0 ]; then cd /proc/sys/net && grep -H '' "$@"; fi
:
`;

async function ask({ name, settings, rules6, ruleset, timeouts = null }: NamespacePlan): Promise<Present> {
  const filters = ruleset !== null || timeouts !== null;
  const words = ['sh', filters ? 'nft' : '', rules6.length > 0 ? 'ip6' : '', ...Object.keys(settings)];
  const [program, rest] = inNamespace(name, 'sh', '-c', questions, ...words);
  const commands = ['address show', 'route show table all', 'rule show', 'neighbour show nud permanent'];
  const output = await run(program, rest, commands.map((each) => `${each}\n`).join(''));
  const [said = '', listed = '', six = '', values = ''] = output.split(`\n${border}\n`);
  const all = said
    .split('\n')
    .filter((line) => line.trim() !== '')
    .flatMap((line) => JSON.parse(line) as object[]);
  return {
    links: all.filter((each): each is PresentLink => 'ifname' in each),
    routes: all.filter((each): each is PresentRoute => 'dst' in each && !('lladdr' in each)),
    rules: all.filter((each): each is PresentRule => 'priority' in each),
    rules6: six.trim() === '' ? [] : (JSON.parse(six) as PresentRule[]),
    neighbours: all.filter((each): each is PresentNeighbour => 'lladdr' in each),
    objects: filters ? readObjects(listed) : new Map(),
    // `PATH:VALUE`; of a path that is not there, nothing.
    settings: new Map(
      values
        .split('\n')
        .map((line) => line.replaceAll('\t', ' '))
        .map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1)]),
    ),
  };
}

/** Destination, table, and whether it is handed on, dropped or sent by which link to whom: all that a packet's way depends on. */
function routeName(line: string): string {
  const kind = /^(throw|blackhole|local) /.exec(line)?.[1] ?? 'unicast';
  const word = (name: string) => new RegExp(` ${name} (\\S+)`).exec(line)?.[1];
  return nameOfRoute({
    kind,
    destination: line.replace(/^(throw|blackhole|local) /, '').split(' ')[0]!,
    table: word('table') ?? (kind === 'local' ? 'local' : 'main'),
    device: word('dev') ?? '',
    gateway: word('via') ?? '',
  });
}

function presentRouteName(route: PresentRoute): string {
  const { type = 'unicast', dst, table = 'main', dev = '', gateway = '', pref } = route;
  const destination = dst === 'default' && pref !== undefined ? '::/0' : dst;
  return nameOfRoute({ kind: type, destination, table, device: dev, gateway });
}

interface RouteParts {
  readonly kind: string;
  readonly destination: string;
  readonly table: string;
  readonly device: string;
  readonly gateway: string;
}

function nameOfRoute({ kind, destination, table, device, gateway }: RouteParts): string {
  const plain = destination === 'default' ? '0.0.0.0/0' : withoutHostLength(destination);
  const way = kind === 'unicast' ? ` dev ${device} via ${gateway}` : '';
  return `${kind} ${plain} table ${table}${way}`;
}

function withoutHostLength(destination: string): string {
  return destination.replace(destination.includes(':') ? /\/128$/ : /\/32$/, '');
}

function ruleName(line: string): string {
  const mark = / fwmark (\d+)/.exec(line)?.[1];
  const from = / from (\S+)/.exec(line)?.[1] ?? 'all';
  const priority = /^priority (\d+)/.exec(line)?.[1];
  return `${priority} from ${from}${mark ? ` mark ${mark}` : ''} table ${/ lookup (\S+)/.exec(line)?.[1]}`;
}

function presentRuleName({ priority, src, fwmark, table }: PresentRule): string {
  return `${priority} from ${src}${fwmark ? ` mark ${Number(fwmark)}` : ''} table ${table}`;
}
