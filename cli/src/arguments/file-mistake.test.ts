import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fileMistake } from './file-mistake.ts';

test('what the system refuses is said with the file and the reason', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'terrace-file-'));
  const refused = async (file: string) => fileMistake(await writeFile(file, '').catch((error: unknown) => error));
  expect(await refused(folder)).toMatchObject({
    code: 'FILE_REFUSED',
    place: { file: folder },
    cause: { en: 'This is a folder (EISDIR).' },
  });
  expect(await refused(join(folder, 'none/a.svg'))).toMatchObject({ code: 'FILE_REFUSED' });
  expect((await refused(join(folder, 'a'.repeat(300))))?.cause.en).toContain('too long');
  await rm(folder, { recursive: true });
});

test('a full disk is a mistake with a next step, though the system does not say which file it was', async () => {
  const full = await writeFile('/dev/full', 'text').catch((error: unknown) => error);
  expect(full).toMatchObject({ code: 'ENOSPC' });
  expect(full).not.toHaveProperty('path');
  expect(fileMistake(full)).toMatchObject({ code: 'DISK_FULL', next: { en: expect.stringContaining('df -h') } });
});

test('any other error is left to be a failure', () => {
  expect(fileMistake(new Error('a bug'))).toBeUndefined();
  expect(
    fileMistake(Object.assign(new Error('no such program'), { code: 'ENOENT', path: 'nft', syscall: 'spawn nft' })),
  ).toBeUndefined();
});
