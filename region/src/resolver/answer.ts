import type { Answer, Question } from 'dns-packet';
import type { RecordType, ResolverConfiguration, ResolverRecord, ResolverZone } from './configuration.ts';
import { recordData } from './record-data.ts';

interface Answered {
  readonly outcome: 'found' | 'no-data' | 'no-such-name' | 'refused';
  readonly answers: readonly Answer[];
  /** The zone's SOA where there is no answer, for how long that may be remembered. */
  readonly authorities: readonly Answer[];
}

/** How long an answer of "there is none" may be kept, in seconds: short, since a region is changed in place. */
const negativeTtl = 5;
const longestChain = 8;

/**
 * What the resolver says to a question. The most specific zone answers alone: if it lacks the name, the name does not
 * exist, whatever a wider zone has.
 *
 * https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/hosted-zone-private-considerations.html
 *
 * @param random From 0 up to, not including, 1.
 */
export function answer(
  { zones }: Pick<ResolverConfiguration, 'zones'>,
  question: Question,
  random: () => number = Math.random,
): Answered {
  if (question.class !== undefined && question.class !== 'IN') return none('refused', undefined);
  const name = question.name.toLowerCase().replace(/\.$/, '');
  return follow(zones, name, question.type as RecordType, random, longestChain);
}

function follow(
  zones: readonly ResolverZone[],
  name: string,
  type: RecordType,
  random: () => number,
  left: number,
): Answered {
  const zone = mostSpecific(zones, name);
  if (!zone) return none('no-such-name', undefined);
  const records = recordsOf(zone, name);
  if (records.length === 0) return none(hasBelow(zone, name) ? 'no-data' : 'no-such-name', zone);
  const record = records.find((each) => each.type === type) ?? records.find((each) => each.type === 'CNAME');
  if (!record || left === 0) return none('no-data', zone);
  const chosen = choose(record, random);
  if (chosen === undefined) return none('no-data', zone);

  if (chosen.kind === 'alias') {
    const behind = follow(zones, chosen.target, type, random, left - 1);
    const answers = behind.answers.map((each) => ({ ...each, name }) as Answer);
    return answers.length > 0 ? { outcome: 'found', answers, authorities: [] } : none('no-data', zone);
  }
  const answers = shuffled(chosen.values, random).flatMap((value) => {
    const data = recordData(record.type, value);
    return data === undefined ? [] : [{ type: record.type, name, ttl: chosen.ttl, data } as Answer];
  });
  if (record.type !== 'CNAME' || type === 'CNAME') {
    return answers.length > 0 ? { outcome: 'found', answers, authorities: [] } : none('no-data', zone);
  }
  const target = chosen.values[0]?.toLowerCase().replace(/\.$/, '') ?? '';
  const behind = follow(zones, target, type, random, left - 1);
  return { outcome: 'found', answers: [...answers.slice(0, 1), ...behind.answers], authorities: behind.authorities };
}

function mostSpecific(zones: readonly ResolverZone[], name: string): ResolverZone | undefined {
  let best: ResolverZone | undefined;
  for (const zone of zones) {
    if (!within(name, zone.name)) continue;
    if (!best || zone.name.length > best.name.length) best = zone;
  }
  return best;
}

function within(name: string, zone: string): boolean {
  return name === zone || name.endsWith(`.${zone}`) || zone === '';
}

/** The records of exactly this name, or else those of the closest wildcard above it. */
function recordsOf(zone: ResolverZone, name: string): readonly ResolverRecord[] {
  const index = indexOf(zone);
  const exact = index.byName.get(name);
  if (exact || hasBelow(zone, name)) return exact ?? [];
  for (let rest = name; within(rest, zone.name) && rest.includes('.'); ) {
    rest = rest.slice(rest.indexOf('.') + 1);
    const wild = index.byName.get(`*.${rest}`);
    if (wild) return wild;
    if (index.byName.has(rest) || index.above.has(rest)) return [];
  }
  return [];
}

/** True for a name that has no record of its own but names below it: it exists, without data. */
function hasBelow(zone: ResolverZone, name: string): boolean {
  return name === zone.name || indexOf(zone).above.has(name);
}

interface ZoneIndex {
  readonly byName: ReadonlyMap<string, readonly ResolverRecord[]>;
  readonly above: ReadonlySet<string>;
}

const indexes = new WeakMap<ResolverZone, ZoneIndex>();

function indexOf(zone: ResolverZone): ZoneIndex {
  const known = indexes.get(zone);
  if (known) return known;
  const byName = new Map<string, ResolverRecord[]>();
  const above = new Set<string>();
  for (const record of zone.records) {
    const same = byName.get(record.name);
    if (same) same.push(record);
    else byName.set(record.name, [record]);
    for (let rest = record.name; rest.includes('.') && rest !== zone.name; ) {
      rest = rest.slice(rest.indexOf('.') + 1);
      above.add(rest);
    }
  }
  const index = { byName, above };
  indexes.set(zone, index);
  return index;
}

/** Weights of nothing but zero mean each alike, as Route 53 has it. */
function choose(record: ResolverRecord, random: () => number) {
  const total = record.answers.reduce((sum, each) => sum + each.weight, 0);
  if (total === 0) return record.answers[Math.floor(random() * record.answers.length)]?.answer;
  let point = random() * total;
  for (const { weight, answer } of record.answers) {
    point -= weight;
    if (point < 0) return answer;
  }
  return record.answers.at(-1)?.answer;
}

function shuffled<T>(values: readonly T[], random: () => number): T[] {
  const result = [...values];
  for (let index = result.length - 1; index > 0; index -= 1) {
    const other = Math.floor(random() * (index + 1));
    [result[index], result[other]] = [result[other]!, result[index]!];
  }
  return result;
}

function none(outcome: Exclude<Answered['outcome'], 'found'>, zone: ResolverZone | undefined): Answered {
  const name = zone?.name ?? '';
  const authority: Answer = {
    type: 'SOA',
    name,
    ttl: negativeTtl,
    data: {
      mname: `ns.${name || 'terrace'}`,
      rname: `hostmaster.${name || 'terrace'}`,
      serial: 1,
      refresh: 7200,
      retry: 900,
      expire: 1_209_600,
      minimum: negativeTtl,
    },
  };
  return { outcome, answers: [], authorities: outcome === 'refused' ? [] : [authority] };
}
