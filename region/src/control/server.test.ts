import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { createServer, type IncomingMessage, request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Incident, incidentText } from '../incident.ts';
import { call, openStream } from './client.ts';
import type { ControlEvent } from './protocol.ts';
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

test('a task learns when whoever asked is gone, and what it says then ends nothing', async () => {
  let gone: AbortSignal | undefined;
  let tell: ((event: ControlEvent) => void) | undefined;
  const { path, server } = await start({
    '/events': async (_body, say, signal) => {
      gone = signal;
      tell = say;
      say({ kind: 'progress', step: 'begun', text: { en: 'begun', ko: '시작' } });
      await once(signal, 'abort');
      return { kind: 'result', value: 1 };
    },
    '/status': async () => ({ kind: 'result', value: 1 }),
  });
  const asking = request({ socketPath: path, path: '/events', method: 'POST' });
  asking.on('error', () => {});
  asking.end('{}');
  const [answer] = (await once(asking, 'response')) as [IncomingMessage];
  await once(answer, 'data');
  asking.destroy();
  await expect.poll(() => gone?.aborted).toBe(true);
  tell!({ kind: 'progress', step: 'late', text: { en: 'late', ko: '늦음' } });
  expect(await call(path, '/status', {})).toEqual({ kind: 'result', value: 1 });
  await server[Symbol.asyncDispose]();
});
