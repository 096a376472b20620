import { describeMistake, type Mistake } from '@terrace/cloud/mistake';
import type { Language, Words } from '@terrace/cloud/words';

/**
 * What a command ends with.
 * - `answered`: done, and the answer is yes.
 * - `no`: done, and the answer is no (not reachable, an intent broken, a permission missing): for CI.
 * - `mistake`: the user's to correct; nothing was started.
 * - `failure`: the machine's or Terrace's.
 */
export const exitCode = { answered: 0, no: 1, mistake: 2, failure: 3 } as const;

/** The only place that prints. Results go to standard output, everything said about the way there to standard error. */
export interface Terminal {
  readonly language: Language;
  /** True where a command was given `--json`. */
  readonly json: boolean;
  /** The result: as JSON where asked for, otherwise as the lines given. */
  result(value: unknown, lines: () => string | readonly string[]): void;
  /** Progress and remarks, for people only. */
  note(text: Words): void;
  mistakes(mistakes: readonly Mistake[]): void;
  /** What is nobody's mistake but the machine's or Terrace's. */
  failure(message: string): void;
}

export function openTerminal(options: { json?: boolean; language?: string }): Terminal {
  const language = chooseLanguage(options.language, process.env);
  const json = options.json ?? false;
  return {
    language,
    json,
    result(value, lines) {
      if (json) process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
      else process.stdout.write(`${[lines()].flat().join('\n')}\n`);
    },
    note(text) {
      process.stderr.write(`${text[language]}\n`);
    },
    mistakes(mistakes) {
      if (json) process.stdout.write(`${JSON.stringify({ mistakes }, null, 2)}\n`);
      else process.stderr.write(`${mistakes.map((each) => describeMistake(each, language)).join('\n\n')}\n`);
    },
    failure(message) {
      if (json) process.stdout.write(`${JSON.stringify({ failure: message }, null, 2)}\n`);
      else process.stderr.write(`${message}\n`);
    },
  };
}

/** `--language` first, then `TERRACE_LANGUAGE`, then the locale; English where none says Korean. */
export function chooseLanguage(asked: string | undefined, environment: NodeJS.ProcessEnv): Language {
  const { TERRACE_LANGUAGE, LC_ALL, LC_MESSAGES, LANG } = environment;
  // An empty variable says as little as none.
  const locale = asked || TERRACE_LANGUAGE || LC_ALL || LC_MESSAGES || LANG || '';
  return locale.toLowerCase().startsWith('ko') ? 'ko' : 'en';
}
