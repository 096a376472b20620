import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { archive } from './archive.ts';

const file = (path: string, text: string) => ({ path, bytes: Buffer.from(text) });

describe('an archive', () => {
  test('is what tar unpacks', () => {
    const input = archive([file('public/index.html', 'a'.repeat(600)), file('server.mjs', '')]);
    const list = spawnSync('tar', ['-tvzf', '-'], { input, encoding: 'utf8' }).stdout.split('\n');
    expect(list[0]).toMatch(/^-rw-r--r-- 0\/0 +600 20\d\d-.* public\/index\.html$/);
    expect(list[1]).toMatch(/ 0 20\d\d-.* server\.mjs$/);
    const unpacked = spawnSync('tar', ['-xzOf', '-', 'public/index.html'], { input, encoding: 'utf8' });
    expect(unpacked.stdout).toBe('a'.repeat(600));
  });

  test('has the same bytes for the same contents, and another time for another content of the same length', () => {
    const bytes = archive([file('a', 'one')]);
    expect(archive([file('a', 'one')]).equals(bytes)).toBe(true);
    const times = ['one', 'two'].map(
      (text) =>
        spawnSync('tar', ['-tvzf', '-', '--full-time'], { input: archive([file('a', text)]), encoding: 'utf8' }).stdout,
    );
    expect(times[0]).not.toBe(times[1]);
  });

  test('refuses a path that the format cannot hold', () => {
    expect(() => archive([file('x'.repeat(101), '')])).toThrow('more than 100 bytes');
  });
});
