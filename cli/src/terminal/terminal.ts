import { createInterface } from 'node:readline';
import { describeMistake, type Mistake } from '@terrace/cloud/mistake';
import type { Language, Words } from '@terrace/cloud/words';
import { remarksToSay, shown, shownJson, shownJsonLine } from './discretion.ts';

/**
 * What a command ends with.
 * - `answered`: done, and the answer is yes.
 * - `no`: done, and the answer is no (not reachable, an intent broken, a permission missing): for CI.
 * - `mistake`: the user's to correct; nothing was started.
 * - `failure`: the machine's or Terrace's.
 */
export const exitCode = { answered: 0, no: 1, mistake: 2, failure: 3 } as const;

/** The only place that prints, and nothing is printed as it came: secrets are masked, control characters shown in a visible form. Results go to standard output, everything said about the way there to standard error. */
export interface Terminal {
  readonly language: Language;
  /** True where a command was given `--json`. */
  readonly json: boolean;
  /** The result: as JSON where asked for, otherwise as the lines given. */
  result(value: unknown, lines: () => string | readonly string[]): void;
  /** A result that is JSON however it is asked for, such as SARIF. */
  document(value: unknown): void;
  /** One of several results that come one after the other: a JSON document on a line of its own where asked for, otherwise the line. */
  row(value: unknown, line: string): void;
  /** Progress and remarks, for people only. */
  note(text: Words): void;
  mistakes(mistakes: readonly Mistake[]): void;
  /** What is nobody's mistake but the machine's or Terrace's. */
  failure(message: string): void;
  /** Asks a person at the terminal; `null` where nobody can be asked: with `--json`, or where no terminal is there. */
  confirm(question: Words): Promise<boolean | null>;
  /** A page of help, which ends its own lines. */
  help(text: string): void;
}

/** Where a terminal writes: standard output and standard error, unless a test listens. */
export interface Streams {
  readonly out: { write(text: string): unknown };
  readonly error: { write(text: string): unknown };
}

export function openTerminal(
  options: { json?: boolean; language?: string },
  streams: Streams = { out: process.stdout, error: process.stderr },
): Terminal {
  const language = chooseLanguage(options.language, process.env);
  const json = options.json ?? false;
  const say = (text: string) => streams.error.write(`${shown(text)}\n`);
  const sayRemarks = () => {
    for (const each of remarksToSay()) say(each[language]);
  };
  const printJson = (value: unknown) => {
    sayRemarks();
    streams.out.write(`${shownJson(value)}\n`);
  };
  const complain = (text: string) => {
    sayRemarks();
    say(text);
  };
  return {
    language,
    json,
    result(value, lines) {
      if (json) return printJson(value);
      sayRemarks();
      streams.out.write(`${shown([lines()].flat().join('\n'))}\n`);
    },
    row(value, line) {
      sayRemarks();
      streams.out.write(`${json ? shownJsonLine(value) : shown(line)}\n`);
    },
    document: printJson,
    note: (text) => complain(text[language]),
    mistakes(mistakes) {
      if (json) printJson({ mistakes });
      else complain(mistakes.map((each) => describeMistake(each, language)).join('\n\n'));
    },
    failure(message) {
      if (json) printJson({ failure: message });
      else complain(message);
    },
    confirm: async (question) =>
      json || !process.stdin.isTTY || !process.stderr.isTTY ? null : askAtTerminal(question[language]),
    help: (text) => void streams.out.write(shown(text)),
  };
}

/** Only a yes is one: Ctrl-C, Ctrl-D and an empty line are no. */
async function askAtTerminal(question: string): Promise<boolean> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = await new Promise<string>((resolve) => {
      lines.once('close', () => resolve(''));
      lines.question(`${shown(question)} `, resolve);
    });
    return ['y', 'yes', '예', '네'].includes(answer.trim().toLowerCase());
  } finally {
    lines.close();
  }
}

/** `--language` first, then `TERRACE_LANGUAGE`, then the locale; English where none says Korean. */
export function chooseLanguage(asked: string | undefined, environment: NodeJS.ProcessEnv): Language {
  const { TERRACE_LANGUAGE, LC_ALL, LC_MESSAGES, LANG } = environment;
  // An empty variable says as little as none.
  const locale = asked || TERRACE_LANGUAGE || LC_ALL || LC_MESSAGES || LANG || '';
  return locale.toLowerCase().startsWith('ko') ? 'ko' : 'en';
}
