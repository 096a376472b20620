import { once } from 'node:events';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, createServer, type TLSSocket } from 'node:tls';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Authority, type ServerCertificate } from './authority.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'authority-'));
});
afterEach(() => rm(directory, { recursive: true }));

describe('the authority', () => {
  test('issues what a TLS client verifies, by name, wildcard and address', async () => {
    const authority = await Authority.open(directory);
    const issued = await authority.issue({ dns: ['db.example.com', '*.s3.example.com'], addresses: ['127.0.0.1'] });
    expect(await verifies(issued, authority.certificate, 'db.example.com')).toBe(true);
    expect(await verifies(issued, authority.certificate, 'bucket.s3.example.com')).toBe(true);
    expect(await verifies(issued, authority.certificate, undefined)).toBe(true);
    await expect(verifies(issued, authority.certificate, 'other.example.com')).rejects.toThrow(/does not match/);
  });

  test('is the same after a restart, gives the same certificate again, and keeps its key to itself', async () => {
    const first = await Authority.open(directory);
    const issued = await first.issue({ dns: ['db.example.com'] });
    const second = await Authority.open(directory);
    expect(second.certificate).toBe(first.certificate);
    expect(await second.issue({ dns: ['db.example.com'] })).toEqual(issued);
    expect((await stat(join(directory, 'authority.key'))).mode & 0o777).toBe(0o600);
  });

  test('of another project vouches for nothing here', async () => {
    const issued = await (await Authority.open(join(directory, 'one'))).issue({ dns: ['db.example.com'] });
    const other = await Authority.open(join(directory, 'other'));
    await expect(verifies(issued, other.certificate, 'db.example.com')).rejects.toThrow();
  });
});

async function verifies(
  { certificate, key }: ServerCertificate,
  ca: string,
  name: string | undefined,
): Promise<boolean> {
  const server = createServer({ cert: certificate, key }, (socket) => socket.end());
  server.on('tlsClientError', () => {});
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  const socket: TLSSocket = connect({
    host: '127.0.0.1',
    port,
    ca,
    ...(name === undefined ? {} : { servername: name }),
  });
  try {
    await once(socket, 'secureConnect');
    return socket.authorized;
  } finally {
    socket.destroy();
    server.close();
  }
}
