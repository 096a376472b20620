/** What came of a connection from inside the instance. `address` is there where the name resolved. */
export interface Connection {
  readonly outcome:
    | 'connected'
    | 'no-name'
    | 'no-resolver'
    | 'timed-out'
    | 'refused'
    | 'unreachable'
    | 'forbidden'
    | 'not-tried';
  readonly address: string | null;
}
