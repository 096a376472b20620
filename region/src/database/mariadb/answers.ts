import { once } from 'node:events';
import { type FileHandle, open } from 'node:fs/promises';
import { connect } from 'node:net';

/**
 * Asks a server over its socket: it greets whoever connects, from a thread of its own, also where all of its connections are in use.
 *
 * https://mariadb.com/kb/en/connection/#initial-handshake-packet
 *
 * @param folder which has the socket
 */
export async function greets(folder: string, signal: AbortSignal): Promise<void> {
  // A socket's path has 107 characters at most: through the open folder it is short.
  const held: FileHandle = await open(folder, 'r');
  const socket = connect(`/proc/self/fd/${held.fd}/socket`);
  try {
    await once(socket, 'data', { signal });
  } finally {
    socket.destroy();
    await held.close();
  }
}
