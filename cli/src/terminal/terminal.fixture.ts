import type { Mistake } from '@terrace/cloud/mistake';
import type { Language, Words } from '@terrace/cloud/words';
import type { Terminal } from './terminal.ts';

/** What a command has said, in the order it said it. */
export interface Said {
  /** The result as data; `undefined` where the command gave none. */
  value: unknown;
  /** The result as lines for people. */
  readonly lines: string[];
  readonly notes: Words[];
  readonly mistakes: Mistake[];
}

/** A terminal that prints nothing and keeps what a command says, as data and as lines both. A failure of the machine's ends the test. */
export function listeningTerminal({ language = 'en', json = false }: { language?: Language; json?: boolean } = {}): {
  readonly terminal: Terminal;
  readonly said: Said;
} {
  const said: Said = { value: undefined, lines: [], notes: [], mistakes: [] };
  const terminal: Terminal = {
    language,
    json,
    result(value, lines) {
      said.value = value;
      said.lines.push(...[lines()].flat());
    },
    document(value) {
      said.value = value;
    },
    row: (_value, line) => void said.lines.push(line),
    note: (text) => void said.notes.push(text),
    mistakes: (mistakes) => void said.mistakes.push(...mistakes),
    failure(message) {
      throw new Error(message);
    },
    confirm: async () => null,
    help: () => undefined,
  };
  return { terminal, said };
}
