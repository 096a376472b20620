import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { asAdministrator, changePassword, createMaster } from './administration.ts';
import type { DatabaseNode } from './node.ts';

/**
 * Makes the master user and the first database, once; later only a password that the template changed is passed on, so
 * that one changed from within stays. Resolves to whether it made them.
 *
 * @param file Where it is kept what was passed on, as a digest.
 */
export async function settleMaster(
  node: DatabaseNode,
  file = join(node.configuration.directory, 'made.json'),
): Promise<boolean> {
  const { masterUser, masterPassword, databaseName } = node.configuration;
  const mark = createHash('sha256').update(`${masterUser}\0${masterPassword}`).digest('hex');
  const made = await readFile(file, 'utf8').then(
    (text) => JSON.parse(text) as { mark: string },
    () => undefined,
  );
  if (made?.mark === mark) return false;
  await asAdministrator(node.address, async (client) => {
    const { rowCount } = await client.query('SELECT FROM pg_roles WHERE rolname = $1', [masterUser]);
    if (rowCount === 0)
      await createMaster(client, { user: masterUser, password: masterPassword, database: databaseName });
    else await changePassword(client, masterUser, masterPassword);
  });
  await writeFile(file, JSON.stringify({ mark }), { mode: 0o600 });
  return made === undefined;
}
