import { readdirSync, readFileSync } from 'node:fs';

/**
 * The process of the supervisor that answers at a control socket, found by its arguments; `undefined` where there is none.
 *
 * @param socket as `controlSocket` gives it
 */
export function supervisorProcess(socket: string): number | undefined {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .find((pid) => {
      const [program = '', ...words] = argumentsOf(pid);
      return /(^|\/)node$/.test(program) && words.at(-1) === socket;
    });
}

function argumentsOf(pid: number): string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').slice(0, -1);
  } catch {
    return []; // it has ended in the meantime
  }
}
