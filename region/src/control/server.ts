import { chmodSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { json } from 'node:stream/consumers';
import { failed, type Incident } from '../incident.ts';
import { DamagedState } from '../keeping/damaged-state.ts';
import { type ControlEvent, heartbeat } from './protocol.ts';
import { isRunning } from './socket.ts';

/**
 * What answers a path: events on the way, and the result. A thrown error is shown as a failure, and is an incident; damaged state is a mistake.
 *
 * @param gone whoever asked is gone, or the region ends
 */
export type ControlTask = (
  body: never,
  tell: (event: ControlEvent) => void,
  gone: AbortSignal,
) => Promise<ControlEvent>;
export type ControlStream = (request: never, stream: Duplex) => Promise<void>;

/** The control socket of a region, for its owner alone. */
export class ControlServer implements AsyncDisposable {
  readonly #server: Server;
  readonly #path: string;
  readonly #sessions: ReadonlySet<Duplex>;

  /**
   * @param discreet takes out of an answer what is not to be shown, before it leaves
   * @throws where another region answers at this path already
   */
  static async start(
    path: string,
    tasks: Readonly<Record<string, ControlTask>>,
    streams: Readonly<Record<string, ControlStream>>,
    on: (incident: Incident) => void,
    discreet: (path: string, event: ControlEvent) => Promise<ControlEvent> = async (_path, event) => event,
  ): Promise<ControlServer> {
    const server = createServer(async (request, response) => {
      const path = request.url ?? '';
      const task = tasks[path];
      if (!task) {
        response.writeHead(404).end();
        return;
      }
      // Before its first word, so that whoever asked knows that somebody answers.
      response.writeHead(200, { 'content-type': 'application/x-ndjson' }).flushHeaders();
      const gone = new AbortController();
      response.once('close', () => gone.abort());
      const beat = setInterval(() => response.write('\n'), heartbeat);
      let told = Promise.resolve();
      const tell = (event: ControlEvent) => {
        told = told.then(async () => void response.write(`${JSON.stringify(await discreet(path, event))}\n`));
      };
      try {
        tell(await task((await json(request)) as never, tell, gone.signal));
      } catch (error) {
        if (error instanceof DamagedState) tell({ kind: 'mistakes', mistakes: [error.mistake] });
        else {
          on(failed(`control ${request.url}`, error));
          tell({ kind: 'failure', message: error instanceof Error ? error.message : String(error) });
        }
      }
      await told.catch((error: unknown) => on(failed(`control ${path}`, error)));
      clearInterval(beat);
      response.end();
    });
    const sessions = new Set<Duplex>();
    server.on('upgrade', (request, socket) => {
      sessions.add(socket);
      socket.once('close', () => sessions.delete(socket));
      // Whoever asked may be gone at any time; unheard, that would end the region.
      socket.on('error', () => socket.destroy());
      void upgrade(request, socket, streams, on);
    });
    const mask = process.umask(0o177);
    await listen(server, path).finally(() => process.umask(mask));
    chmodSync(path, 0o600);
    return new ControlServer(server, path, sessions);
  }

  private constructor(server: Server, path: string, sessions: ReadonlySet<Duplex>) {
    this.#server = server;
    this.#path = path;
    this.#sessions = sessions;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    rmSync(this.#path, { force: true });
    this.#server.closeAllConnections();
    // Upgraded connections are none of the server's any more, and close() would wait for them for ever.
    for (const session of this.#sessions) session.destroy();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }
}

/** What a killed region has left at the path answers nobody and makes way; one that answers stays. */
async function listen(server: Server, path: string): Promise<void> {
  const once = () =>
    new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(path, () => {
        server.off('error', reject);
        resolve();
      });
    });
  try {
    await once();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    if (await isRunning(path)) throw new Error(`another region answers at ${path}`);
    rmSync(path, { force: true });
    await once();
  }
}

async function upgrade(
  request: IncomingMessage,
  socket: Duplex,
  streams: Readonly<Record<string, ControlStream>>,
  on: (incident: Incident) => void,
): Promise<void> {
  const stream = streams[request.url ?? ''];
  const asked = request.headers['x-terrace-request'];
  if (!stream || typeof asked !== 'string') {
    socket.end('HTTP/1.1 404 Not Found\r\n\r\n');
    return;
  }
  socket.write('HTTP/1.1 101 Switching Protocols\r\nupgrade: terrace-stream\r\nconnection: upgrade\r\n\r\n');
  try {
    await stream(JSON.parse(Buffer.from(asked, 'base64').toString('utf8')) as never, socket);
  } catch (error) {
    on(failed(`control ${request.url}`, error));
    socket.destroy();
  }
}
