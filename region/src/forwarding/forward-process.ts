import { Resolver } from 'node:dns/promises';
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import type { Reached, Said, Way } from './forward.ts';

/**
 * Runs in the network namespace of the instance that connections go through. A Unix socket crosses namespaces: whoever connects to it is
 * connected to where the forward leads, byte by byte, and each side waits for the other's pace.
 */
const way = JSON.parse(process.argv[2]!) as Way;
process.umask(0o177);

const first = await reach();
say(first.reached);
first.socket?.destroy();
if (first.reached === 'accepted') await listen();
// The supervisor reads to the end.
else process.exitCode = 1;

async function listen(): Promise<void> {
  const server = createServer({ allowHalfOpen: true, pauseOnConnect: true }, (client) => void join(client));
  server.listen(way.path);
  await once(server, 'listening');
  say('accepted');
}

async function join(client: Socket): Promise<void> {
  client.on('error', () => client.destroy());
  const { reached, socket } = await reach();
  if (!socket) {
    say(reached);
    client.destroy();
    return;
  }
  socket.on('error', () => client.resetAndDestroy());
  client.on('close', () => socket.destroy());
  socket.on('close', () => client.destroySoon());
  client.pipe(socket).pipe(client);
}

/** The first address that takes the connection. */
async function reach(): Promise<{ readonly reached: Reached; readonly socket?: Socket }> {
  const addresses = way.addresses ?? (await resolved(way.name!));
  let reached: Reached = 'no-name';
  for (const host of addresses) {
    const socket = connect({ host, port: way.port, allowHalfOpen: true });
    reached = await outcome(socket);
    if (reached === 'accepted') return { reached, socket };
    socket.destroy();
  }
  return { reached };
}

async function resolved(name: string): Promise<string[]> {
  const asking = new Resolver({ timeout: way.milliseconds, tries: 1 });
  asking.setServers([way.resolver]);
  return asking.resolve4(name).catch(() => []);
}

function outcome(socket: Socket): Promise<Reached> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, way.milliseconds, 'timeout');
    const end = (reached: Reached) => {
      clearTimeout(timer);
      resolve(reached);
    };
    socket.once('connect', () => end('accepted'));
    socket.once('error', ({ code }: NodeJS.ErrnoException) =>
      end(code === 'ECONNREFUSED' || code === 'ECONNRESET' ? 'refused' : 'timeout'),
    );
  });
}

function say(reached: Reached): void {
  const said: Said = { reached };
  process.stdout.write(`${JSON.stringify(said)}\n`);
}
