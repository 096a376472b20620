import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { writeWhole } from './write-whole.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keeping-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('replaces a file of state, for its owner alone, and leaves nothing beside it', async () => {
  const file = join(folder, 'state.json');
  await writeWhole(file, 'first');
  await writeWhole(file, 'second');
  expect(readFileSync(file, 'utf8')).toBe('second');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readdirSync(folder)).toEqual(['state.json']);
});

test('leaves what is there, and nothing besides, where it cannot', async () => {
  const file = join(folder, 'state.json');
  mkdirSync(join(file, 'something'), { recursive: true });
  await expect(writeWhole(file, 'text')).rejects.toThrow();
  expect(readdirSync(folder)).toEqual(['state.json']);
  expect(readdirSync(file)).toEqual(['something']);
});
