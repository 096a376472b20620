import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { hasPackageTools, takeApart, withDependencies } from './debian-packages.ts';
import { ProgramFailed, run } from './run.ts';

/**
 * Debian packages that instances install, taken apart once for each user of this machine and kept: later boots need no network, and all
 * instances share the bytes. Instances see the store read-only.
 */
export function packageStore(): string {
  const store = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'terrace', 'packages');
  mkdirSync(store, { recursive: true, mode: 0o755 });
  return store;
}

/** The store may hold this much: a mebibyte is 2^20 bytes. */
const mostMebibytes = 300;

/** Packages that could not be brought into the store, and why, in the words of this machine's tools. */
export class PackagesNotFetched extends Error {}

const fetching = new Map<string, Promise<void>>();

/**
 * Sees to it that the store has the packages with what they depend on, in a folder of their own below `packageStore()`.
 *
 * @returns the folder's name
 * @throws PackagesNotFetched
 */
export async function fetchPackages(packages: readonly string[], store = packageStore()): Promise<string> {
  const hash = createHash('sha256').update(packages.join(' ')).digest('hex').slice(0, 8);
  const name = `${packages[0]}-${hash}`;
  if (existsSync(join(store, name))) return name;
  const under = fetching.get(name) ?? fetchInto(store, name, packages).finally(() => fetching.delete(name));
  fetching.set(name, under);
  await under;
  return name;
}

async function fetchInto(store: string, name: string, packages: readonly string[]): Promise<void> {
  if (!hasPackageTools()) throw new PackagesNotFetched('this machine has no apt-get and dpkg-deb');
  const scratch = mkdtempSync(join(store, '.fetch-'));
  try {
    const missing = await withDependencies(packages);
    const root = join(scratch, 'root');
    await takeApart([...new Set([...packages, ...missing])], scratch, root);
    await leaveOut(root);
    const used = await mebibytes(store);
    if (used > mostMebibytes)
      throw new PackagesNotFetched(
        `${store} would hold ${used} MiB with ${packages.join(' ')}, and may hold ${mostMebibytes}: remove folders in it that no running region uses`,
      );
    renameSync(root, join(store, name));
  } catch (error) {
    if (error instanceof ProgramFailed) throw new PackagesNotFetched(error.message);
    throw error;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** Documentation, and the right to become another user: every file is for everyone to read, as instances' users are none of this machine's. */
async function leaveOut(root: string): Promise<void> {
  for (const folder of ['doc', 'man', 'info', 'locale', 'lintian', 'bash-completion', 'doc-base'])
    rmSync(join(root, 'usr/share', folder), { recursive: true, force: true });
  await run('chmod', ['-R', 'a+rX,u-s,g-s', root]);
}

async function mebibytes(folder: string): Promise<number> {
  const output = await run('du', ['--summarize', '--block-size=1M', '--exclude=*.deb', folder]);
  return Number.parseInt(output, 10);
}
