import { run } from '../host/run.ts';

/** What `nft -j` lists of a ruleset, by table and then by the name of the thing, as `chain forward`: its content as text that can be compared. */
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
  const answer = run('unshare', ['--net', 'sh', '-c', 'nft -f - && nft -j -s list ruleset ip'], text).then(readObjects);
  asked.set(text, answer);
  answer.catch(() => asked.delete(text));
  return answer;
}

const mostAsked = 500;
const asked = new Map<string, Promise<RulesetObjects>>();

/** @param listed what `nft -j -s list ruleset` printed */
export function readObjects(listed: string): RulesetObjects {
  const tables = new Map<string, Map<string, string>>();
  for (const each of (JSON.parse(listed) as { nftables: Record<string, NftObject>[] }).nftables) {
    const [kind = '', object] = Object.entries(each)[0]!;
    if (kind === 'metainfo' || !object) continue;
    const table = kind === 'table' ? object.name! : object.table!;
    const objects = tables.get(table) ?? new Map<string, string>();
    tables.set(table, objects);
    if (kind === 'table') continue;
    const name = kind === 'rule' ? `chain ${object.chain}` : `${kind} ${object.name}`;
    objects.set(name, `${objects.get(name) ?? ''}${JSON.stringify(canonical(withoutPassing(object)))}\n`);
  }
  return tables;
}

/** The things of one that the other has not, or has with another content. */
export function differing(wanted: ReadonlyMap<string, string>, present: ReadonlyMap<string, string>): string[] {
  const names = new Set([...wanted.keys(), ...present.keys()]);
  return [...names].filter((name) => wanted.get(name) !== present.get(name));
}

interface NftObject {
  readonly name?: string;
  readonly table?: string;
  readonly chain?: string;
  readonly handle?: number;
  readonly flags?: readonly string[];
  readonly elem?: readonly unknown[];
}

/** Handles are given by the kernel, and what packets fill is never the same. */
function withoutPassing({ handle: _handle, ...object }: NftObject): NftObject {
  if (!object.flags?.includes('dynamic')) return object;
  const { elem: _elem, ...rest } = object;
  return rest;
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
