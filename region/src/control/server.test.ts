import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Incident, incidentText } from '../incident.ts';
import { call, openStream } from './client.ts';
import { ControlServer, type ControlStream, type ControlTask } from './server.ts';

async function start(tasks: Record<string, ControlTask>, streams: Record<string, ControlStream> = {}) {
  const path = join(mkdtempSync(join(tmpdir(), 'terrace-control-')), 'socket');
  const incidents: Incident[] = [];
  return { path, incidents, server: await ControlServer.start(path, tasks, streams, (each) => incidents.push(each)) };
}

test('what a task throws is a failure for who asked, and an incident of the region', async () => {
  const { path, incidents, server } = await start({ '/status': () => Promise.reject(new Error('a bug')) });
  expect(await call(path, '/status', {})).toEqual({ kind: 'failure', message: 'a bug' });
  expect(incidents.map(incidentText)).toEqual([expect.stringMatching(/^control \/status: Error: a bug\n +at /)]);
  await server[Symbol.asyncDispose]();
});

test('a session that nobody reads does not keep the region from ending', async () => {
  const { path, server } = await start({}, { '/execute': async (_request, stream) => void stream.end() });
  const stream = await openStream(path, '/execute', {});
  stream.on('error', () => {});
  stream.write('what is never read');
  const ended = server[Symbol.asyncDispose]().then(() => 'ended');
  const late = new Promise((resolve) => setTimeout(() => resolve('still waiting'), 30_000).unref());
  expect(await Promise.race([ended, late])).toBe('ended');
  stream.destroy();
});

test.each([
  '/execute',
  '/nothing',
])('a session at %s whose other end is gone at once ends nothing but itself', async (path) => {
  const region = await start({ '/status': async () => ({ kind: 'result', value: 1 }) }, { '/execute': async () => {} });
  const client = connect(region.path);
  await once(client, 'connect');
  client.write(`POST ${path} HTTP/1.1\r\nhost: a\r\nconnection: upgrade\r\nupgrade: terrace-stream\r\n\r\n`);
  client.destroy();
  expect(await call(region.path, '/status', {})).toEqual({ kind: 'result', value: 1 });
  await region.server[Symbol.asyncDispose]();
});

test('a region that ends in the middle of an answer has ended, whatever it said on the way', async () => {
  const path = join(mkdtempSync(join(tmpdir(), 'terrace-control-')), 'socket');
  const hangsUp = createServer((_request, response) => {
    response.write(`${JSON.stringify({ kind: 'progress', text: { en: 'network', ko: '네트워크' } })}\n`, () =>
      response.destroy(),
    );
  });
  await new Promise<void>((resolve) => hangsUp.listen(path, resolve));
  expect(await call(path, '/apply', {})).toMatchObject({
    kind: 'failure',
    said: { en: expect.stringMatching(/ended before it answered/) },
  });
  hangsUp.close();
  expect(await call(path, '/apply', {})).toMatchObject({
    kind: 'failure',
    said: { en: expect.stringMatching(/ended before it answered/) },
  });
});
