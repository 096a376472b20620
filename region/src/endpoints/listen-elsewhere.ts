import { spawn } from 'node:child_process';
import type { Server } from 'node:net';

/**
 * A listening socket in another network namespace. A process that lives a moment opens it there and hands it over: a
 * socket stays in the namespace it was made in, whoever holds it, so that one server serves many namespaces.
 *
 * @param namespace A file of a network namespace.
 */
export async function listenElsewhere(namespace: string, address: string, port: number): Promise<Server> {
  const child = spawn(
    'nsenter',
    [`--net=${namespace}`, '--', process.execPath, '--eval', opener, address, String(port)],
    {
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    },
  );
  let said = '';
  child.stderr!.on('data', (chunk) => {
    said += chunk;
  });
  return new Promise((done, failed) => {
    child.once('error', failed);
    child.once('message', (message: { code?: string }, handle) => {
      child.disconnect();
      if (handle) return done(handle as Server);
      failed(Object.assign(new Error(`listen ${message.code} ${address}:${port}`), { ...message, address, port }));
    });
    child.once('exit', (code) =>
      failed(new Error(`No socket on ${address}:${port} in ${namespace} (${code}): ${said}`)),
    );
  });
}

const opener = `
const [address, port] = process.argv.slice(1);
const server = require('node:net').createServer();
server.once('error', ({ code }) => process.send({ code }));
server.listen({ host: address, port: Number(port), exclusive: true }, () => process.send({}, server));
process.once('disconnect', () => process.exit());
`;
