import { existsSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { findProgram } from './programs.ts';
import { run } from './run.ts';

/** Whether this machine has Debian's package tools. */
export function hasPackageTools(): boolean {
  return findProgram('apt-get', null) !== undefined && findProgram('dpkg-deb', null) !== undefined;
}

/**
 * The packages and what they depend on that this machine lacks, from a simulation that changes nothing.
 *
 * @throws ProgramFailed where apt does not know them
 */
export async function withDependencies(packages: readonly string[]): Promise<string[]> {
  const simulate = () =>
    run('apt-get', ['-s', '-q', '-o', 'Debug::NoLocking=1', '--no-install-recommends', 'install', ...packages]);
  let output: string;
  try {
    output = await simulate();
  } catch (error) {
    if (process.getuid?.() !== 0) throw error;
    await run('apt-get', ['-q', 'update']);
    output = await simulate();
  }
  return [...output.matchAll(/^Inst (\S+)/gm)].map((match) => match[1]!);
}

/**
 * Downloads packages into a folder and takes them apart into a root; nothing is installed and no script of theirs runs.
 *
 * @throws ProgramFailed where this machine cannot fetch them
 */
export async function takeApart(packages: readonly string[], scratch: string, root: string): Promise<void> {
  await run('sh', [
    '-c',
    'cd "$1" && shift && exec apt-get -q -o APT::Sandbox::User=root download "$@"',
    'sh',
    scratch,
    ...packages,
  ]);
  mergeUsr(root);
  for (const file of readdirSync(scratch).filter((name) => name.endsWith('.deb'))) {
    await run('sh', [
      '-c',
      'dpkg-deb --fsys-tarfile "$1" | tar -x --no-same-owner --keep-directory-symlink -C "$2"',
      'sh',
      join(scratch, file),
      root,
    ]);
  }
}

/** Packages that still carry `/bin` and `/lib` land where Debian's merged `/usr` has them. */
function mergeUsr(root: string): void {
  mkdirSync(join(root, 'usr'), { recursive: true });
  for (const name of ['bin', 'sbin', 'lib', 'lib64']) {
    mkdirSync(join(root, 'usr', name), { recursive: true });
    if (!existsSync(join(root, name))) symlinkSync(`usr/${name}`, join(root, name));
  }
}
