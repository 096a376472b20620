import type { Inventory } from '@terrace/cloud/inventory';
import type { Mistake } from '@terrace/cloud/mistake';
import type { Words } from '@terrace/cloud/words';
import type { NumberedEvent } from '../events/event.ts';
import type { TopicPermission } from '../notifications/notifications.ts';

/**
 * How the command line speaks with a running region: HTTP over a Unix socket that only its owner can open. Long tasks answer with
 * one JSON document a line: events, and at last the result.
 */
export type ControlEvent =
  | { readonly kind: 'progress'; readonly step: string; readonly text: Words }
  | { readonly kind: 'warning'; readonly mistake: Mistake }
  | { readonly kind: 'instance'; readonly instance: string; readonly state: string; readonly text: Words }
  | { readonly kind: 'event'; readonly event: NumberedEvent }
  /** Whoever connects to this Unix socket is connected through an instance. */
  | { readonly kind: 'forwarding'; readonly socket: string; readonly through: string }
  | { readonly kind: 'result'; readonly value: unknown }
  | { readonly kind: 'mistakes'; readonly mistakes: readonly Mistake[] }
  /** `said` where there are words for it besides the machine's; `silent` where the supervisor itself does not answer. */
  | { readonly kind: 'failure'; readonly message: string; readonly said?: Words; readonly silent?: true };

/** Milliseconds between two empty lines of an answer that is under way: they say that the supervisor lives. */
export const heartbeat = 2_000;

export interface ApplyRequest {
  readonly inventory: Inventory;
  /** The host's port for the application; 0 for any. */
  readonly port: number;
  /** URL of the module that decides on calls to AWS's endpoints: the access lens, which the region itself does not know. */
  readonly authorizer: string;
  /** URL of the module that says what is in the way of a connection: reach, which the region itself does not know. */
  readonly explainer: string;
  /** Whether what its creation policy did not confirm is kept and told of as a failure, in place of being rolled back. */
  readonly keepsUnconfirmed: boolean;
  /** Milliseconds without an answer after which a database server hangs, and its standby. */
  readonly patience: { readonly server: number; readonly standby: number };
  /** Which alarms and groups may publish to which topics: the access lens judges their policies. */
  readonly publishers: readonly TopicPermission[];
  /** vCPUs of On-Demand Standard instances that the account may run; `null` for no limit. */
  readonly vcpuQuota: number | null;
  /** Milliseconds for which instances, signals and the first answer are waited for; `null` for as long as AWS waits. */
  readonly timeout: number | null;
  /** How many times as fast as the wall's the region's clock runs; `null` leaves it as it is. */
  readonly speed: number | null;
}

/** Lists the metrics of a region, or gives the minutes of those that a part of a name or a dimension names. */
export interface MetricsRequest {
  /** `null` for the list. */
  readonly name: string | null;
}

/** Asks for the region's clock, or sets it forward. */
export interface ClockRequest {
  /** Milliseconds since 1970, by the region's clock; `null` only asks. */
  readonly until: number | null;
}

export interface ClockAnswer {
  /** ISO 8601 */
  readonly region: string;
  readonly wall: string;
  readonly speed: number;
  /** What keeps the wall's time. */
  readonly keepsWall: readonly Words[];
}

export interface ProbeRequest {
  readonly from: string;
  readonly to: string;
  readonly port: number;
  readonly protocol: 'tcp' | 'udp' | 'icmp';
  /** By this family alone; otherwise by each that both ends have. */
  readonly family?: 4 | 6;
  readonly milliseconds: number;
}

export interface EventsRequest {
  /** So many of those that are remembered. */
  readonly last: number;
  /** Whether those that come are told too. */
  readonly follow: boolean;
}

export interface LogsRequest {
  readonly instance: string;
  readonly unit: string | null;
  readonly lines: number;
}

export interface ExecuteRequest {
  readonly instance: string;
  readonly command: readonly string[];
  /** The size of the user's terminal; `null` for pipes. */
  readonly terminal: { readonly rows: number; readonly columns: number } | null;
}

export interface DiagnoseRequest {
  readonly from: string;
  readonly to: string;
  readonly port: number;
  readonly milliseconds: number;
}

/** `name` is a reference, as on the command line; a list takes none. */
export interface DatabaseRequest {
  readonly name: string;
  readonly action:
    | { readonly kind: 'list' }
    | { readonly kind: 'failover' | 'backup' | 'stop' | 'start' }
    /** Milliseconds since 1970, or the last moment there is. */
    | { readonly kind: 'restore'; readonly moment: number | 'latest' };
}
