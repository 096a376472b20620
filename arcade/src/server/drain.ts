import type { IncomingMessage } from 'node:http';

/** Bytes that are read past before a connection is closed instead: more than the web tier lets through. */
const mostBytes = 1024 * 1024;
const mostMilliseconds = 1000;

/**
 * Reads and forgets the rest of a body that is refused. A connection that is closed while the other side still writes
 * is reset, and then a proxy reports a broken server (502) and not the reason. A body that announces
 * more than a proxy would let through is not read at all.
 */
export function drain(request: IncomingMessage): Promise<void> {
  if (request.complete || Number(request.headers['content-length'] ?? 0) > mostBytes) return Promise.resolve();
  return new Promise((resolve) => {
    let seen = 0;
    const done = () => {
      clearTimeout(timer);
      request.off('data', count);
      resolve();
    };
    const timer = setTimeout(done, mostMilliseconds);
    const count = (chunk: Buffer) => {
      seen += chunk.length;
      if (seen > mostBytes) done();
    };
    request.on('data', count);
    for (const event of ['end', 'close', 'error'] as const) request.once(event, done);
    request.resume();
  });
}
