import { appendFileSync } from 'node:fs';

type Level = 'DEBUG' | 'INFO' | 'WARNING' | 'ERROR';

const line = '='.repeat(60);

/**
 * The logs of `cfn-init`, where AWS puts them: /var/log/cfn-init.log, and what commands printed in /var/log/cfn-init-cmd.log.
 *
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/cfn-init.html
 */
export class BuildLog {
  readonly #folder: string;
  readonly #name: string;
  readonly #verbose: boolean;

  constructor(verbose: boolean, name: 'cfn-init' | 'cfn-hup' = 'cfn-init', folder = '/var/log') {
    this.#verbose = verbose;
    this.#name = name;
    this.#folder = folder;
  }

  debug(text: string): void {
    if (this.#verbose) this.#write('DEBUG', text);
  }

  info(text: string): void {
    this.#write('INFO', text);
  }

  warn(text: string): void {
    this.#write('WARNING', text);
  }

  error(text: string): void {
    this.#write('ERROR', text);
  }

  title(text: string, level: 'INFO' | 'ERROR' = 'INFO'): void {
    this.#write(level, centred(text));
  }

  /** A command with its output, as it ended. */
  command(title: string, output: string, status: number | null): void {
    const ended = status === 0 ? 'Completed successfully.' : `Exited with error code ${status ?? 'of a signal'}`;
    const printed = output.replace(/\n$/, '').split('\n');
    const lines = [
      line,
      title,
      ...(output === '' ? [] : [centred('Command Output'), ...printed.map((each) => `\t${each}`), '-'.repeat(60)]),
    ];
    append(
      `${this.#folder}/cfn-init-cmd.log`,
      [
        ...lines.map((each) => `${moment()} P${process.pid} [INFO] ${each}\n`),
        `${moment()} P${process.pid} [${status === 0 ? 'INFO' : 'ERROR'}] ${ended}\n`,
      ].join(''),
    );
  }

  #write(level: Level, text: string): void {
    append(`${this.#folder}/${this.#name}.log`, `${moment()} [${level}] ${text}\n`);
  }
}

function append(file: string, text: string): void {
  try {
    appendFileSync(file, text);
  } catch {
    // As the real one, where only root may write there.
    process.stderr.write(text);
  }
}

/** As Python's logging has it: local time, milliseconds after a comma. */
function moment(): string {
  const now = new Date();
  const local = new Date(now.getTime() - now.getTimezoneOffset() * 60_000);
  return local.toISOString().replace('T', ' ').replace('.', ',').replace('Z', '');
}

function centred(text: string): string {
  const left = Math.floor((60 - text.length) / 2);
  return `${'-'.repeat(Math.max(0, left))}${text}${'-'.repeat(Math.max(0, 60 - text.length - left))}`;
}
