import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const sources = fileURLToPath(new URL('../', import.meta.url));

/** What reads the wall's clock, and why it may: everything that is AWS's time reads the region's. */
const allowed: Readonly<Record<string, string>> = {
  authority: 'certificates are checked by programs that know the wall',
  balancing: 'servers, connections and checks',
  clock: 'the region’s clock itself',
  compute: 'the clocks of instances, and their boots',
  database: 'servers, and backups that are restored to the wall’s moments',
  drift: 'repairs of the kernel',
  endpoints: 'signatures, and objects’ times',
  events: 'when something was told',
  families: 'messages of queues: their clients keep the wall’s time',
  guest: 'signatures',
  keeping: 'the region’s own log',
  metadata: 'credentials',
  secrets: 'versions of secrets',
  supervisor: 'processes, access logs and the age of instances, whose boots keep the wall’s time',
  time: 'the time that instances are given',
};

test('nothing else reads the wall’s clock', () => {
  const reading = readdirSync(sources, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !/\.(test|fixture)\.ts$/.test(file))
    .filter((file) => /\bDate\.now\b|new Date\(\)/.test(readFileSync(`${sources}${file}`, 'utf8')));
  expect([...new Set(reading.map((file) => file.split('/')[0]!))].sort()).toEqual(Object.keys(allowed).sort());
});

test('what is scheduled, measured, alarmed and scaled is not on the list', () => {
  expect(
    ['alarms', 'metrics', 'notifications', 'operations', 'scaling', 'schedule'].filter((each) => each in allowed),
  ).toEqual([]);
  expect(readFileSync(`${sources}supervisor/schedule-watch.ts`, 'utf8')).not.toMatch(/Date\.now|new Date\(\)/);
});
