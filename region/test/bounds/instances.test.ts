import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Groups, kernelFiles } from '../../src/bounds/groups.ts';
import { placeOfGroups } from '../../src/bounds/hierarchy.ts';
import { openYard, type Yard } from '../compute/yard.ts';

const MiB = 1024 * 1024;
const place = placeOfGroups(kernelFiles());

let yard: Yard;
beforeAll(async () => {
  yard = await openYard();
  await yard.namespaces(['one']);
  await yard.launch({ id: 'i-small', network: 'one', size: { vcpus: 1, memory: 64 * MiB } });
  await yard.launch({ id: 'i-other', network: 'one', size: { vcpus: 1, memory: 512 * MiB } });
});
afterAll(() => yard?.[Symbol.asyncDispose]());

async function inside(id: string, script: string) {
  return yard.exec(id, ['bash', '-c', script]);
}

const hog = `node -e 'const held = []; for (let at = 0; at < 10; at++) held.push(Buffer.alloc(50 * 1024 * 1024, 1)); console.log("held")'`;

function groupsLeft(): string[] {
  const parents = place.version === 1 ? Object.values(place.folders) : place.version === 2 ? [place.folder] : [];
  return parents.flatMap((folder) =>
    readdirSync(folder).filter((name) => name.startsWith('terrace-') && statSync(join(folder, name)).isDirectory()),
  );
}

describe('where groups may be made', () => {
  test.skipIf(place.version === null)(
    'a hog of 500 MB is ended in a small instance and runs in a larger one',
    async () => {
      expect(await inside('i-small', hog)).toMatchObject({ signal: 9 });
      expect(await inside('i-other', hog)).toMatchObject({ code: 0, out: 'held\n' });
      expect(await inside('i-small', 'echo lives')).toMatchObject({ out: 'lives\n' });
    },
  );

  test.skipIf(place.version === null)(
    'a file larger than the memory is written all the same: a disk is no memory on AWS',
    async () => {
      expect(
        await inside('i-small', 'head -c 400000000 /dev/zero >/root/large && stat -c %s /root/large'),
      ).toMatchObject({
        out: '400000000\n',
      });
      await inside('i-small', 'rm /root/large');
    },
  );

  test.skipIf(place.version === null)('a fork bomb takes no more than its own processes', async () => {
    await inside('i-small', 'f() { f | f & }; f; sleep 1; true');
    const started = Date.now();
    expect(await inside('i-other', 'echo lives')).toMatchObject({ out: 'lives\n' });
    expect(Date.now() - started).toBeLessThan(10_000);
    await yard.powerOff('i-small');
    await yard.start('i-small');
    expect(await inside('i-small', 'echo again')).toMatchObject({ out: 'again\n' });
  });
});

test('a full disk is the instance’s own', async () => {
  expect(await inside('i-other', 'head -c 900000000 /dev/zero >/root/full')).toMatchObject({
    err: expect.stringContaining('No space left on device'),
  });
  expect(await inside('i-small', 'echo more >/root/file && cat /root/file')).toMatchObject({ out: 'more\n' });
  await inside('i-other', 'rm /root/full');
});

test('where memory runs out for all, an instance’s processes go before their supervisor', async () => {
  expect(await inside('i-small', 'cat /proc/self/oom_score_adj')).toMatchObject({ out: '500\n' });
});

test('an instance that ends takes its groups along, and a region its own; what a killed one left goes with the next', async () => {
  const before = groupsLeft();
  await yard.launch({ id: 'i-brief', network: 'one', size: { vcpus: 1, memory: 64 * MiB } });
  await yard.terminate('i-brief');
  expect(groupsLeft()).toEqual(before);
  const other = await openYard();
  await other[Symbol.asyncDispose]();
  expect(groupsLeft()).toEqual(before);
  const state = `/state-${process.pid}`;
  Groups.open(state, place).make('i-left', { size: undefined, processes: 10, disk: '/' });
  const hierarchies = place.version === 1 ? Object.keys(place.folders).length : Number(place.version === 2);
  expect(groupsLeft().length).toBe(before.length + hierarchies);
  await Groups.open(state, place)[Symbol.asyncDispose]();
  expect(groupsLeft()).toEqual(before);
});
