import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';

/** Milliseconds that an HAProxy has for an answer; it has one within a few. Longer than after which it is seen that it does not answer. */
const patience = 5_000;

/**
 * Sends a command to the control socket of an HAProxy and gives its answer.
 *
 * @throws the socket's error where nobody is there to answer, see `isAway`; `TimeoutError` where somebody is and does not
 */
export async function askHaproxy(
  socketPath: string,
  command: string,
  signal: AbortSignal = AbortSignal.timeout(patience),
): Promise<string> {
  const socket = connect(socketPath);
  const cut = () => socket.destroy(signal.reason as Error);
  signal.addEventListener('abort', cut);
  try {
    await once(socket, 'connect');
    socket.end(`${command}\n`);
    return await text(socket);
  } finally {
    signal.removeEventListener('abort', cut);
    socket.destroy();
  }
}

/** Whether an error means that the HAProxy that was asked has ended, or is just being replaced by another. */
export function isAway(error: unknown): boolean {
  return gone.has((error as NodeJS.ErrnoException).code ?? '');
}

const gone = new Set(['ENOENT', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ERR_STREAM_PREMATURE_CLOSE']);
