import type { Endpoints } from '@terrace/cloud/views/reference';
import type { Filters } from '../engine/filters.ts';
import type { NetworkIndex } from '../engine/network-index.ts';
import type { Blocker, Hop } from '../explain/blocker.ts';
import type { TrafficSet } from '../traffic/traffic-set.ts';
import type { Verdict } from './verdict.ts';

/** A network made ready for questions; cheap to ask many times. */
export interface Reach {
  readonly network: NetworkIndex;
  readonly filters: Filters;
}

export interface Question {
  readonly from: Endpoints;
  readonly to: Endpoints;
  /** `null` asks what can pass at all. */
  readonly traffic: TrafficSet | null;
  readonly sourcePort?: number;
  /** By this family alone; otherwise whichever the two ends have. */
  readonly family?: 4 | 6;
}

export interface Answer {
  /** From every sender to every receiver; for `traffic: null`, whether anything passes for each of them. */
  readonly verdict: Verdict;
  /**
   * One for each sender and receiver that something tells apart; those that differ only by address range, and interfaces that nothing tells
   * apart, are told once.
   */
  readonly pairs: readonly PairAnswer[];
  /** How many more pairs were proven than are told. */
  readonly more: number;
}

export interface PairAnswer {
  readonly from: string;
  readonly to: string;
  readonly fromAddress: string;
  readonly toAddress: string;
  readonly verdict: Verdict;
  /** How many pairs of interfaces this one stands for: nothing tells them apart. */
  readonly standsFor: number;
  /** Passes only for some of the ports that the client may choose. */
  readonly onlySometimes: boolean;
  /** What of the traffic asked for passes. */
  readonly allowed: TrafficSet;
  /** What of it passes by IPv6; `null` where one of the two has no IPv6 address. */
  readonly overIpv6: TrafficSet | null;
  readonly path: readonly Hop[];
  /** Everything that stands in the way at once; empty where the verdict is not no. */
  readonly blockers: readonly Blocker[];
  /** What the answer depends on and what is not known. */
  readonly unknowns: readonly Blocker[];
}
