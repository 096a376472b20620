import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makePrivateFolder, shutFolder } from './private-folder.ts';

let folder: string;
const modeOf = (...names: string[]) => (statSync(join(folder, ...names)).mode & 0o777).toString(8);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'private-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test.each([0, 0o022, 0o777])('a folder of state is its owner’s alone, whatever the umask (%i)', (mask) => {
  const before = process.umask(mask);
  try {
    makePrivateFolder(join(folder, 'state'));
  } finally {
    process.umask(before);
  }
  expect(modeOf('state')).toBe('700');
});

test('a folder that stood open is shut, with all that is in it; a synthesized app keeps what goes into its assets', async () => {
  mkdirSync(join(folder, 'instances/i-1/journal'), { recursive: true, mode: 0o755 });
  writeFileSync(join(folder, 'instances/i-1/journal/app.log'), '', { mode: 0o644 });
  mkdirSync(join(folder, 'assembly/asset'), { recursive: true, mode: 0o755 });
  writeFileSync(join(folder, 'assembly/asset/run'), '');
  chmodSync(join(folder, 'assembly/asset/run'), 0o755);
  chmodSync(folder, 0o755);
  await shutFolder(folder);
  expect(modeOf()).toBe('700');
  expect(modeOf('instances')).toBe('700');
  expect(modeOf('instances/i-1/journal')).toBe('700');
  expect(modeOf('instances/i-1/journal/app.log')).toBe('600');
  expect(modeOf('assembly')).toBe('700');
  expect(modeOf('assembly/asset/run')).toBe('755');
});
