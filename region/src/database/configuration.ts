import type { Mistake, Place } from '@terrace/cloud/mistake';
import type { Words } from '@terrace/cloud/words';
import type { ServerCertificate } from '../authority/authority.ts';
import type { ServerUser } from './private-view.ts';

/** One database instance of RDS, as it is to run. */
export interface DatabaseConfiguration {
  /** `DBInstanceIdentifier`. */
  readonly id: string;
  readonly engine: 'postgresql' | 'mariadb';
  readonly place: Place;
  /** Of the server that runs: data of another major version is refused. */
  readonly major: number;
  /** Kept between runs. The server's data, certificate, socket and log are in it. */
  readonly directory: string;
  /** For what any project can share: an empty cluster as `initdb` makes it. */
  readonly cache: string;
  /** A file of the network namespace that has the address; `null` stays in the present one. */
  readonly networkNamespace: string | null;
  readonly address: string;
  /** Whether it listens by IPv6 too, at every address of the namespace. */
  readonly dualStack?: boolean;
  /** Where the standby of a Multi-AZ instance stands; `null` for a single instance. */
  readonly standby: StandbyConfiguration | null;
  readonly port: number;
  readonly user: ServerUser;
  readonly certificate: ServerCertificate;
  readonly masterUser: string;
  /** Opened. Goes into the server as a verifier only, and into no argument, log or file. */
  readonly masterPassword: string;
  /** Made with the server, owned by the master user; `null` makes none. */
  readonly databaseName: string | null;
  /** Connections without TLS are refused by the server, after they reached it. */
  readonly forceTls: boolean;
  /** Days; 0 keeps no backups. */
  readonly backupRetention: number;
  /** When the daily copy is taken, `hh:mm-hh:mm` in UTC; `null` a day after the last. */
  readonly backupWindow: string | null;
  /** Refuses to be deleted. */
  readonly deletionProtection: boolean;
  /** Settings of the parameter group that are carried out, in the server's words. */
  readonly settings: Readonly<Record<string, string>>;
  readonly patience: DatabasePatience;
}

/** Milliseconds without an answer after which a server hangs. */
export interface DatabasePatience {
  /** One that takes writes: it is killed, and its standby takes over, or it is started again. A standby is killed and made anew. */
  readonly server: number;
  /** A standby: commits wait for it no longer. */
  readonly standby: number;
}

/**
 * Seconds, where nothing else is set. AWS documents 60 to 120 s for a whole failover, most of it until the failure is found. How long commits wait for
 * a standby it does not document: here for less than clients, pools and load balancers wait, whose usual bounds are 30 and 60 s.
 *
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.MultiAZSingleStandby.html
 */
export const usualPatience = { server: 60, standby: 10 } as const;

interface StandbyConfiguration {
  readonly networkNamespace: string | null;
  readonly address: string;
}

/** A database that runs, of whatever engine, in one zone or in two. */
export interface RunningDatabase extends AsyncDisposable {
  configure(configuration: DatabaseConfiguration): Promise<void>;
  /** `null` for an engine whose backups are modelled. */
  readonly backups: DatabaseBackups | null;
  /** Ends and starts the server, as a reboot of the instance does. */
  restart(): Promise<Mistake | undefined>;
  /** As "reboot with failover". False, and nothing done, where no standby has everything. */
  failover(): Promise<boolean>;
  readonly standbyState: StandbyState;
  /** Of the server that runs, for example `17.10`. */
  readonly version: string;
  /** Which of the two addresses of the template the endpoint's name stands for. */
  readonly activeNode: 'primary' | 'standby';
  readonly processId: number | undefined;
  /** Asks the one that takes writes now. Milliseconds for which it has not answered; `null` where it answers. */
  silentFor(): Promise<number | null>;
}

/** Whether a failover is possible: there is no standby, it lacks something, it does not answer, or it has everything that was acknowledged. */
export type StandbyState = 'none' | 'behind' | 'not-answering' | 'in-sync';

export interface DatabaseBackups {
  /** Takes a whole copy now, as a snapshot does. `time`: milliseconds since 1970, from when on moments can be restored. */
  take(): Promise<{ readonly id: string; readonly time: number }>;
  /** Sends the log written so far to the backups, so that this very moment can be restored. */
  sendLog(): Promise<void>;
}

/** What happens to a server while it runs. */
export type DatabaseEvent =
  | { readonly kind: 'ready'; readonly database: string; readonly created: boolean; readonly milliseconds: number }
  | { readonly kind: 'crashed'; readonly database: string; readonly said: string }
  /** A server, or its standby, does not answer, answers again, or hangs and is ended. */
  | {
      readonly kind: 'silent' | 'answers' | 'hung';
      readonly database: string;
      readonly node: 'server' | 'standby';
      readonly milliseconds: number;
    }
  /** The name has to be pointed at the other address. */
  | {
      readonly kind: 'failed-over';
      readonly database: string;
      readonly to: 'primary' | 'standby';
      readonly milliseconds: number;
    }
  /** The standby has everything that was acknowledged (or no longer does): a failover is possible (or not). */
  | { readonly kind: 'in-sync' | 'out-of-sync'; readonly database: string }
  | { readonly kind: 'backed-up'; readonly database: string; readonly backup: string }
  /** A full disk keeps it from something, or from running; it does it when there is room. */
  | { readonly kind: 'no-room'; readonly database: string; readonly isDown: boolean; readonly undone: Words }
  | { readonly kind: 'given-up'; readonly database: string; readonly said: string };
