import { formatPrefix6, type Prefix6 } from '@terrace/cloud/address6';

/** `ip6 saddr …` for any of the prefixes; empty for everywhere, `undefined` where there is none to match. */
export function rangeExpression6(field: 'saddr' | 'daddr', ranges: readonly Prefix6[]): string | undefined {
  const widest = withoutContained(ranges);
  if (widest.length === 0) return undefined;
  if (widest.some((range) => range.length === 0)) return '';
  return `ip6 ${field} { ${widest.map(formatPrefix6).join(', ')} }`;
}

/** nftables refuses intervals that overlap; prefixes only ever do so by containing one another. */
function withoutContained(ranges: readonly Prefix6[]): Prefix6[] {
  const widestFirst = [...ranges].sort(
    (one, other) => one.length - other.length || one.first.localeCompare(other.first),
  );
  const kept: Prefix6[] = [];
  for (const range of widestFirst) {
    if (!kept.some((wider) => wider.first <= range.first && range.last <= wider.last)) kept.push(range);
  }
  return kept;
}
