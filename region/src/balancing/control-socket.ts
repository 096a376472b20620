import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';

/**
 * Sends a command to the control socket of an HAProxy and gives its answer.
 *
 * @throws the socket's error where nobody answers, see `isAway`
 */
export async function askHaproxy(socketPath: string, command: string): Promise<string> {
  const socket = connect(socketPath);
  await once(socket, 'connect');
  socket.end(`${command}\n`);
  return text(socket);
}

/** Whether an error means that the HAProxy that was asked has ended, or is just being replaced by another. */
export function isAway(error: unknown): boolean {
  return gone.has((error as NodeJS.ErrnoException).code ?? '');
}

const gone = new Set(['ENOENT', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ERR_STREAM_PREMATURE_CLOSE']);
