import { chainName, parseRule, type Rule, RuleError } from './rule.ts';

type TableName = 'filter' | 'nat';

interface Chain {
  readonly policy: 'ACCEPT' | 'DROP';
  readonly rules: readonly Rule[];
}

type Table = ReadonlyMap<string, Chain>;

/** The packet filter of an instance, as `iptables` sees it. Each command gives the next state. */
export type Tables = Readonly<Record<TableName, Table>>;

const builtIn: Readonly<Record<TableName, readonly string[]>> = {
  filter: ['INPUT', 'FORWARD', 'OUTPUT'],
  nat: ['PREROUTING', 'INPUT', 'OUTPUT', 'POSTROUTING'],
};

/** As many rules an instance has at most. */
const mostRules = 500;
const mostChains = 50;

const empty = (name: TableName): Table =>
  new Map(builtIn[name].map((chain) => [chain, { policy: 'ACCEPT', rules: [] }]));

export const noTables: Tables = { filter: empty('filter'), nat: empty('nat') };

/** A command's next state, and what it prints. */
interface Outcome {
  readonly tables: Tables;
  readonly out: string;
}

/**
 * One command line of `iptables`.
 *
 * @throws RuleError with iptables' own words where it is not right, or with the name of what is not carried out
 */
export function command(tables: Tables, given: readonly string[]): Outcome {
  const words = [...given];
  const name = takeTable(words);
  const table = tables[name];
  const flags = words.filter((word) =>
    ['-n', '--numeric', '-v', '-vn', '-nv', '--line-numbers', '-w', '--wait'].includes(word),
  );
  const rest = words.filter((word) => !flags.includes(word));
  const [verb = '', chain, ...more] = rest[0] === '!' ? rest : rest;
  const changed = (next: Table): Outcome => ({ tables: { ...tables, [name]: next }, out: '' });
  const verbName = verbs[verb] ?? verb;
  switch (verbName) {
    case '-A':
    case '-I':
    case '-C':
    case '-D':
      return onRules(tables, name, verbName, needed(table, chain, verb), more);
    case '-F':
      return changed(mapChains(table, chain, (each) => ({ ...each, rules: [] })));
    case '-Z':
      return { tables, out: '' };
    case '-P': {
      const built = needed(table, chain, verb);
      const policy = more[0];
      if (!builtIn[name].includes(built) || (policy !== 'ACCEPT' && policy !== 'DROP'))
        throw new RuleError('Bad policy name, or a chain that has none.');
      return changed(mapChains(table, built, (each) => ({ ...each, policy })));
    }
    case '-N': {
      if (chain === undefined || !/^[A-Za-z0-9_.-]{1,28}$/.test(chain)) throw new RuleError('chain name is not right');
      if (table.has(chain)) throw new RuleError('Chain already exists.', { cause: 1 });
      if (table.size >= mostChains) throw new RuleError(`more than ${mostChains} chains`);
      return changed(new Map([...table, [chain, { policy: 'ACCEPT', rules: [] }]]));
    }
    case '-X': {
      const gone = [...table.keys()].filter(
        (each) => !builtIn[name].includes(each) && (chain === undefined || each === chain),
      );
      if (chain !== undefined && gone.length === 0)
        throw new RuleError('No chain/target/match by that name.', { cause: 1 });
      return changed(new Map([...table].filter(([each]) => !gone.includes(each))));
    }
    case '-L':
      return {
        tables,
        out: listing(
          table,
          name,
          chain,
          flags.some((flag) => flag === '--line-numbers'),
        ),
      };
    case '-S':
      return { tables, out: saved(table, name, chain) };
    default:
      throw new RuleError(
        verb === '' ? 'no command specified' : `the command ${verb} is not carried out in a rehearsal`,
      );
  }
}

const verbs: Readonly<Record<string, string>> = {
  '--append': '-A',
  '--insert': '-I',
  '--check': '-C',
  '--delete': '-D',
  '--flush': '-F',
  '--zero': '-Z',
  '--policy': '-P',
  '--new-chain': '-N',
  '--delete-chain': '-X',
  '--list': '-L',
  '--list-rules': '-S',
};

function takeTable(words: string[]): TableName {
  const at = words.findIndex((word) => word === '-t' || word === '--table');
  if (at < 0) return 'filter';
  const [, name = ''] = words.splice(at, 2);
  if (name !== 'filter' && name !== 'nat') throw new RuleError(`the table ${name} is not carried out in a rehearsal`);
  return name;
}

function needed(table: Table, chain: string | undefined, verb: string): string {
  if (chain === undefined) throw new RuleError(`option "${verb}" requires an argument`);
  if (!table.has(chain)) throw new RuleError('No chain/target/match by that name.', { cause: 1 });
  return chain;
}

function onRules(tables: Tables, name: TableName, verb: string, chain: string, given: readonly string[]): Outcome {
  const table = tables[name];
  const { rules } = table.get(chain)!;
  const isNumber = /^\d+$/.test(given[0] ?? '');
  const position = isNumber ? Number(given[0]) : 1;
  const words = isNumber && (verb === '-I' || verb === '-D') ? given.slice(1) : given;
  const replaced = (next: readonly Rule[]): Outcome => ({
    tables: { ...tables, [name]: mapChains(table, chain, (each) => ({ ...each, rules: next })) },
    out: '',
  });
  if (verb === '-D' && isNumber) {
    if (position < 1 || position > rules.length) throw new RuleError('Index of deletion too big.', { cause: 1 });
    return replaced(rules.filter((_, index) => index !== position - 1));
  }
  const userChains = new Set([...table.keys()].filter((each) => !builtIn[name].includes(each)));
  const rule = parseRule(words, { table: name, chain, userChains });
  const same = rules.findIndex((each) => each.statement === rule.statement);
  if (verb === '-C' || verb === '-D') {
    if (same < 0) throw new RuleError('Bad rule (does a matching rule exist in that chain?).', { cause: 1 });
    return verb === '-C' ? { tables, out: '' } : replaced(rules.filter((_, index) => index !== same));
  }
  const count = Object.values(tables).flatMap((each) => [...each.values()].flatMap((one) => one.rules)).length;
  if (count >= mostRules) throw new RuleError(`more than ${mostRules} rules`);
  if (verb === '-A') return replaced([...rules, rule]);
  if (position < 1 || position > rules.length + 1) throw new RuleError('Index of insertion too big.', { cause: 1 });
  return replaced([...rules.slice(0, position - 1), rule, ...rules.slice(position - 1)]);
}

function mapChains(table: Table, chain: string | undefined, change: (chain: Chain) => Chain): Table {
  if (chain !== undefined && !table.has(chain))
    throw new RuleError('No chain/target/match by that name.', { cause: 1 });
  return new Map([...table].map(([name, each]) => [name, chain === undefined || name === chain ? change(each) : each]));
}

/** `iptables-save`. */
export function save(tables: Tables): string {
  return (['nat', 'filter'] as const)
    .map((name) => {
      const chains = [...tables[name]].map(([chain, { policy }]) =>
        builtIn[name].includes(chain) ? `:${chain} ${policy} [0:0]` : `:${chain} - [0:0]`,
      );
      const rules = [...tables[name]].flatMap(([chain, each]) => each.rules.map((rule) => lineOf(chain, rule)));
      return [`*${name}`, ...chains, ...rules, 'COMMIT', ''].join('\n');
    })
    .join('');
}

/**
 * `iptables-restore`: each table of the text takes the place of the one that was there.
 *
 * @param noFlush adds to what is there
 */
export function restore(before: Tables, text: string, noFlush: boolean): Tables {
  let tables = before;
  let name: TableName | null = null;
  for (const [index, raw] of text.split('\n').entries()) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#') || line === 'COMMIT') continue;
    try {
      if (line.startsWith('*')) {
        const words = ['-t', line.slice(1)];
        name = takeTable(words);
        if (!noFlush) tables = { ...tables, [name]: empty(name) };
      } else if (name === null) throw new RuleError('no table is named before this line');
      else if (line.startsWith(':')) {
        const [chain = '', policy] = line.slice(1).split(/\s+/);
        if (!tables[name].has(chain)) tables = command(tables, ['-t', name, '-N', chain]).tables;
        if (policy === 'DROP' || policy === 'ACCEPT')
          tables = command(tables, ['-t', name, '-P', chain, policy]).tables;
      } else tables = command(tables, ['-t', name, ...wordsOf(line.replace(/^\[\d+:\d+\]\s*/, ''))]).tables;
    } catch (error) {
      if (!(error instanceof RuleError)) throw error;
      throw new RuleError(`line ${index + 1} failed: ${error.message}`, { cause: 1 });
    }
  }
  return tables;
}

function wordsOf(line: string): string[] {
  return [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
}

function lineOf(chain: string, { words }: Rule): string {
  return ['-A', chain, ...words].join(' ');
}

function saved(table: Table, name: TableName, only: string | undefined): string {
  const shown = [...table].filter(([chain]) => only === undefined || chain === only);
  const heads = shown.map(([chain, { policy }]) =>
    builtIn[name].includes(chain) ? `-P ${chain} ${policy}` : `-N ${chain}`,
  );
  const rules = shown.flatMap(([chain, each]) => each.rules.map((rule) => lineOf(chain, rule)));
  return [...heads, ...rules].map((line) => `${line}\n`).join('');
}

function listing(table: Table, name: TableName, only: string | undefined, numbered: boolean): string {
  return [...table]
    .filter(([chain]) => only === undefined || chain === only)
    .map(([chain, { policy, rules }]) => {
      const head = builtIn[name].includes(chain) ? `Chain ${chain} (policy ${policy})` : `Chain ${chain}`;
      const columns = `${numbered ? 'num  ' : ''}target     prot opt source               destination         `;
      return [
        head,
        columns,
        ...rules.map((rule, index) => `${numbered ? String(index + 1).padEnd(5) : ''}${row(rule)}`),
        '',
      ].join('\n');
    })
    .join('\n');
}

function row({ words }: Rule): string {
  const after = (option: string) => words[words.indexOf(option) + 1];
  const value = (option: string, otherwise: string) => (words.includes(option) ? after(option)! : otherwise);
  const shown = ['-p', '-s', '-d', '-j'];
  const more = words.filter((word, index) => !shown.includes(word) && !shown.includes(words[index - 1] ?? ''));
  const [target, protocol] = [value('-j', ''), value('-p', 'all')];
  const [source, destination] = [value('-s', 'anywhere'), value('-d', 'anywhere')];
  return `${target.padEnd(10)} ${protocol.padEnd(4)} --  ${source.padEnd(20)} ${destination.padEnd(20)} ${more.join(' ')}`.trimEnd();
}

const hooks: Readonly<Record<string, string>> = {
  filter_INPUT: 'type filter hook input priority 0',
  filter_FORWARD: 'type filter hook forward priority 0',
  filter_OUTPUT: 'type filter hook output priority 0',
  nat_PREROUTING: 'type nat hook prerouting priority -100',
  nat_INPUT: 'type nat hook input priority 100',
  nat_OUTPUT: 'type nat hook output priority -100',
  nat_POSTROUTING: 'type nat hook postrouting priority 100',
};

/**
 * The tables as nftables: one table of the instance's own, which takes the place of the one before. Chains without rules are left out: they cost
 * something a packet.
 *
 * @param forwards whether the instance passes on what is not for it
 */
export function ruleset(tables: Tables, forwards: boolean): string {
  const chains = (['filter', 'nat'] as const).flatMap((name) =>
    [...tables[name]].flatMap(([chain, { policy, rules }]) => {
      const hook = hooks[chainName(name, chain)];
      if (hook !== undefined && rules.length === 0 && policy === 'ACCEPT') return [];
      const head = hook === undefined ? [] : [`    ${hook}; policy ${policy.toLowerCase()};`];
      const body = rules.map(({ statement }) => `    ${statement}`);
      return [[`  chain ${chainName(name, chain)} {`, ...head, ...body, '  }']];
    }),
  );
  // A chain is named before another one jumps to it: user chains first.
  const ordered = [
    ...chains.filter((lines) => !lines[1]?.includes(' hook ')),
    ...chains.filter((lines) => lines[1]?.includes(' hook ')),
  ];
  const gate = forwards ? [] : ['  chain gate {', '    type filter hook forward priority -200; policy drop;', '  }'];
  const body = [...gate, ...ordered.flat()];
  return ['table ip instance', 'delete table ip instance', 'table ip instance {', ...body, '}', ''].join('\n');
}
