import { stat } from 'node:fs/promises';
import type { ServerUser } from './private-view.ts';
import { execFile } from './run.ts';

/**
 * Gives a folder to the server's user. It may have been another's: an ordinary user who is given a range of ids has a user for servers, and had
 * none before.
 */
export async function takeOver(folder: string, user: ServerUser): Promise<void> {
  if (user.kind !== 'own' || (await stat(folder)).uid === user.id) return;
  await execFile('chown', ['--recursive', `${user.id}:${user.id}`, folder]);
}
