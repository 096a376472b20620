import { mkdtempSync } from 'node:fs';
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
  stream.write('what is never read');
  const ended = server[Symbol.asyncDispose]().then(() => 'ended');
  const late = new Promise((resolve) => setTimeout(() => resolve('still waiting'), 2000));
  expect(await Promise.race([ended, late])).toBe('ended');
  stream.destroy();
});
