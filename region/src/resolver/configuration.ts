/**
 * What a resolver answers, and to whom. The first listener of a VPC's resolver is the base of its primary range
 * plus two, the second 169.254.169.253.
 */
export interface ResolverConfiguration {
  readonly listen: readonly Listener[];
  /** Prefixes (`10.10.0.0/16`) whose questions are answered; others get silence. `null` answers everyone. */
  readonly clients: readonly string[] | null;
  /** In no order: the most specific zone that holds a name answers for it, and none other. */
  readonly zones: readonly ResolverZone[];
}

export interface Listener {
  readonly address: string;
  readonly port: number;
}

/** Names are in small letters and without the final dot. */
export interface ResolverZone {
  readonly name: string;
  readonly records: readonly ResolverRecord[];
}

export interface ResolverRecord {
  /** `*.` at the front stands for one or more labels that nothing else names. */
  readonly name: string;
  readonly type: RecordType;
  readonly answers: readonly WeightedAnswer[];
}

/** One is chosen by weight; a record of only one has no use for it. */
export interface WeightedAnswer {
  readonly weight: number;
  readonly answer: /** As zone files write them: an address, a name, `10 mail.example.com`, `"text"`. Shuffled in the answer. */
    | { readonly kind: 'values'; readonly ttl: number; readonly values: readonly string[] }
    /** Answered with what the target has, under the asked name, as Route 53's alias records are. */
    | { readonly kind: 'alias'; readonly target: string };
}

export type RecordType = 'A' | 'AAAA' | 'CAA' | 'CNAME' | 'MX' | 'NS' | 'PTR' | 'SOA' | 'SRV' | 'TXT';
