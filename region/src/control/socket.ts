import { createHash } from 'node:crypto';
import { chmodSync, existsSync, lstatSync, mkdirSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';

/**
 * Where a project's control socket stands: outside the project, since a socket's path may have 107 bytes at most, in a folder that nobody
 * but its owner may enter.
 */
export function controlSocket(stateDirectory: string): string {
  const folder = join(tmpdir(), `terrace-${userInfo().uid}`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const found = lstatSync(folder);
  if (!found.isDirectory() || found.uid !== userInfo().uid) {
    throw new Error(`${folder} belongs to somebody else`);
  }
  chmodSync(folder, 0o700);
  return join(folder, `${createHash('sha256').update(stateDirectory).digest('hex').slice(0, 16)}.sock`);
}

/** Whether a region answers there. What a killed one has left behind answers nobody, and the next one takes its place. */
export async function isRunning(socket: string): Promise<boolean> {
  if (!existsSync(socket)) return false;
  return new Promise((resolve) => {
    const attempt = connect(socket);
    attempt.once('connect', () => {
      attempt.destroy();
      resolve(true);
    });
    attempt.once('error', () => resolve(false));
  });
}
