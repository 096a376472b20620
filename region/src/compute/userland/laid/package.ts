/** A package of Amazon Linux that `dnf install` can bring about. */
export interface Package {
  /** A program of the layers below that has to be there; `null` where none has to. */
  readonly program: string | null;
  /** Debian packages that carry its programs, for the store: their `/usr`, and the folders that `keeps` names. */
  readonly debian?: readonly string[];
  readonly keeps?: readonly string[];
  readonly folders?: readonly string[];
  readonly files?: Readonly<Record<string, string>>;
  /** Files that are programs. */
  readonly programs?: Readonly<Record<string, string>>;
  readonly accounts?: readonly { readonly name: string; readonly id: number; readonly home: string }[];
  /** A shell script that runs in the instance when all is laid down. */
  readonly script?: string;
  /** Other packages of this table that it needs. */
  readonly needs?: readonly string[];
  /** How it differs from Amazon Linux's, in a line that `dnf` prints. */
  readonly differs?: string;
}

/** Programs that download are watched, so that a boot's failed download is told: see `guest/watch.pl`. */
export function watched(programs: readonly string[]): string {
  return `mkdir -p /usr/lib/terrace/programs
for program in ${programs.join(' ')}; do
  ln -sfn "$(readlink -f /usr/bin/$program)" /usr/lib/terrace/programs/$program
  ln -sfn /usr/lib/terrace/watch.pl /usr/bin/$program
done`;
}
