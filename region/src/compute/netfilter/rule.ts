/** A rule of `iptables`: as it was written, and as nftables has it. */
export interface Rule {
  /** Words of `iptables-save`, without `-A CHAIN`. */
  readonly words: readonly string[];
  /** The statement in nftables' language, composed of checked pieces only. */
  readonly statement: string;
}

/** Where a rule is to stand. */
interface Place {
  readonly table: 'filter' | 'nat';
  readonly chain: string;
  /** Chains of the table's own that a rule may jump to. */
  readonly userChains: ReadonlySet<string>;
}

/** What `iptables` says where a rule is not right or not carried out here; it ends with 2. */
export class RuleError extends Error {}

/**
 * Reads the matches and the target of a rule. Whatever is not known is refused by name; nothing of the given words gets into the statement but
 * addresses, ports, names and keywords that were recognized.
 *
 * https://manpages.debian.org/bookworm/iptables/iptables.8.en.html
 */
export function parseRule(given: readonly string[], place: Place): Rule {
  const rest = [...given];
  const matches: string[] = [];
  const words: string[] = [];
  let protocol: string | null = null;
  let target: string | null = null;
  const options: Record<string, string> = {};
  const next = (option: string): string => {
    const value = rest.shift();
    if (value === undefined) throw new RuleError(`option "${option}" requires an argument`);
    return value;
  };
  while (rest.length > 0) {
    let not = false;
    let option = rest.shift()!;
    if (option === '!') {
      not = true;
      option = next('!');
    }
    const name = longNames[option] ?? option;
    const start = words.length;
    if (not) words.push('!');
    if (name === '-p') {
      const value = protocolOf(next(name));
      words.push('-p', value);
      if (value === 'all') words.splice(start);
      else matches.push(`meta l4proto ${unequal(not)}${value}`);
      protocol = not ? null : value;
    } else if (name === '-s' || name === '-d') {
      const addresses = next(name).split(',').map(addressOf);
      words.push(name, addresses.join(','));
      matches.push(`ip ${name === '-s' ? 'saddr' : 'daddr'} ${unequal(not)}${oneOf(addresses)}`);
    } else if (name === '-i' || name === '-o') {
      const device = deviceOf(next(name));
      words.push(name, device);
      matches.push(`${name === '-i' ? 'iifname' : 'oifname'} ${unequal(not)}"${device.replace('+', '*')}"`);
    } else if (name === '-m') {
      const module = next(name);
      if (!modules.includes(module)) throw new RuleError(`the match ${module} is not carried out in a rehearsal`);
      words.push('-m', module);
    } else if (name === '--sport' || name === '--dport' || name === '--sports' || name === '--dports') {
      if (protocol !== 'tcp' && protocol !== 'udp') throw new RuleError(`unknown option "${option}"`);
      const ports = next(name).split(',').map(portsOf);
      words.push(name, ports.map((each) => each.replace('-', ':')).join(','));
      matches.push(`${protocol} ${name.includes('sport') ? 'sport' : 'dport'} ${unequal(not)}${oneOf(ports)}`);
    } else if (name === '--state' || name === '--ctstate') {
      const states = next(name)
        .split(',')
        .map((each) => known(connectionStates, each.toUpperCase(), 'state'));
      words.push(name, states.join(',').toUpperCase());
      matches.push(`ct state ${unequal(not)}${oneOf(states)}`);
    } else if (name === '--icmp-type') {
      const type = next(name);
      words.push(name, type);
      if (type !== 'any') matches.push(`icmp type ${unequal(not)}${icmpType(type)}`);
    } else if (name === '--comment') {
      words.push(name, `"${next(name).replace(/["\p{Cc}]/gu, '')}"`);
    } else if (name === '-j' || name === '-g') {
      target = next(name);
    } else if (targetOptions.includes(name)) {
      options[name] = name === '--random' ? '' : next(name);
    } else throw new RuleError(`unknown option "${option}", or one that is not carried out in a rehearsal`);
  }
  if (target === null) return { words, statement: [...matches, 'counter'].join(' ') };
  const verdict = verdictOf(target, options, protocol, place);
  const given2 = Object.entries(options).flatMap(([name, value]) => (value === '' ? [name] : [name, value]));
  return { words: [...words, '-j', target, ...given2], statement: [...matches, 'counter', verdict].join(' ') };
}

const longNames: Readonly<Record<string, string>> = {
  '--protocol': '-p',
  '--source': '-s',
  '--src': '-s',
  '--destination': '-d',
  '--dst': '-d',
  '--in-interface': '-i',
  '--out-interface': '-o',
  '--match': '-m',
  '--jump': '-j',
  '--goto': '-g',
  '--source-port': '--sport',
  '--destination-port': '--dport',
  '--source-ports': '--sports',
  '--destination-ports': '--dports',
  '--to-port': '--to-ports',
};

const modules = ['tcp', 'udp', 'icmp', 'state', 'conntrack', 'multiport', 'comment'];
const targetOptions = ['--reject-with', '--to-source', '--to-destination', '--to-ports', '--random'];
const connectionStates = { NEW: 'new', ESTABLISHED: 'established', RELATED: 'related', INVALID: 'invalid' } as const;

function unequal(not: boolean): string {
  return not ? '!= ' : '';
}

function oneOf(values: readonly string[]): string {
  return values.length === 1 ? values[0]! : `{ ${values.join(', ')} }`;
}

function known<Name extends string>(table: Readonly<Record<Name, string>>, given: string, kind: string): string {
  if (!Object.hasOwn(table, given)) throw new RuleError(`the ${kind} ${given} is not carried out in a rehearsal`);
  return table[given as Name];
}

function protocolOf(given: string): string {
  const name = given.toLowerCase();
  const byNumber: Readonly<Record<string, string>> = { '0': 'all', '1': 'icmp', '6': 'tcp', '17': 'udp' };
  const protocol = byNumber[name] ?? name;
  if (!['tcp', 'udp', 'icmp', 'all'].includes(protocol)) throw new RuleError(`unknown protocol "${given}" specified`);
  return protocol;
}

/** An address with or without a length or a mask; a name is not looked up. */
export function addressOf(given: string): string {
  const [, address = '', mask] =
    /^(\d{1,3}(?:\.\d{1,3}){3})(?:\/(\d{1,2}|\d{1,3}(?:\.\d{1,3}){3}))?$/.exec(given) ?? [];
  if (address === '' || !address.split('.').every((each) => Number(each) <= 255))
    throw new RuleError(`host/network \`${given}' not found`);
  if (mask === undefined) return address;
  const length = mask.includes('.') ? lengthOf(mask) : Number(mask);
  if (length === null || length > 32) throw new RuleError(`invalid mask \`${mask}' specified`);
  return `${address}/${length}`;
}

function lengthOf(mask: string): number | null {
  const bits = mask
    .split('.')
    .map((each) => Number(each).toString(2).padStart(8, '0'))
    .join('');
  return /^1*0*$/.test(bits) && bits.length === 32 ? bits.indexOf('0') + (bits.includes('0') ? 0 : 33) : null;
}

/** Here an interface is eth0 and so on; Nitro's names of the first ones mean the same. */
export function deviceOf(given: string): string {
  if (!/^[A-Za-z0-9_.-]{1,14}\+?$/.test(given)) throw new RuleError(`interface name \`${given}' is not right`);
  const nitro = /^(?:ens|enX)(\d)$/.exec(given);
  if (!nitro) return given;
  const number = Number(nitro[1]) - (given.startsWith('ens') ? 5 : 0);
  return number < 0 ? given : `eth${number}`;
}

function portsOf(given: string): string {
  const [, first = '', last] = /^(\d{1,5})(?:[:-](\d{1,5}))?$/.exec(given) ?? [];
  const ports = [first, ...(last === undefined ? [] : [last])].map(Number);
  if (first === '' || ports.some((each) => each > 65_535))
    throw new RuleError(`invalid port/service \`${given}' specified`);
  return ports.join('-');
}

const icmpNames: Readonly<Record<string, string>> = {
  'echo-request': 'echo-request',
  'echo-reply': 'echo-reply',
  'destination-unreachable': 'destination-unreachable',
  'time-exceeded': 'time-exceeded',
  '8': 'echo-request',
  '0': 'echo-reply',
  '3': 'destination-unreachable',
  '11': 'time-exceeded',
  '8/0': 'echo-request',
};

function icmpType(given: string): string {
  return known(icmpNames, given, 'ICMP type');
}

const rejections: Readonly<Record<string, string>> = {
  'icmp-net-unreachable': 'icmp type net-unreachable',
  'icmp-host-unreachable': 'icmp type host-unreachable',
  'icmp-port-unreachable': 'icmp type port-unreachable',
  'icmp-proto-unreachable': 'icmp type prot-unreachable',
  'icmp-net-prohibited': 'icmp type net-prohibited',
  'icmp-host-prohibited': 'icmp type host-prohibited',
  'icmp-admin-prohibited': 'icmp type admin-prohibited',
  'tcp-reset': 'tcp reset',
};

function verdictOf(
  target: string,
  options: Readonly<Record<string, string>>,
  protocol: string | null,
  { table, chain, userChains }: Place,
): string {
  const only = (...names: readonly string[]) => {
    const other = Object.keys(options).find((name) => !names.includes(name));
    if (other !== undefined) throw new RuleError(`unknown option "${other}"`);
  };
  const inChain = (...names: readonly string[]) => {
    if (table === 'nat' && (names.includes(chain) || userChains.has(chain))) return;
    throw new RuleError(`the target ${target} is for the chains ${names.join(' and ')} of the table nat`);
  };
  if (userChains.has(target)) {
    only();
    return `jump ${chainName(table, target)}`;
  }
  switch (target) {
    case 'ACCEPT':
    case 'DROP':
    case 'RETURN':
      only();
      return target.toLowerCase();
    case 'REJECT': {
      only('--reject-with');
      if (table !== 'filter') throw new RuleError('the target REJECT is for the table filter');
      return `reject with ${known(rejections, options['--reject-with'] ?? 'icmp-port-unreachable', 'answer')}`;
    }
    case 'MASQUERADE':
      only('--to-ports', '--random');
      inChain('POSTROUTING');
      return `masquerade${options['--to-ports'] === undefined ? '' : ` to :${portsOf(options['--to-ports'])}`}`;
    case 'SNAT':
      only('--to-source', '--random');
      inChain('POSTROUTING', 'INPUT');
      return `snat to ${translation(options['--to-source'], protocol)}`;
    case 'DNAT':
      only('--to-destination', '--random');
      inChain('PREROUTING', 'OUTPUT');
      return `dnat to ${translation(options['--to-destination'], protocol)}`;
    case 'REDIRECT':
      only('--to-ports', '--random');
      inChain('PREROUTING', 'OUTPUT');
      if (options['--to-ports'] === undefined) return 'redirect';
      if (protocol !== 'tcp' && protocol !== 'udp') throw new RuleError('need TCP or UDP with port specification');
      return `redirect to :${portsOf(options['--to-ports'])}`;
    default:
      throw new RuleError(`the target ${target} is not there, or not carried out in a rehearsal`);
  }
}

/** `ADDRESS[-ADDRESS][:PORT[-PORT]]` */
function translation(given: string | undefined, protocol: string | null): string {
  const [, first, last, ports] = /^([\d.]+)(?:-([\d.]+))?(?::([\d-]+))?$/.exec(given ?? '') ?? [];
  if (first === undefined) throw new RuleError(`bad address \`${given ?? ''}'`);
  const addresses = [first, ...(last === undefined ? [] : [last])].map((each) => {
    if (each.includes('/')) throw new RuleError(`bad address \`${each}'`);
    return addressOf(each);
  });
  if (ports === undefined) return addresses.join('-');
  if (protocol !== 'tcp' && protocol !== 'udp') throw new RuleError('need TCP or UDP with port specification');
  return `${addresses.join('-')}:${portsOf(ports)}`;
}

/** Of a chain in the nftables table that holds all of an instance's. */
export function chainName(table: string, chain: string): string {
  return `${table}_${chain}`;
}
