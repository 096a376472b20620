import { run } from '../host/run.ts';

/** What `nft -j` lists of a ruleset, by table and then by the name of the thing, as `chain forward` or `ip6 chain forward`: its content as text that can be compared. */
export type RulesetObjects = ReadonlyMap<string, ReadonlyMap<string, string>>;

/**
 * What the kernel has once these tables are loaded: they are loaded where nobody lives, into a network namespace that ends with the question.
 *
 * @param text of nftables; the same text is asked for once
 */
export function objectsOnceLoaded(text: string): Promise<RulesetObjects> {
  const known = asked.get(text);
  if (known) return known;
  if (asked.size >= mostAsked) asked.clear();
  const answer = run('unshare', ['--net', 'sh', '-c', 'nft -f - && nft -j -s list ruleset'], text).then(readObjects);
  asked.set(text, answer);
  answer.catch(() => asked.delete(text));
  return answer;
}

const mostAsked = 500;
const asked = new Map<string, Promise<RulesetObjects>>();

/** @param listed what `nft -j -s list ruleset` printed */
export function readObjects(listed: string): RulesetObjects {
  const entries = (JSON.parse(listed) as { nftables: Record<string, NftObject>[] }).nftables.map(
    (each) => Object.entries(each)[0]!,
  );
  const filled = setsFilledByPackets(entries);
  const tables = new Map<string, Map<string, string>>();
  for (const [kind, object] of entries) {
    if (kind === 'metainfo') continue;
    const table = kind === 'table' ? object.name! : object.table!;
    const objects = tables.get(table) ?? new Map<string, string>();
    tables.set(table, objects);
    if (kind === 'table') continue;
    const family = object.family === 'ip6' ? 'ip6 ' : '';
    const name = `${family}${kind === 'rule' ? `chain ${object.chain}` : `${kind} ${object.name}`}`;
    // What a counter has counted is never the same twice.
    const { handle: _handle, elem, packets: _packets, bytes: _bytes, ...rest } = object;
    const compared = filled.has(setName(table, object.name)) ? rest : { ...rest, elem };
    objects.set(name, `${objects.get(name) ?? ''}${JSON.stringify(canonical(compared))}\n`);
  }
  return tables;
}

/**
 * The sets that a rule adds packets' addresses to: their elements are never the same twice. `nft` 1.0.6 leaves the flag `dynamic` out of its JSON,
 * so it is the rule that tells them.
 */
function setsFilledByPackets(entries: readonly (readonly [string, NftObject])[]): Set<string> {
  return new Set(
    entries.flatMap(([kind, { table = '', expr = [] }]) =>
      kind === 'rule' ? expr.flatMap(({ set }) => (set ? [setName(table, set.set.slice('@'.length))] : [])) : [],
    ),
  );
}

function setName(table: string, name = ''): string {
  return `${table} ${name}`;
}

/** The things of one that the other has not, or has with another content. */
export function differing(wanted: ReadonlyMap<string, string>, present: ReadonlyMap<string, string>): string[] {
  const names = new Set([...wanted.keys(), ...present.keys()]);
  return [...names].filter((name) => wanted.get(name) !== present.get(name));
}

interface NftObject {
  readonly family?: string;
  readonly name?: string;
  readonly table?: string;
  readonly chain?: string;
  readonly handle?: number;
  /** Of a rule: its statements; one that adds to a set names it as `@connections`. */
  readonly expr?: readonly { readonly set?: { readonly set: string } }[];
  readonly elem?: readonly unknown[];
  /** Of a counter. */
  readonly packets?: number;
  readonly bytes?: number;
}

/** The kernel keeps the elements of sets in no order. */
function canonical(value: unknown, key = ''): unknown {
  if (Array.isArray(value)) {
    const members = value.map((each) => canonical(each));
    return key === 'set' || key === 'elem' ? members.map((each) => JSON.stringify(each)).sort() : members;
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, canonical(each, name)]));
}
