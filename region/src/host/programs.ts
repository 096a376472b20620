import { accessSync, constants } from 'node:fs';
import { join } from 'node:path';

/** What a region needs of the machine besides Node, and the Debian package that has it. */
export const requiredPrograms = [
  { program: 'ip', package: 'iproute2' },
  { program: 'ss', package: 'iproute2' },
  { program: 'nft', package: 'nftables' },
  { program: 'haproxy', package: 'haproxy' },
  { program: 'nginx', package: 'nginx' },
  { program: 'ping', package: 'iputils-ping' },
  { program: 'unshare', package: 'util-linux' },
  { program: 'nsenter', package: 'util-linux' },
  { program: 'setpriv', package: 'util-linux' },
  { program: 'mount', package: 'mount' },
  { program: 'bash', package: 'bash' },
  { program: 'perl', package: 'perl-base' },
] as const;

type RequiredProgram = (typeof requiredPrograms)[number];

const hostDirectories = ['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin'];

/** Where a program stands, on the host or in the toolkit; `undefined` where it is on neither. */
export function findProgram(program: string, toolkit: string | null): string | undefined {
  const directories =
    toolkit === null ? hostDirectories : [...hostDirectories, join(toolkit, 'usr/sbin'), join(toolkit, 'usr/bin')];
  return directories.map((directory) => join(directory, program)).find(isExecutable);
}

export function missingPrograms(toolkit: string | null): RequiredProgram[] {
  return requiredPrograms.filter(({ program }) => findProgram(program, toolkit) === undefined);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
