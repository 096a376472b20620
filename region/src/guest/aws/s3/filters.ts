/** `--exclude` and `--include` in the order in which they were given: the last one that matches decides. */
export type Filters = readonly { readonly kind: 'exclude' | 'include'; readonly pattern: string }[];

/** https://docs.aws.amazon.com/cli/latest/reference/s3/#use-of-exclude-and-include-filters */
export function isIncluded(path: string, filters: Filters): boolean {
  return filters.findLast(({ pattern }) => expression(pattern).test(path))?.kind !== 'exclude';
}

/** A shell's pattern, whose star goes over slashes. */
function expression(pattern: string): RegExp {
  let text = '';
  for (let at = 0; at < pattern.length; at += 1) {
    const character = pattern[at]!;
    const close = character === '[' ? pattern.indexOf(']', at + 2) : -1;
    if (character === '*') text += '.*';
    else if (character === '?') text += '.';
    else if (close > 0) {
      const inside = pattern
        .slice(at + 1, close)
        .replace(/\\/g, '\\\\')
        .replace(/^!/, '^');
      text += `[${inside}]`;
      at = close;
    } else text += character.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  }
  return new RegExp(`^${text}$`, 's');
}
