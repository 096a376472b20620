/**
 * What a fabric has to be, in Linux's words: namespaces, the links between them, and the addresses, routes, rules and
 * nftables ruleset of each. Compilers make it from the network view; `apply` knows nothing of AWS.
 *
 * Everything is a set of lines, each of which stands for itself: the difference of two plans is the difference of their
 * sets, which is how a running fabric is changed in place.
 */
export interface FabricPlan {
  readonly namespaces: readonly NamespacePlan[];
  readonly links: readonly LinkPlan[];
}

export interface NamespacePlan {
  /** Name of the network namespace, unique in the region. */
  readonly name: string;
  /** Paths below `/proc/sys/net/` with their values, set before any link is made; those of `netfilter` once every ruleset is loaded. */
  readonly settings: Readonly<Record<string, string>>;
  /** The same for each link of the namespace, `{link}` in the path standing for its name, as soon as it is made. */
  readonly linkSettings: Readonly<Record<string, string>>;
  /** `ADDRESS/LENGTH dev LINK`, as `ip address add` takes them. */
  readonly addresses: readonly string[];
  /** `ADDRESS lladdr MAC dev LINK`, as `ip neighbour replace` takes them. */
  readonly neighbours: readonly string[];
  /** As `ip route add` takes them; each names its table where it is not the main one. */
  readonly routes: readonly string[];
  /** As `ip rule add` takes them; each names its priority. */
  readonly rules: readonly string[];
  /** The same in IPv6: `ip` has to be told the family of a rule. */
  readonly rules6: readonly string[];
  /** The nftables table `terrace`, in one family or both; `null` where nothing is filtered or translated. */
  readonly ruleset: string | null;
  /** A second table: how long flows are remembered, where that is not the kernel's setting. None where it is not stated. */
  readonly timeouts?: string | null;
}

/** A veth pair. */
export interface LinkPlan {
  readonly ends: readonly [LinkEnd, LinkEnd];
  readonly mtu: number;
}

interface LinkEnd {
  readonly namespace: string;
  /** At most 15 characters. */
  readonly name: string;
  readonly mac: string;
}
