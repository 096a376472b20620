import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { words } from '@terrace/cloud/words';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Authority } from '../authority/authority.ts';
import { Backups } from '../database/postgresql/backups.ts';
import { readPairState } from '../database/postgresql/pair-state.ts';
import { keptVersion } from '../database/postgresql/preparation.ts';
import { protectedDatabases } from '../database/protection.ts';
import { ObjectStorage } from '../endpoints/objects/storage.ts';
import { SecretStore } from '../secrets/store.ts';
import { DamagedState, readKeptJson } from './damaged-state.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'damaged-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const bucket = () => ({ name: 'b', directory: folder, assets: [] }) as never;

describe('a file of state that was cut in half', () => {
  test.each<[kind: string, file: string, read: () => Promise<unknown>, cost: RegExp]>([
    ['a secret', 'one.json', async () => (await SecretStore.open(folder)).list(), /made anew from the template/],
    ['which server of a pair is active', 'pair.json', () => readPairState(join(folder, 'pair.json')), /failover/],
    ['a backup', 'backup/one.json', () => new Backups(folder).list(), /can no longer be restored/],
    ['a protection', 'one/protected.json', () => protectedDatabases(folder), /notes the protection again/],
    ['an object', 'one.json', () => new ObjectStorage([]).list(bucket()), /put again/],
  ])('(%s) is named, with what can be done and what that costs', async (_kind, name, read, cost) => {
    const file = write(name, '{"arn":"arn:aws:secre');
    const { mistake } = await damage(read());
    expect(mistake).toMatchObject({ code: 'STATE_DAMAGED', place: { file } });
    expect(mistake.cause.en).toBe(
      "This file of the region's state is damaged: its 21 characters are not a whole JSON document.",
    );
    expect(mistake.next.en).toContain(`rm ${file}`);
    expect(mistake.next.en).toMatch(cost);
    expect(readFileSync(file, 'utf8')).toBe('{"arn":"arn:aws:secre');
  });

  test('(which version the data has) is named, and the data stays', async () => {
    const file = write('data/PG_VERSION', '');
    const { mistake } = await damage(keptVersion(dirname(file)));
    expect(mistake).toMatchObject({ code: 'STATE_DAMAGED', place: { file } });
    expect(mistake.next.en).toContain('which loses what is in it');
  });

  test('is damaged as well where it is JSON of something else', async () => {
    const file = write('one.json', '{}');
    const read = readKeptJson<{ id: string }>(
      file,
      ({ id }) => typeof id === 'string',
      words('it is gone', '사라집니다'),
    );
    expect((await damage(read)).mistake.cause.en).toContain('fields that it must have are missing');
  });
});

describe('an authority', () => {
  test.each([
    ['certificate', 'authority.pem', (text: string) => text.slice(0, 200)],
    ['key', 'authority.key', (text: string) => text.slice(0, 60)],
    ['key', 'authority.key', () => ''],
  ])('with a damaged %s is named, and stays as it is', async (kind, name, damaged) => {
    await Authority.open(folder);
    write(name, damaged(readFileSync(join(folder, name), 'utf8')));
    const before = filesOf(folder);
    const { mistake } = await damage(Authority.open(folder));
    expect(mistake).toMatchObject({ code: 'STATE_DAMAGED', place: { file: join(folder, name) } });
    expect(mistake.cause.en).toContain(`The ${kind} of the region's authority`);
    expect(mistake.next.en).toContain('terrace trust');
    expect(filesOf(folder)).toEqual(before);
  });

  test('whose key is another’s is damaged, and one whose making broke off is made', async () => {
    const first = await Authority.open(folder);
    const key = readFileSync(join(folder, 'authority.key'), 'utf8');
    rmSync(join(folder, 'authority.pem'));
    const second = await Authority.open(folder);
    expect(second.certificate).not.toBe(first.certificate);
    write('authority.key', key);
    expect((await damage(Authority.open(folder))).mistake.place.file).toBe(join(folder, 'authority.key'));
  });
});

function write(name: string, text: string): string {
  const file = join(folder, name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
}

function filesOf(directory: string): Record<string, string> {
  return Object.fromEntries(readdirSync(directory).map((name) => [name, readFileSync(join(directory, name), 'utf8')]));
}

async function damage(reading: Promise<unknown>): Promise<DamagedState> {
  const error = await reading.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(DamagedState);
  return error as DamagedState;
}
