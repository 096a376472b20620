import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openStream } from './client.ts';
import { ControlServer } from './server.ts';

test('a session that nobody reads does not keep the region from ending', async () => {
  const path = join(mkdtempSync(join(tmpdir(), 'terrace-control-')), 'socket');
  const server = await ControlServer.start(path, {}, { '/execute': async (_request, stream) => void stream.end() });
  const stream = await openStream(path, '/execute', {});
  stream.write('what is never read');
  const ended = server[Symbol.asyncDispose]().then(() => 'ended');
  const late = new Promise((resolve) => setTimeout(() => resolve('still waiting'), 2000));
  expect(await Promise.race([ended, late])).toBe('ended');
  stream.destroy();
});
