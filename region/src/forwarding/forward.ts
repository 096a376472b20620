export interface ForwardRequest {
  /** A reference, as on the command line. */
  readonly to: string;
  readonly port: number;
  /** The instance that connections go through; `null` for the first that gets there. */
  readonly through: string | null;
}

/** Where a forward's connections go, as seen from the instance that they go through. */
export interface Way {
  /** Dotted decimal or IPv6, tried in this order; `null` where a name is resolved anew for each connection. */
  readonly addresses: readonly string[] | null;
  readonly name: string | null;
  /** Whom to ask for the name. */
  readonly resolver: string;
  readonly port: number;
  /** Of the Unix socket to listen on; it is made once a first connection was accepted. */
  readonly path: string;
  /** How long an answer is waited for. */
  readonly milliseconds: number;
}

/** What came of a connection to where the forward leads. */
export type Reached = 'accepted' | 'refused' | 'timeout' | 'no-name';

/** What the process says, a line of JSON each: first what came of a trial, then what came of connections that failed. */
export interface Said {
  readonly reached: Reached;
}
