/**
 * What compute stands on: the folders and files that the region's supervisor made ready inside its own
 * private mount namespace. Nothing here is ever seen from inside an instance.
 */
export interface Ground {
  /** A folder on a tmpfs that is private to the region; compute makes its own folders below it. */
  readonly scratch: string;
  /** A folder of the region on a disk, which outlives it: journals are kept there. */
  readonly state: string;
  /** Holds `usr` of extracted Debian packages such as nginx; `null` where the host's own `/usr` has them. */
  readonly toolkit: string | null;
  /** The host's own `/usr`, without the toolkit laid over it: an overlay of an overlay of an overlay is more than the kernel stacks. */
  readonly usr: string;
  /** The store of Debian packages that instances install. */
  readonly packages: string;
  /** The Node binary to give to instances. */
  readonly node: string;
  /** A PEM file: the region's own authority first, then whatever else instances trust. */
  readonly certificates: string;
  /** True within a user namespace. */
  readonly rootless: boolean;
  /** `one` where the user namespace maps uid 0 and nothing else; every account inside an instance is then uid 0. */
  readonly accounts: 'one' | 'many';
  /** For example `ap-northeast-2`. */
  readonly region: string;
}
