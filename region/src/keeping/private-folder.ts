import { chmodSync, mkdirSync, readdirSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '../host/run.ts';

/** Makes the folder of a region's state, for its owner alone whatever the umask, and shuts one that stood open. */
export function makePrivateFolder(directory: string): void {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  chmodSync(directory, 0o700);
}

/** Makes an empty file for its owner alone, before a program makes it for more; one that is there stays as it is. */
export async function makePrivateFile(path: string): Promise<void> {
  await (await open(path, 'a', 0o600)).close();
}

/**
 * Takes from everybody but its owner what a former version or another umask left open in a folder of state. Synthesized apps keep the modes of
 * what is in them, which go into what is deployed: only their folders are shut.
 */
export async function shutFolder(directory: string): Promise<void> {
  makePrivateFolder(directory);
  const names = readdirSync(directory);
  const [apps, kept] = [names.filter(isOfApp), names.filter((name) => !isOfApp(name))];
  for (const name of apps) chmodSync(join(directory, name), 0o700);
  if (kept.length > 0) await run('chmod', ['-R', 'go=', '--', ...kept.map((name) => join(directory, name))]);
}

function isOfApp(name: string): boolean {
  return name.startsWith('assembly');
}
