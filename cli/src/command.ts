import type { Words } from '@terrace/cloud/words';
import type { Terminal } from './terminal/terminal.ts';

/**
 * One command of `terrace`: a file of its own in `commands/`, thin: parses, calls, prints.
 * Every command also takes `--json` and `--language`, which are added for it.
 */
export interface CommandDefinition {
  /** Name and arguments as commander writes them, for example `reach <from> <to>`. */
  readonly usage: string;
  readonly summary: Words;
  /** What each argument of `usage` may be, by its name. */
  readonly arguments?: Readonly<Record<string, Words>>;
  readonly options: readonly Option[];
  /** Shown below the help; each works when pasted, where its template or region is there. */
  readonly examples: readonly string[];
  /** Resolves to the exit code. Mistakes are shown by the caller's `Terminal`; a thrown error is a failure. */
  run(input: {
    arguments: readonly string[];
    options: Readonly<Record<string, unknown>>;
    terminal: Terminal;
  }): Promise<number>;
}

export interface Option {
  /** As commander writes it, for example `--template <file>`. */
  readonly flags: string;
  readonly description: Words;
  /** May be given more than once; the values come as an array. */
  readonly repeatable?: boolean;
}
