import { appendFileSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Journal } from './journal.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'journal-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('gives back what units wrote, in the order of time, to whoever opens it later', async () => {
  const journal = new Journal(folder);
  journal.add('app.service', 1, 'Started app.service.');
  journal.add('a/b@1.service', 7, 'two\tfields "and" 한글');
  journal.add('app.service', 7, 'listening');
  await journal.flush();
  const later = new Journal(folder);
  expect((await later.read({ unit: 'app.service' })).map(({ text }) => text)).toEqual([
    'Started app.service.',
    'listening',
  ]);
  expect((await later.read({ last: 1, unit: 'a/b@1.service' }))[0]).toMatchObject({
    pid: 7,
    text: 'two\tfields "and" 한글',
  });
  expect(await later.read()).toHaveLength(3);
});

test('keeps the last of a unit that writes without end, and no more than two files of it', async () => {
  const journal = new Journal(folder);
  for (let batch = 0; batch < 40; batch += 1) {
    for (let line = 0; line < 100; line += 1) journal.add('loud.service', 1, `${batch}-${line} ${'x'.repeat(1000)}`);
    await journal.flush();
  }
  const files = readdirSync(folder);
  expect(files.sort()).toEqual(['loud.service.log', 'loud.service.log.old']);
  for (const file of files) expect(statSync(join(folder, file)).size).toBeLessThanOrEqual(1024 * 1024);
  expect((await journal.read({ last: 1 }))[0]?.text).toMatch(/^39-99 /);
});

test('counts what a unit writes beyond all measure, and keeps the rest', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  try {
    const journal = new Journal(folder);
    for (let line = 0; line < 10_500; line += 1) journal.add('loud.service', 1, String(line));
    journal.add('quiet.service', 1, 'heard');
    vi.advanceTimersByTime(30_000);
    journal.add('loud.service', 1, 'later');
    const texts = (await journal.read({ unit: 'loud.service' })).map(({ text }) => text);
    expect(texts).toHaveLength(10_002);
    expect(texts.slice(-2)).toEqual(['Suppressed 500 messages from loud.service', 'later']);
    expect(await journal.read({ unit: 'quiet.service' })).toHaveLength(1);
  } finally {
    vi.useRealTimers();
  }
});

test('cuts a line that is no line', async () => {
  const journal = new Journal(folder);
  journal.add('app.service', 1, 'y'.repeat(100_000));
  expect((await journal.read())[0]?.text).toHaveLength(8193);
});

test('says once that it cannot write, and goes on', async () => {
  const troubles: string[] = [];
  const journal = new Journal('/dev/null/journal', ({ message }) => troubles.push(message));
  journal.add('app.service', 1, 'one');
  await journal.flush();
  journal.add('app.service', 1, 'two');
  await journal.flush();
  expect(troubles).toEqual([expect.stringContaining('ENOTDIR')]);
});

test('tells followers until they have enough', () => {
  const journal = new Journal(folder);
  const heard: string[] = [];
  const end = journal.follow(({ text }) => heard.push(text));
  journal.add('app.service', 1, 'one');
  end();
  journal.add('app.service', 1, 'two');
  expect(heard).toEqual(['one']);
  return journal.flush();
});

test('drops entries while the disk has no room, says how many once it has, and shows a damaged line as one', async () => {
  let room = true;
  const troubles: string[] = [];
  const journal = new Journal(
    folder,
    (error) => troubles.push(error.message),
    () => room,
  );
  journal.add('app.service', 7, 'before');
  await journal.flush();
  room = false;
  for (const text of ['lost', 'lost too']) {
    journal.add('app.service', 7, text);
    await journal.flush();
  }
  room = true;
  journal.add('app.service', 7, 'after');
  const texts = (await journal.read()).map(({ text }) => text);
  expect(texts).toEqual(['before', 'Dropped 2 messages: the journal could not be written', 'after']);
  expect(troubles).toEqual(['no space left on device for logs']);
  const [file = ''] = readdirSync(folder);
  expect(statSync(join(folder, file)).mode & 0o777).toBe(0o600);

  appendFileSync(join(folder, file), '[1790000000000,7,"cut\n');
  expect((await journal.read()).at(-1)?.text).toBe('A damaged line of this journal: [1790000000000,7,"cut');
});
