import { spawn } from 'node:child_process';

/** A program that ended in failure: what was run, with what status, and what it said. */
export class ProgramFailed extends Error {
  constructor(
    readonly program: string,
    readonly status: number | null,
    readonly said: string,
  ) {
    super(`${program} ended with ${status ?? 'a signal'}: ${said.trim() || 'it said nothing'}`);
  }
}

/**
 * Runs a program to its end and gives its standard output.
 *
 * @throws ProgramFailed where it ends with anything but 0
 */
export function run(program: string, words: readonly string[], input = ''): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, words, { stdio: ['pipe', 'pipe', 'pipe'] });
    let output = '';
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
    child.stdin.on('error', () => {});
    child.on('error', (error) => reject(new ProgramFailed(program, null, error.message)));
    child.on('close', (status) => {
      if (status === 0) resolve(output);
      else reject(new ProgramFailed([program, ...words].join(' ').slice(0, 200), status, said || output));
    });
    child.stdin.end(input);
  });
}
