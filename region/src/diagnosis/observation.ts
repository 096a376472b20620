/** What was tried from the sender's place, in the order of the ladder; `null` where a rung does not concern the two. */
export interface Observation {
  /** Addresses that the receiver's name resolved to for the sender. */
  readonly name: {
    readonly asked: string;
    readonly addresses: readonly string[];
    readonly error: string | null;
  } | null;
  readonly connection: {
    readonly address: string;
    readonly port: number;
    readonly outcome: 'accepted' | 'refused' | 'timeout';
  };
  readonly tls: { readonly version: string | null; readonly error: string | null } | null;
  readonly credentials: { readonly user: string; readonly error: string | null } | null;
}

/** What the process in the sender's namespace is told; the password goes by standard input and nowhere else. */
export interface Trial {
  readonly name: string | null;
  readonly resolver: string;
  readonly address: string;
  readonly port: number;
  /** Certificates to verify with; `null` where no TLS is spoken. */
  readonly authority: string | null;
  readonly database: { readonly user: string; readonly password: string; readonly name: string } | null;
  readonly milliseconds: number;
}
