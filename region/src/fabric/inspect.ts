import { type Words, words } from '@terrace/cloud/words';
import { ProgramFailed, run } from '../host/run.ts';
import { inNamespace } from '../namespaces/network-namespace.ts';
import { timeoutsTable } from './flow-timeouts.ts';
import { mapConcurrently } from './map-concurrently.ts';
import type { FabricPlan, NamespacePlan } from './plan.ts';

/** One mechanism of the fabric: whether the kernel holds it, as found by looking and not by remembering. */
export interface Mechanism {
  readonly name: Words;
  readonly inForce: boolean;
  /** What was looked at and found; what is missing where something is. */
  readonly found: Words;
}

/** Looks into every namespace of a plan and compares what the kernel has with what the plan says. */
export async function inspectFabric(plan: FabricPlan): Promise<Mechanism[]> {
  const found = await mapConcurrently(plan.namespaces, 4, look);
  const each = (differ: (difference: Difference) => readonly string[]) => found.flatMap(differ);
  return [
    mechanism(
      words('route tables', '라우팅 테이블'),
      plan.namespaces.flatMap(({ routes }) => routes).length,
      each(({ routes }) => routes),
    ),
    mechanism(
      words('choice of the route table by subnet', '서브넷별 라우팅 테이블 선택'),
      plan.namespaces.flatMap(({ rules }) => rules).length,
      each(({ rules }) => rules),
    ),
    mechanism(
      words('interfaces and their addresses', '인터페이스와 주소'),
      plan.namespaces.flatMap(({ addresses }) => addresses).length,
      each(({ addresses }) => addresses),
    ),
    mechanism(
      words(
        'security groups, network ACLs, source check, translation',
        '보안 그룹, 네트워크 ACL, 출발지 검사, 주소 변환',
      ),
      plan.namespaces.flatMap(({ ruleset }) => chainsOf(ruleset)).length,
      each(({ chains }) => chains),
    ),
    mechanism(
      words('kernel settings', '커널 설정'),
      plan.namespaces.flatMap(({ settings }) => Object.keys(settings)).length,
      each(({ settings }) => settings),
    ),
  ];
}

interface Difference {
  readonly routes: readonly string[];
  readonly rules: readonly string[];
  readonly addresses: readonly string[];
  readonly chains: readonly string[];
  readonly settings: readonly string[];
}

/** @param missing what is not there of so many things that are expected */
export function mechanism(name: Words, expected: number, missing: readonly string[]): Mechanism {
  return {
    name,
    inForce: missing.length === 0,
    found:
      missing.length === 0
        ? words(`all ${expected} looked up in the kernel`, `커널에서 ${expected}개 모두 확인`)
        : words(
            `${missing.length} of ${expected} missing: ${missing.slice(0, 3).join('; ')}`,
            `${expected}개 중 ${missing.length}개 없음: ${missing.slice(0, 3).join('; ')}`,
          ),
  };
}

async function look(plan: NamespacePlan): Promise<Difference> {
  try {
    const [routes, rules, addresses, chains, settings] = await Promise.all([
      presentRoutes(plan),
      presentRules(plan),
      presentAddresses(plan),
      presentChains(plan),
      presentSettings(plan),
    ]);
    const missing = (wanted: readonly string[], present: ReadonlySet<string>) =>
      wanted.filter((line) => !present.has(line)).map((line) => `${plan.name}: ${line}`);
    return {
      routes: missing(plan.routes.map(routeName), routes),
      rules: missing(plan.rules.map(ruleName), rules),
      addresses: missing(plan.addresses.map(addressName), addresses),
      chains: missing([...chainsOf(plan.ruleset), ...chainsOf(plan.timeouts ?? null)], chains),
      settings: missing(
        Object.entries(plan.settings).map(([path, value]) => `${path} ${value}`),
        settings,
      ),
    };
  } catch (error) {
    if (!(error instanceof ProgramFailed)) throw error;
    const gone = [`${plan.name}: ${error.said.trim().split('\n')[0]}`];
    return { routes: gone, rules: gone, addresses: gone, chains: gone, settings: gone };
  }
}

/** Destination, table and whether it is handed on, dropped or sent by a link: what a packet's way depends on. */
function routeName(line: string): string {
  const kind = /^(throw|blackhole|local) /.exec(line)?.[1] ?? 'unicast';
  const destination = line.replace(/^(throw|blackhole|local) /, '').split(' ')[0]!;
  const device = kind === 'unicast' ? (/ dev (\S+)/.exec(line)?.[1] ?? '') : '';
  return nameOfRoute(
    kind,
    destination,
    / table (\S+)/.exec(line)?.[1] ?? (kind === 'local' ? 'local' : 'main'),
    device,
  );
}

function nameOfRoute(kind: string, destination: string, table: string, device: string): string {
  const plain = destination === 'default' ? '0.0.0.0/0' : destination.replace(/\/32$/, '');
  return `${kind} ${plain} table ${table}${device ? ` dev ${device}` : ''}`;
}

async function presentRoutes({ name, routes }: NamespacePlan): Promise<Set<string>> {
  if (routes.length === 0) return new Set();
  const output = await run('ip', ['-n', name, '-j', 'route', 'show', 'table', 'all']);
  const present = JSON.parse(output || '[]') as { type?: string; dst: string; table?: string; dev?: string }[];
  return new Set(
    present.map(({ type = 'unicast', dst, table = 'main', dev = '' }) =>
      nameOfRoute(type, dst, table, type === 'unicast' ? dev : ''),
    ),
  );
}

function ruleName(line: string): string {
  const mark = / fwmark (\d+)/.exec(line)?.[1];
  const from = / from (\S+)/.exec(line)?.[1] ?? 'all';
  const priority = /^priority (\d+)/.exec(line)?.[1];
  return `${priority} from ${from}${mark ? ` mark ${mark}` : ''} table ${/ lookup (\S+)/.exec(line)?.[1]}`;
}

async function presentRules({ name, rules }: NamespacePlan): Promise<Set<string>> {
  if (rules.length === 0) return new Set();
  const output = await run('ip', ['-n', name, '-j', 'rule', 'show']);
  const present = JSON.parse(output || '[]') as {
    priority: number;
    src: string;
    fwmark?: string;
    table: string;
  }[];
  return new Set(
    present.map(
      ({ priority, src, fwmark, table }) =>
        `${priority} from ${src}${fwmark ? ` mark ${Number(fwmark)}` : ''} table ${table}`,
    ),
  );
}

function addressName(line: string): string {
  return line.replace(/^(\S+) dev (\S+).*$/, '$1 $2');
}

async function presentAddresses({ name }: NamespacePlan): Promise<Set<string>> {
  const output = await run('ip', ['-n', name, '-j', 'address', 'show']);
  const present = JSON.parse(output || '[]') as {
    ifname: string;
    flags: string[];
    addr_info: { local: string; prefixlen: number }[];
  }[];
  return new Set(
    present
      .filter(({ flags }) => flags.includes('UP'))
      .flatMap(({ ifname, addr_info }) => addr_info.map(({ local, prefixlen }) => `${local}/${prefixlen} ${ifname}`)),
  );
}

/** How many such elements there are says nothing: that the set is there is looked for. */
const filledByPackets = 'filled by packets';

/** Each chain with the number of its rules, and each map and set with the number of its elements, unless packets fill it. */
function chainsOf(ruleset: string | null): string[] {
  if (ruleset === null) return [];
  const named: string[] = [];
  for (const block of ruleset.matchAll(/^ {2}(chain|map|set) (\w+) \{\n([\s\S]*?)\n {2}\}$/gm)) {
    const [, kind, name, body = ''] = block;
    const lines = body.split('\n').map((line) => line.trim());
    const count =
      kind === 'chain' ? lines.filter((line) => line !== '' && !line.startsWith('type ')).length : elementsOf(body);
    named.push(`${kind} ${name} ${/^\s*flags dynamic$/m.test(body) ? filledByPackets : count}`);
  }
  return named;
}

function elementsOf(body: string): number {
  const elements = /elements = \{([\s\S]*)\}/.exec(body)?.[1];
  return elements === undefined ? 0 : elements.split(',').filter((each) => each.trim() !== '').length;
}

interface NftObject {
  readonly chain?: { readonly name: string };
  readonly rule?: { readonly chain: string };
  readonly map?: { readonly name: string; readonly elem?: readonly unknown[] };
  readonly set?: { readonly name: string; readonly elem?: readonly unknown[] };
}

async function presentChains({ name, ruleset, timeouts }: NamespacePlan): Promise<Set<string>> {
  const tables = [...(ruleset === null ? [] : ['terrace']), ...(timeouts ? [timeoutsTable] : [])];
  const present = await Promise.all(tables.map((table) => presentIn(name, table)));
  return new Set(present.flat());
}

async function presentIn(namespace: string, table: string): Promise<string[]> {
  const [program, rest] = inNamespace(namespace, 'nft', '-j', 'list', 'table', 'ip', table);
  const { nftables } = JSON.parse(await run(program, rest)) as { nftables: NftObject[] };
  const rules = new Map<string, number>();
  for (const { rule } of nftables) {
    if (rule) rules.set(rule.chain, (rules.get(rule.chain) ?? 0) + 1);
  }
  return nftables.flatMap(({ chain, map, set }) => [
    ...(chain ? [`chain ${chain.name} ${rules.get(chain.name) ?? 0}`] : []),
    ...(map ? [`map ${map.name} ${map.elem?.length ?? 0}`] : []),
    ...(set ? [`set ${set.name} ${set.elem?.length ?? 0}`, `set ${set.name} ${filledByPackets}`] : []),
  ]);
}

async function presentSettings({ name, settings }: NamespacePlan): Promise<Set<string>> {
  const paths = Object.keys(settings);
  const [program, rest] = inNamespace(
    name,
    'sh',
    '-c',
    paths.map((path) => `echo "${path} $(cat /proc/sys/net/${path})"`).join('\n'),
  );
  const output = await run(program, rest);
  return new Set(output.split('\n').map((line) => line.replaceAll('\t', ' ')));
}
