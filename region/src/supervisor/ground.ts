import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Authority } from '../authority/authority.ts';
import type { Ground } from '../compute/ground.ts';
import { packageStore } from '../host/package-store.ts';
import { existingToolkit } from '../host/toolkit.ts';

/** The region's own tmpfs, made by its launcher. */
export const scratch = '/run/terrace';

export const certificatesFile = join(scratch, 'trusted.pem');

export const cacheDirectory = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'terrace');

/** What the instances of this supervisor's region stand on. */
export function groundOf(stateDirectory: string, region: string): Ground {
  const counts = countsOfUsers();
  return {
    scratch,
    state: stateDirectory,
    toolkit: existingToolkit(),
    usr: join(scratch, 'usr'),
    packages: packageStore(),
    node: process.execPath,
    certificates: certificatesFile,
    rootless: counts[0] !== everyUser,
    accounts: counts.some((count) => count > 1) ? 'many' : 'one',
    region,
  };
}

/** What instances trust: the region's authority, and whom the host trusts. */
export function trusted(authority: Authority): string {
  const host = '/etc/ssl/certs/ca-certificates.crt';
  return `${authority.certificate}\n${existsSync(host) ? readFileSync(host, 'utf8') : ''}`;
}

const everyUser = 2 ** 32 - 1;

/** The lengths of the ranges of user ids that this namespace knows. */
function countsOfUsers(): number[] {
  const lines = readFileSync('/proc/self/uid_map', 'utf8').trim().split('\n');
  return lines.map((line) => Number(line.trim().split(/\s+/)[2]));
}
