import { createHash } from 'node:crypto';
import { passwdLine } from '../accounts.ts';
import type { Guest } from '../guest.ts';

const first = 61_184;
const last = 65_519;

/**
 * The account of a unit with `DynamicUser=yes`: named after the unit, its number from systemd's own range and the same at every start.
 *
 * https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#DynamicUser=
 */
export async function dynamicUser(
  guest: Pick<Guest, 'read' | 'append'>,
  accounts: 'one' | 'many',
  name: string,
): Promise<string> {
  const lines = (await guest.read('/etc/passwd')).split('\n').map((line) => line.split(':'));
  if (lines.some(([known]) => known === name)) return name;
  const taken = new Set(lines.map(([, , uid]) => Number(uid)));
  let id =
    accounts === 'one' ? 0 : first + (createHash('sha256').update(name).digest().readUInt32BE(0) % (last - first));
  while (accounts === 'many' && taken.has(id)) id = id === last ? first : id + 1;
  await guest.append('/etc/passwd', `${passwdLine(name, id, id, '/', '/usr/sbin/nologin')}\n`);
  await guest.append('/etc/group', `${name}:x:${id}:\n`);
  return name;
}
