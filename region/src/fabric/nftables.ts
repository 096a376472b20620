/** The grammar of an nftables file: https://wiki.nftables.org. Pure text, with the pitfalls kept in one place. */

export interface Chain {
  readonly name: string;
  /** For example `type filter hook forward priority 0; policy drop;`; none for a chain that is jumped to. */
  readonly hook?: string;
  readonly rules: readonly string[];
}

export interface Collection {
  readonly kind: 'set' | 'map';
  readonly name: string;
  /** `ifname`, `ifname : mark`, `ifname . ipv4_addr` … */
  readonly type: string;
  readonly elements: readonly string[];
}

/**
 * A table that takes the place of its former self in one transaction: the first two lines make sure that there is one to delete, so that
 * no packet ever meets a half of it.
 */
export function tableText(name: string, collections: readonly Collection[], chains: readonly Chain[]): string {
  return [`table ip ${name} {`, ...collections.map(collectionText), ...chains.map(chainText), '}', ''].join('\n');
}

/** The statements that replace, or make, or with `null` remove a table of a namespace. */
export function replaceTable(ruleset: string | null, name = 'terrace'): string {
  return `table ip ${name}\ndelete table ip ${name}\n${ruleset ?? ''}`;
}

function collectionText({ kind, name, type, elements }: Collection): string {
  const body = elements.length > 0 ? `\n    elements = {\n      ${elements.join(',\n      ')}\n    }` : '';
  return `  ${kind} ${name} {\n    type ${type}${body}\n  }`;
}

function chainText({ name, hook, rules }: Chain): string {
  return [`  chain ${name} {`, ...(hook ? [`    ${hook}`] : []), ...rules.map((rule) => `    ${rule}`), '  }'].join(
    '\n',
  );
}
