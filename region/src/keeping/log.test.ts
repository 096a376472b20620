import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { DroppingLog } from './log.ts';

test('a log without room drops lines, and tells how many as soon as there is room', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'log-'));
  const descriptor = openSync(join(folder, 'log'), 'a');
  try {
    let room = true;
    const log = new DroppingLog(descriptor, () => room);
    log.write('first');
    room = false;
    log.write('lost');
    log.write('lost too');
    expect(log.dropped).toBe(2);
    room = true;
    // Nobody writes anything: it is told all the same.
    await expect.poll(() => log.dropped).toBe(0);
    log.write('last');
    expect(readFileSync(join(folder, 'log'), 'utf8')).toMatch(
      /^first\nlog: 2 lines \(14 bytes\) since \S+Z were dropped: the disk was full\nlast\n$/,
    );
  } finally {
    closeSync(descriptor);
    rmSync(folder, { recursive: true });
  }
});

test('a disk that is full throws nothing at who writes a line', () => {
  const descriptor = openSync('/dev/full', 'w');
  const log = new DroppingLog(descriptor, () => true);
  log.write('a line');
  expect(log.dropped).toBe(1);
  closeSync(descriptor);
});
