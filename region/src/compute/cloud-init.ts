import type { Guest } from './guest.ts';
import { linesOf } from './lines.ts';
import type { Trouble } from './trouble.ts';
import { partsOf } from './user-data.ts';

export interface UserDataResult {
  readonly outcome: 'none' | 'succeeded' | 'failed';
  readonly parts: readonly UserDataPartResult[];
  /** Steps that were refused while it ran, whatever it returned. */
  readonly troubles: readonly Trouble[];
}

interface UserDataPartResult {
  readonly name: string;
  /** `null` where a signal ended it, or where it was not run. */
  readonly exitCode: number | null;
  readonly signal: number | null;
  readonly milliseconds: number;
  /** The last twenty lines of its output, or why it was not run. */
  readonly lastLines: readonly string[];
  /** The first line of its output that reads as an error; `null` where none does. */
  readonly firstError: string | null;
}

const log = '/var/log/cloud-init-output.log';

/**
 * Runs user data's parts one after another as root, as cloud-init does at an instance's first boot: a part that fails
 * does not keep the next from running.
 *
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/user-data.html
 */
export async function runUserData(
  guest: Guest,
  userData: string,
  options: {
    readonly instance: string;
    readonly environment: Readonly<Record<string, string>>;
    readonly onLine: (line: string) => void;
  },
): Promise<Omit<UserDataResult, 'troubles'>> {
  const results: UserDataPartResult[] = [];
  const say = async (line: string) => {
    options.onLine(line);
    await guest.append(log, `${line}\n`).catch(() => undefined);
  };
  const folder = `/var/lib/cloud/instances/${options.instance}`;
  try {
    await guest.makeFolder(`${folder}/scripts`);
    await guest.link(`instances/${options.instance}`, '/var/lib/cloud/instance');
    await guest.write(`${folder}/user-data.txt`, userData, '0600');
    for (const part of partsOf(userData)) {
      if (part.kind === 'refused') {
        await say(`${part.name}: ${part.reason}`);
        results.push({
          name: part.name,
          exitCode: null,
          signal: null,
          milliseconds: 0,
          lastLines: [part.reason],
          firstError: null,
        });
        continue;
      }
      const path = `${folder}/scripts/${part.name.replace(/[^\w.-]/g, '_')}`;
      await guest.write(path, part.content, '0700');
      const result = await runScript(guest, path, part.name, options);
      if (result.exitCode !== 0)
        await say(
          `user data: ${part.name} failed, ${result.exitCode === null ? `signal ${result.signal}` : `exit status ${result.exitCode}`}`,
        );
      results.push(result);
    }
  } catch (error) {
    options.onLine(`user data: ${(error as Error).message}`);
    results.push({
      name: 'user data',
      exitCode: null,
      signal: null,
      milliseconds: 0,
      lastLines: [(error as Error).message],
      firstError: null,
    });
  }
  await guest.write(`${folder}/boot-finished`, `${new Date().toISOString()}\n`).catch(() => undefined);
  const outcome =
    results.length === 0 ? 'none' : results.every((result) => result.exitCode === 0) ? 'succeeded' : 'failed';
  return { outcome, parts: results };
}

async function runScript(
  guest: Guest,
  path: string,
  name: string,
  {
    environment,
    onLine,
  }: { readonly environment: Readonly<Record<string, string>>; readonly onLine: (line: string) => void },
): Promise<UserDataPartResult> {
  const begun = Date.now();
  const lastLines: string[] = [];
  let firstError: string | null = null;
  const line = (text: string) => {
    if (firstError === null && readsAsError.test(text)) firstError = text;
    lastLines.push(text);
    if (lastLines.length > 20) lastLines.shift();
    onLine(text);
  };
  const { onOutput, end } = linesOf(line);
  const process = await guest.spawn({ words: [path], environment, copyTo: log, onOutput });
  const { code, signal } = await process.ended;
  end();
  return { name, exitCode: code, signal, milliseconds: Date.now() - begun, lastLines, firstError };
}

/** How programs of a boot begin to say that something failed. */
const readsAsError =
  /\b(error|fatal|failed|failure|cannot|can't|unable to|not found|no such|denied|refused|timed out|invalid)\b|^E: /i;
