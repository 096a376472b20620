/**
 * A set of whole numbers as sorted, disjoint intervals: `[from, to, from, to, …]`, both ends included. Addresses and
 * traffic are such sets, so that a proof covers all of them and not samples.
 */
export type Intervals = readonly number[];

export const none: Intervals = [];

export function interval(from: number, to: number): Intervals {
  return from <= to ? [from, to] : none;
}

export function isEmpty(set: Intervals): boolean {
  return set.length === 0;
}

export function includes(set: Intervals, value: number): boolean {
  for (let index = 0; index < set.length; index += 2) {
    if (value < set[index]!) return false;
    if (value <= set[index + 1]!) return true;
  }
  return false;
}

/** Whether every number of `part` is in `set`. */
export function covers(set: Intervals, part: Intervals): boolean {
  return isEmpty(subtract(part, set));
}

export function unite(...sets: readonly Intervals[]): Intervals {
  const filled = sets.filter((set) => set.length > 0);
  if (filled.length === 0) return none;
  if (filled.length === 1) return filled[0]!;
  const pairs = filled.flatMap(pairsOf).sort((one, other) => one[0] - other[0]);
  const united: number[] = [];
  for (const [from, to] of pairs) {
    const last = united.length - 1;
    if (last >= 0 && from <= united[last]! + 1) united[last] = Math.max(united[last]!, to);
    else united.push(from, to);
  }
  return united;
}

export function intersect(one: Intervals, other: Intervals): Intervals {
  if (one === other) return one;
  const common: number[] = [];
  let left = 0;
  let right = 0;
  while (left < one.length && right < other.length) {
    const from = Math.max(one[left]!, other[right]!);
    const to = Math.min(one[left + 1]!, other[right + 1]!);
    if (from <= to) common.push(from, to);
    if (one[left + 1]! < other[right + 1]!) left += 2;
    else right += 2;
  }
  return common;
}

export function subtract(set: Intervals, removed: Intervals): Intervals {
  if (set.length === 0 || removed.length === 0) return set;
  const rest: number[] = [];
  let at = 0;
  for (let index = 0; index < set.length; index += 2) {
    let from = set[index]!;
    const to = set[index + 1]!;
    while (at < removed.length && removed[at + 1]! < from) at += 2;
    for (let cut = at; cut < removed.length && removed[cut]! <= to; cut += 2) {
      if (removed[cut]! > from) rest.push(from, removed[cut]! - 1);
      from = Math.max(from, removed[cut + 1]! + 1);
    }
    if (from <= to) rest.push(from, to);
  }
  return rest;
}

export function pairsOf(set: Intervals): [number, number][] {
  const pairs: [number, number][] = [];
  for (let index = 0; index < set.length; index += 2) pairs.push([set[index]!, set[index + 1]!]);
  return pairs;
}
