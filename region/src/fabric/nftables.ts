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

/** For how many seconds of silence the flows are remembered that it is set for. */
export interface Timeout {
  readonly kind: 'timeout';
  readonly name: string;
  readonly protocol: 'tcp' | 'udp';
  /** `established`, `unreplied`, `replied` … with their seconds. */
  readonly policy: Readonly<Record<string, number>>;
}

/**
 * A table that takes the place of its former self in one transaction: the first two lines make sure that there is one to delete, so that
 * no packet ever meets a half of it.
 */
export function tableText(
  name: string,
  objects: readonly (Collection | Timeout)[],
  chains: readonly Chain[],
  family: 'ip' | 'ip6' = 'ip',
): string {
  return [
    `table ${family} ${name} {`,
    ...objects.map((each) => (each.kind === 'timeout' ? timeoutText(each) : collectionText(each))),
    ...chains.map(chainText),
    '}',
    '',
  ].join('\n');
}

/** The statements that replace, or make, or with `null` remove a table of a namespace, in both families. */
export function replaceTable(ruleset: string | null, name = 'terrace'): string {
  const removed = ['ip', 'ip6'].map((family) => `table ${family} ${name}\ndelete table ${family} ${name}\n`);
  return `${removed.join('')}${ruleset ?? ''}`;
}

function collectionText({ kind, name, type, elements }: Collection): string {
  const body = elements.length > 0 ? `\n    elements = {\n      ${elements.join(',\n      ')}\n    }` : '';
  return `  ${kind} ${name} {\n    type ${type}${body}\n  }`;
}

function timeoutText({ name, protocol, policy }: Timeout): string {
  const states = Object.entries(policy).map(([state, seconds]) => `${state}: ${seconds}`);
  return `  ct timeout ${name} {\n    protocol ${protocol}\n    l3proto ip\n    policy = { ${states.join(', ')} }\n  }`;
}

function chainText({ name, hook, rules }: Chain): string {
  return [`  chain ${name} {`, ...(hook ? [`    ${hook}`] : []), ...rules.map((rule) => `    ${rule}`), '  }'].join(
    '\n',
  );
}
