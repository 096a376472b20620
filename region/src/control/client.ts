import { type IncomingMessage, request } from 'node:http';
import { createInterface } from 'node:readline';
import type { Duplex } from 'node:stream';
import { words } from '@terrace/cloud/words';
import type { ControlEvent } from './protocol.ts';

/** Sends a request and gives each event of the answer to `on`, until the result. */
export async function call(
  socket: string,
  path: string,
  body: unknown,
  on: (event: ControlEvent) => void = () => {},
): Promise<ControlEvent> {
  let last: ControlEvent | undefined;
  try {
    const response = await send(socket, path, body);
    for await (const line of createInterface({ input: response })) {
      last = JSON.parse(line) as ControlEvent;
      on(last);
    }
  } catch (error) {
    if (!hungUp.has((error as NodeJS.ErrnoException).code ?? '')) throw error;
  }
  return last && answers.has(last.kind) ? last : { kind: 'failure', message: ended.en, said: ended };
}

const answers: ReadonlySet<ControlEvent['kind']> = new Set(['result', 'mistakes', 'failure']);

/** What is seen of a region that ends while it is asked, as by `terrace down` from elsewhere. */
const hungUp = new Set(['ECONNRESET', 'ECONNREFUSED', 'EPIPE', 'ENOENT']);

const ended = words(
  'The region ended before it answered; see .terrace/supervisor.log.',
  '로컬 리전이 응답하기 전에 끝났습니다. .terrace/supervisor.log를 보세요.',
);

function send(socket: string, path: string, body: unknown): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const outgoing = request({
      socketPath: socket,
      path,
      method: 'POST',
      headers: { 'content-type': 'application/json' },
    });
    outgoing.on('error', reject);
    outgoing.on('response', resolve);
    outgoing.end(JSON.stringify(body));
  });
}

/** Opens a two-way stream, as a session in an instance needs one. */
export function openStream(socket: string, path: string, body: unknown): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    const outgoing = request({
      socketPath: socket,
      path,
      method: 'POST',
      headers: {
        connection: 'upgrade',
        upgrade: 'terrace-stream',
        'x-terrace-request': Buffer.from(JSON.stringify(body)).toString('base64'),
      },
    });
    outgoing.on('error', reject);
    outgoing.on('upgrade', (_response, stream, head) => {
      if (head.length > 0) stream.unshift(head);
      resolve(stream);
    });
    outgoing.on('response', (response) => reject(new Error(`the region answered ${response.statusCode}`)));
    outgoing.end();
  });
}
