import { createSocket } from 'node:dgram';
import { promises as dns } from 'node:dns';
import { once } from 'node:events';
import * as packet from 'dns-packet';
import { describe, expect, test } from 'vitest';
import type { ResolverConfiguration } from './configuration.ts';
import { Resolver } from './server.ts';

const configuration = (address: string, count = 1): ResolverConfiguration => ({
  listen: [{ address: '127.0.0.1', port: 0 }],
  clients: ['127.0.0.0/8'],
  zones: [
    {
      name: 'internal.example.com',
      records: [
        {
          name: 'db.internal.example.com',
          type: 'A',
          answers: [
            {
              weight: 1,
              answer: {
                kind: 'values',
                ttl: 5,
                values:
                  count === 1
                    ? [address]
                    : Array.from({ length: count }, (_, index) => `10.0.${index >> 8}.${index & 255}`),
              },
            },
          ],
        },
      ],
    },
  ],
});

describe('the resolver', () => {
  test('answers a client library, and other names with NXDOMAIN', async () => {
    await using server = await Resolver.start(configuration('10.0.0.7'));
    const client = clientOf(server);
    expect(await client.resolve4('db.internal.example.com', { ttl: true })).toEqual([{ address: '10.0.0.7', ttl: 5 }]);
    await expect(client.resolve4('nothing.internal.example.com')).rejects.toMatchObject({ code: 'ENOTFOUND' });
    await expect(client.resolve4('db.internal.example.net')).rejects.toMatchObject({ code: 'ENOTFOUND' });
  });

  test('takes a new configuration in place', async () => {
    const first = configuration('10.0.0.7');
    await using server = await Resolver.start(first);
    const { port } = server.listening[0]!;
    await server.configure({ ...configuration('10.0.0.8'), listen: first.listen });
    expect(server.listening[0]!.port).toBe(port);
    expect(await clientOf(server).resolve4('db.internal.example.com')).toEqual(['10.0.0.8']);
  });

  test('gives what does not fit a datagram over TCP', async () => {
    await using server = await Resolver.start(configuration('', 300));
    expect(await clientOf(server).resolve4('db.internal.example.com')).toHaveLength(300);
  });

  test('is silent to others than its clients', async () => {
    await using server = await Resolver.start({ ...configuration('10.0.0.7'), clients: ['10.0.0.0/8'] });
    const socket = createSocket('udp4');
    const query = packet.encode({ type: 'query', id: 1, questions: [{ type: 'A', name: 'db.internal.example.com' }] });
    let heard = false;
    socket.on('message', () => (heard = true));
    socket.send(query, server.listening[0]!.port, '127.0.0.1');
    // A second resolver that does answer shows that the time was long enough.
    await using other = await Resolver.start(configuration('10.0.0.7'));
    const second = createSocket('udp4');
    second.send(query, other.listening[0]!.port, '127.0.0.1');
    await once(second, 'message');
    expect(heard).toBe(false);
    socket.close();
    second.close();
  });
});

function clientOf(server: Resolver): dns.Resolver {
  const client = new dns.Resolver();
  client.setServers([`127.0.0.1:${server.listening[0]!.port}`]);
  return client;
}
