import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { type Mistake, mistake } from '@terrace/cloud/mistake';
import { words } from '@terrace/cloud/words';
import { call } from '@terrace/region/control/client';
import type { ControlEvent } from '@terrace/region/control/protocol';
import type { ForwardRequest } from '@terrace/region/forwarding/forward';
import { usualPort } from '@terrace/region/ingress/ingress';
import { wholeNumber } from '../arguments/option-values.ts';
import type { CommandDefinition } from '../command.ts';
import { notRunning, runningRegion, showEvent, stateDirectory } from '../running/region-client.ts';
import { exitCode, type Terminal } from '../terminal/terminal.ts';
import { noPort, readThing } from './open.ts';

export const command: CommandDefinition = {
  usage: 'forward <thing> [local]',
  summary: words(
    'reach a private port of an instance, a database or a load balancer on 127.0.0.1 (Session Manager on AWS)',
    '인스턴스·데이터베이스·로드 밸런서의 프라이빗 포트를 127.0.0.1에서 연결 (AWS의 Session Manager)',
  ),
  arguments: {
    thing: words(
      'THING:PORT: web/0:8080, Database:5432, 10.0.1.5:80',
      '대상:포트. 예: web/0:8080, Database:5432, 10.0.1.5:80',
    ),
    local: words(
      'port on 127.0.0.1 (default the same one each time, where it is free)',
      '127.0.0.1의 포트 (기본값: 비어 있으면 매번 같은 포트)',
    ),
  },
  options: [
    {
      flags: '--through <instance>',
      description: words(
        'the instance that connections go through (default the instance itself, otherwise the first that gets there)',
        '연결이 거쳐 갈 인스턴스 (기본값: 인스턴스는 자기 자신, 그 밖에는 연결되는 첫 번째 인스턴스)',
      ),
    },
  ],
  examples: [
    'terrace forward web/0:8080',
    'terrace forward Database:5432 15432',
    'terrace forward Database:5432 --through was/0',
  ],
  async run({ arguments: [thing = '', local], options, terminal }) {
    const read = readThing(thing);
    const stated = wholeNumber('LOCAL', local, { least: 1, most: 65_535, otherwise: 0, example: 15_432 });
    const wrong = read.ok && read.value.port === null ? [noPort(thing)] : read.ok ? [] : read.mistakes;
    const mistakes = [...wrong, ...(stated.ok ? [] : stated.mistakes)];
    if (!read.ok || !stated.ok || mistakes.length > 0) return refuse(terminal, mistakes);
    const socket = await runningRegion();
    if (!socket) return refuse(terminal, [notRunning()]);
    const request: ForwardRequest = {
      to: read.value.thing!,
      port: read.value.port!,
      through: typeof options.through === 'string' ? options.through : null,
    };
    const opened = await openLocal(thing, stated.value);
    if (!opened) return refuse(terminal, [portTaken(stated.value)]);
    return forward(terminal, socket, request, opened);
  },
};

/** Until Ctrl-C, or until the region or the instance ends. */
async function forward(
  terminal: Terminal,
  socket: string,
  request: ForwardRequest,
  { server, port, leadTo }: Local,
): Promise<number> {
  const asked = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => asked.abort());
  let stood = false;
  const on = (event: ControlEvent) => {
    showEvent(terminal, event);
    if (event.kind !== 'forwarding') return;
    stood = true;
    leadTo(event.socket);
    const { to, port: toPort } = request;
    const shown = { address: '127.0.0.1', port, to, toPort, through: event.through };
    terminal.row(shown, stands(shown)[terminal.language]);
    terminal.note(words('Ctrl-C ends it.', '끝내려면 Ctrl-C를 누르세요.'));
  };
  const answer = await call(socket, '/forward', request, on, asked.signal);
  server.close();
  if (asked.signal.aborted) terminal.note(words('The forward has ended.', '포트 전달을 끝냈습니다.'));
  else if (answer.kind === 'mistakes') return refuse(terminal, answer.mistakes);
  else if (answer.kind === 'result' && (answer.value as { ended: string }).ended === 'instance')
    terminal.failure(instanceStopped[terminal.language]);
  else if (answer.kind === 'result' || (stood && !(await runningRegion())))
    terminal.failure(regionEnded[terminal.language]);
  else if (answer.kind === 'failure') terminal.failure(answer.said?.[terminal.language] ?? answer.message);
  // Connections that are under way end with the forward.
  setImmediate(() => process.exit());
  return asked.signal.aborted ? exitCode.answered : exitCode.failure;
}

function stands({ port, to, toPort, through }: { port: number; to: string; toPort: number; through: string }) {
  return words(
    `127.0.0.1:${port} leads to ${to}:${toPort}, through ${through}`,
    `127.0.0.1:${port} → ${to}:${toPort}, 거치는 인스턴스: ${through}`,
  );
}

const instanceStopped = words(
  'The instance that it went through has stopped; the forward has ended.',
  '거치던 인스턴스가 멈춰 포트 전달을 끝냈습니다.',
);
const regionEnded = words('The region has ended, and the forward with it.', '로컬 리전이 끝나 포트 전달도 끝났습니다.');

/** A listener on this machine. */
interface Local {
  readonly server: Server;
  readonly port: number;
  /** Who has connected before waits until this says where to. */
  leadTo(path: string): void;
}

/** Each side waits for the other's pace. */
function passOn(client: Socket, path: string): void {
  const inside = connect({ path, allowHalfOpen: true });
  client.on('error', () => inside.destroy());
  inside.on('error', () => client.destroy());
  inside.on('close', () => client.destroySoon());
  client.on('close', () => inside.destroy());
  client.pipe(inside).pipe(client);
}

/** `undefined` where the stated port is taken. */
async function openLocal(thing: string, stated: number): Promise<Local | undefined> {
  for (const port of stated === 0 ? [usualPort(stateDirectory(), `forward ${thing}`), 0] : [stated]) {
    let leadTo: (path: string) => void = () => undefined;
    const path = new Promise<string>((resolve) => {
      leadTo = resolve;
    });
    const server = createServer({ allowHalfOpen: true, pauseOnConnect: true }, async (client) =>
      passOn(client, await path),
    );
    try {
      server.listen(port, '127.0.0.1');
      await once(server, 'listening');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') continue;
      throw error;
    }
    const address = server.address();
    if (address !== null && typeof address !== 'string') return { server, port: address.port, leadTo };
  }
  return undefined;
}

function refuse(terminal: Terminal, mistakes: readonly Mistake[]): number {
  terminal.mistakes(mistakes);
  return exitCode.mistake;
}

function portTaken(port: number): Mistake {
  return mistake(
    'PORT_IN_USE',
    {},
    {
      cause: words(
        `Something on this machine listens on port ${port} already.`,
        `이 컴퓨터에서 이미 ${port} 포트를 쓰는 프로그램이 있습니다.`,
      ),
      next: words('choose another, or leave it out', '다른 포트를 고르거나 생략하세요'),
    },
  );
}
