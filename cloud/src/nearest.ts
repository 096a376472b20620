/** The candidate that a mistyped word most likely meant, `undefined` if none is close. Quick enough to ask for thousands of words. */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  const wanted = word.toLowerCase().slice(0, longest);
  let best: string | undefined;
  let bestDistance = Math.max(1, Math.floor(wanted.length / 3)) + 1;
  for (const candidate of candidates) {
    if (candidate.length > longest) continue;
    if (Math.abs(candidate.length - wanted.length) >= bestDistance) continue;
    const distance = editDistance(wanted, candidate.toLowerCase(), bestDistance);
    if (distance >= bestDistance) continue;
    best = candidate;
    bestDistance = distance;
    if (distance <= 1) break;
  }
  return best;
}

/** The names closest to the one that was written, closest first, however far they are. */
export function closest(written: string, names: readonly string[], count = 3): string[] {
  const wanted = written.toLowerCase().slice(0, longest);
  return names
    .filter((name) => name.length <= longest)
    .map((name) => ({ name, distance: editDistance(wanted, name.toLowerCase(), longest + 1) }))
    .sort((one, other) => one.distance - other.distance || one.name.localeCompare(other.name))
    .slice(0, count)
    .map((each) => each.name);
}

/** Letters of the longest name that is compared. */
const longest = 120;

/** Insertions, deletions, replacements and swaps of neighbours; `limit` if it is not below that. */
function editDistance(one: string, other: string, limit: number): number {
  let start = 0;
  while (start < one.length && start < other.length && one[start] === other[start]) start++;
  let cut = 0;
  const room = Math.min(one.length, other.length) - start;
  while (cut < room && one[one.length - 1 - cut] === other[other.length - 1 - cut]) cut++;
  return distanceOfRest(one.slice(start, one.length - cut), other.slice(start, other.length - cut), limit);
}

/** Rows of the table below, kept from call to call: words are short, and there are many. */
const rows = [new Uint16Array(128), new Uint16Array(128), new Uint16Array(128)] as const;

function distanceOfRest(one: string, other: string, limit: number): number {
  if (Math.abs(one.length - other.length) >= limit) return limit;
  let [before, row, next]: readonly [Uint16Array, Uint16Array, Uint16Array] = rows;
  for (let j = 0; j <= other.length; j++) row[j] = j;
  for (let i = 1; i <= one.length; i++) {
    next[0] = i;
    let smallest = i;
    for (let j = 1; j <= other.length; j++) {
      const same = one.charCodeAt(i - 1) === other.charCodeAt(j - 1);
      let distance = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (same ? 0 : 1));
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1])
        distance = Math.min(distance, before[j - 2]! + 1);
      next[j] = distance;
      if (distance < smallest) smallest = distance;
    }
    if (smallest >= limit) return limit;
    [before, row, next] = [row, next, before];
  }
  return Math.min(row[other.length]!, limit);
}
