import type { Inventory, Resource } from '@terrace/cloud/inventory';
import type { BalancingView } from '@terrace/cloud/views/balancing';
import type { Fleet } from '@terrace/cloud/views/fleet';
import type { Intent } from '@terrace/cloud/views/intents';
import type { NetworkView } from '@terrace/cloud/views/network';
import type { Words } from '@terrace/cloud/words';
import type { Reach } from '../reach/ask/question.ts';

/** `critical` and `high` make `terrace check` end with 1; `medium` and `low` are told only. */
export type Severity = 'critical' | 'high' | 'medium' | 'low';

/** Something that holds for any architecture, proved or read from the template. `all.ts` lists them. */
export interface Control {
  /** Stable, in capitals, for example `DATABASE_REACHED_FROM_INTERNET`. */
  readonly id: string;
  readonly severity: Severity;
  /** The control in one sentence, for docs/rules.md. */
  readonly what: Words;
  /** AWS's page, below https://docs.aws.amazon.com/ */
  readonly page: string;
  /** Rules of cdk-nag that say the same: their suppressions accept this control too. */
  readonly nag: readonly string[];
  readonly find: (ground: Ground) => Finding[];
}

/** What controls read. */
export interface Ground {
  readonly inventory: Inventory;
  /** With a member in every subnet that a group may launch into. */
  readonly network: NetworkView;
  readonly fleet: Fleet;
  readonly balancing: BalancingView;
  readonly reach: Reach;
  readonly intents: readonly Intent[];
}

/** One place where a control does not hold. */
export interface Finding {
  /** The resource that it is about: where it can be accepted. */
  readonly resource: Resource;
  /** Where the mend belongs, if that is another resource. */
  readonly at?: { readonly resource: Resource; readonly path: readonly (string | number)[] };
  readonly cause: Words;
  readonly next: Words;
  /** What a packet passes, or what stops it. */
  readonly path: readonly Words[];
  /** `unknown`: a value that decides is not known. It counts as broken. */
  readonly outcome: 'broken' | 'unknown';
}
