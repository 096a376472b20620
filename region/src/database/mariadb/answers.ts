import { type FileHandle, open } from 'node:fs/promises';
import { connect } from 'node:net';

/** RDS's own administrator, here one who may log in by the socket of the region's supervisor and do nothing besides: a question needs no right. */
export const asker = 'rdsadmin';

/**
 * Logs in to a server over its socket and has it carry out a statement. An error that the server says is an answer too, for example that all of its
 * connections are in use.
 *
 * https://mariadb.com/kb/en/clientserver-protocol/
 *
 * @param folder which has the socket
 */
export async function answers(folder: string, signal: AbortSignal): Promise<void> {
  // A socket's path has 107 characters at most: through the open folder it is short.
  const held: FileHandle = await open(folder, 'r');
  const socket = connect(`/proc/self/fd/${held.fd}/socket`);
  const cut = () => socket.destroy(new Error('nobody waits for the answer any more'));
  signal.addEventListener('abort', cut);
  try {
    const steps = [login(), packet(0, Buffer.from(`${query}DO 1`)), packet(0, Buffer.from(quit))];
    let read = Buffer.alloc(0);
    for await (const chunk of socket as AsyncIterable<Buffer>) {
      read = Buffer.concat([read, chunk]);
      if (read.length < 5 || read.length < 4 + read.readUIntLE(0, 3)) continue;
      if (read[4] === failed) return;
      read = Buffer.alloc(0);
      const step = steps.shift()!;
      if (steps.length === 0) {
        socket.end(step);
        return;
      }
      socket.write(step);
    }
    throw new Error('the server hung up');
  } finally {
    signal.removeEventListener('abort', cut);
    await held.close();
  }
}

const failed = 0xff;
const query = '\x03';
const quit = '\x01';

/** Protocol 4.1 without a password. */
function login(): Buffer {
  const capabilities = 0x200 | 0x8000 | 0x80000;
  const head = Buffer.alloc(32);
  head.writeUInt32LE(capabilities, 0);
  head.writeUInt32LE(2 ** 24 - 1, 4);
  head.writeUInt8(45, 8);
  return packet(1, Buffer.concat([head, Buffer.from(`${asker}\0\0mysql_native_password\0`)]));
}

function packet(sequence: number, payload: Buffer): Buffer {
  const head = Buffer.alloc(4);
  head.writeUIntLE(payload.length, 0, 3);
  head.writeUInt8(sequence, 3);
  return Buffer.concat([head, payload]);
}
