import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { membersFileName } from '@terrace/cloud/allocate/members';
import { expect, test } from 'vitest';
import type { Incident } from '../incident.ts';
import { GivenFiles } from './given-files.ts';

test('what could not be written is written as soon as it can be; a change hears that it was not', async () => {
  const folder = join(mkdtempSync(join(tmpdir(), 'given-')), 'state');
  const incidents: Incident[] = [];
  const given = new GivenFiles(folder, (incident) => incidents.push(incident));
  await expect(given.keep({})).rejects.toThrow('ENOENT');
  await given.keepMembers({});
  expect(incidents.map(({ part }) => part)).toEqual([membersFileName]);
  mkdirSync(folder);
  await expect.poll(() => readFileSync(join(folder, membersFileName), 'utf8')).toBe('{}\n');
  rmSync(folder, { recursive: true });
});
