import type { Place } from '@terrace/cloud/mistake';
import type { ServerCertificate } from '../authority/authority.ts';
import type { ServerUser } from './private-view.ts';

/** One database server on one address: a single instance, or one of the two of a Multi-AZ instance. */
export interface DatabaseConfiguration {
  /** `DBInstanceIdentifier`. */
  readonly id: string;
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
  /** Settings of the parameter group that are carried out, in the server's words. */
  readonly settings: Readonly<Record<string, string>>;
}

/** What happens to a server while it runs. */
export type DatabaseEvent =
  | { readonly kind: 'ready'; readonly database: string; readonly created: boolean; readonly milliseconds: number }
  | { readonly kind: 'crashed'; readonly database: string; readonly said: string }
  | { readonly kind: 'given-up'; readonly database: string; readonly said: string };
