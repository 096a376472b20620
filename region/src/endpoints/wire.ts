/** A request as it came over the wire, its body apart. */
export interface Wire {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly source: string;
  readonly requestId: string;
  /** Endpoint prefix, as `secretsmanager`. */
  readonly service: string;
  /** The bucket that the host name names. */
  readonly bucket: string | null;
}
