/** A door from the host's loopback to something that the region's internet can reach. */
export interface Door {
  /** What it leads to, for people: a load balancer's name and port. */
  readonly name: string;
  /** Public addresses, in dotted decimal, or IPv6 in brackets where there is none of IPv4. */
  readonly addresses: readonly string[];
  readonly port: number;
  /** What a client speaks there first; of `tcp` nothing is read. */
  readonly protocol: 'http' | 'tls' | 'tcp';
  /** Names that a request's `Host` may have besides the host's own; `*` is any characters, `?` one. */
  readonly hosts: readonly string[];
  /** Seconds between two requests of a connection. */
  readonly idleSeconds: number;
}

/** One door as it stands open. */
export interface OpenDoor extends Door {
  /** The host's port on 127.0.0.1. */
  readonly hostPort: number;
}

export function url(door: OpenDoor): string {
  return `${door.protocol === 'tls' ? 'https' : 'http'}://127.0.0.1:${door.hostPort}/`;
}

export interface OpenRequest {
  /** A reference, as on the command line; `null` for the first that is open. */
  readonly thing: string | null;
  /** Of the listener; `null` for any. */
  readonly port: number | null;
}
