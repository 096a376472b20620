import { execFile as execFileWithCallback, spawn } from 'node:child_process';
import { promisify } from 'node:util';
import { insideView, type PrivateView } from './private-view.ts';

/** Runs a program to its end; rejects with what it said where that was not 0. */
export const execFile = promisify(execFileWithCallback);

/** Runs a server's own program in its view to its end; rejects where it did not end with 0, or told of an error. */
export async function runInView(view: PrivateView, command: readonly string[], input = ''): Promise<void> {
  const [program, ...words] = insideView(view, command);
  const child = spawn(program!, words, { stdio: ['pipe', 'pipe', 'pipe'] });
  let said = '';
  child.stdout.on('data', (chunk) => (said += chunk));
  child.stderr.on('data', (chunk) => (said += chunk));
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  const code = await new Promise<number | null>((done, failed) => child.on('error', failed).on('close', done));
  if (code !== 0 || /^.*(ERROR|FATAL|PANIC)\b.*:/m.test(said)) {
    throw new Error(`${command[0]} ended with ${code}: ${said.slice(-2000)}`);
  }
}
