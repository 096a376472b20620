import { type ClientRequest, type IncomingMessage, request } from 'node:http';
import { createInterface } from 'node:readline';
import type { Duplex } from 'node:stream';
import { words } from '@terrace/cloud/words';
import { type ControlEvent, heartbeat } from './protocol.ts';

/** Sends a request and gives each event of the answer to `on`, until the result, or until whoever asked wants no more. */
export async function call(
  socket: string,
  path: string,
  body: unknown,
  on: (event: ControlEvent) => void = () => {},
  signal?: AbortSignal,
): Promise<ControlEvent> {
  let last: ControlEvent | undefined;
  try {
    const response = await send(socket, path, body, signal);
    endWithoutBeats(response);
    for await (const line of createInterface({ input: response })) {
      if (line === '') continue;
      last = JSON.parse(line) as ControlEvent;
      on(last);
    }
  } catch (error) {
    if (error instanceof SupervisorSilent)
      return { kind: 'failure', message: error.said.en, said: error.said, silent: true };
    if (!signal?.aborted && !hungUp.has((error as NodeJS.ErrnoException).code ?? '')) throw error;
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

/** Milliseconds in which the supervisor begins to answer; it does so at once, whatever the answer itself takes. */
const patience = 5_000;

const silent = words(
  `The region has not answered for ${patience / 1000} s: its supervisor is stopped or hangs.\n  → terrace down ends it; its data stays.`,
  `로컬 리전이 ${patience / 1000}초 동안 응답하지 않았습니다. 슈퍼바이저가 정지했거나 멈춰 있습니다.\n  → terrace down으로 끝내세요. 데이터는 남습니다.`,
);

/** The supervisor does not answer. */
export class SupervisorSilent extends Error {
  readonly said = silent;

  constructor() {
    super(silent.en);
  }
}

/** Gives up where nobody begins to answer. */
function inTime(outgoing: ClientRequest): ClientRequest {
  const timer = setTimeout(() => outgoing.destroy(new SupervisorSilent()), patience);
  for (const event of ['response', 'upgrade', 'close']) outgoing.once(event, () => clearTimeout(timer));
  return outgoing;
}

/** An answer that is under way ends where its beats stay away. */
function endWithoutBeats(response: IncomingMessage): void {
  const end = () => response.destroy(new SupervisorSilent());
  let timer = setTimeout(end, patience + heartbeat);
  response.on('data', () => {
    clearTimeout(timer);
    timer = setTimeout(end, patience + heartbeat);
  });
  response.once('close', () => clearTimeout(timer));
}

function send(socket: string, path: string, body: unknown, signal?: AbortSignal): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const outgoing = request({
      socketPath: socket,
      path,
      method: 'POST',
      ...(signal ? { signal } : {}),
      headers: { 'content-type': 'application/json' },
    });
    inTime(outgoing).on('error', reject);
    outgoing.on('response', resolve);
    outgoing.end(JSON.stringify(body));
  });
}

/** Opens a two-way stream, as a session in an instance needs one. Rejects where the region does not answer. */
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
    inTime(outgoing).on('error', reject);
    outgoing.on('upgrade', (_response, stream, head) => {
      if (head.length > 0) stream.unshift(head);
      resolve(stream);
    });
    outgoing.on('response', (response) => reject(new Error(`the region answered ${response.statusCode}`)));
    outgoing.end();
  });
}
