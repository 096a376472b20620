import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the game answers through all three tiers. */
    arcade: string;
  }
}

const run = promisify(execFile);
const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * A region of the blueprint for all tests in the browser, from `terrace up` to `terrace down`. `ARCADE_URL` names another
 * place instead that has the game behind it, for example a region that runs already.
 */
export default async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  if (process.env.ARCADE_URL) {
    project.provide('arcade', process.env.ARCADE_URL);
    return undefined;
  }
  const directory = await mkdtemp(join(tmpdir(), 'terrace-browser-'));
  const terrace = (...words: readonly string[]) =>
    run(process.execPath, [join(root, 'cli/bin/terrace.js'), ...words, '--json'], {
      cwd: directory,
      maxBuffer: 2 ** 26,
    });
  const end = async () => {
    await terrace('down');
    await rm(directory, { recursive: true, force: true });
  };
  try {
    const blueprint = `${process.execPath} ${join(root, 'blueprint/dist/app.js')}`;
    const { stdout } = await terrace('up', '--detach', '--app', blueprint);
    project.provide('arcade', (JSON.parse(stdout) as { app: string }).app);
    return end;
  } catch (error) {
    await end();
    throw error;
  }
}
