import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { synthesizeVariant } from '@terrace/blueprint/synthesize-variant.fixture';
import { afterAll, expect, test } from 'vitest';
import type { CommandDefinition } from '../command.ts';
import { command as access } from '../commands/access.ts';
import { command as check } from '../commands/check.ts';
import { command as cost } from '../commands/cost.ts';
import { command as diagram } from '../commands/diagram.ts';
import { command as prices } from '../commands/prices.ts';
import { listeningTerminal } from '../terminal/terminal.fixture.ts';
import { outputMistakes } from './output-file.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'terrace-output-'));
const file = path.join(folder, 'a.file');
writeFileSync(file, '');
afterAll(() => rmSync(folder, { recursive: true }));

test.each([
  ['a new file in a folder', 'new.svg', []],
  ['a file that is there', 'a.file', []],
  ['a folder that is not there', 'a/b/c.svg', ['NO_SUCH_FOLDER']],
  ['a folder that is a file', 'a.file/c.svg', ['NO_SUCH_FOLDER']],
  ['a folder in place of a file', '.', ['OUTPUT_IS_FOLDER']],
])('%s', async (_what, name, codes) => {
  const found = await outputMistakes(path.join(folder, name), undefined);
  expect(found.map(({ code }) => code)).toEqual(codes);
});

test.each<[string, CommandDefinition, readonly string[], Record<string, unknown>, string]>([
  ['diagram --output', diagram, [], {}, 'output'],
  ['access --svg', access, [], {}, 'svg'],
  ['check --junit', check, [], {}, 'junit'],
  ['check --sarif', check, [], {}, 'sarif'],
  ['cost --curve', cost, [], { serverless: true }, 'curve'],
  ['prices --write', prices, ['refresh'], { from: folder }, 'write'],
])('%s makes no folder, and says so before it has said anything else', async (_name, command, words, more, option) => {
  const { terminal, said } = listeningTerminal();
  const options = { app: synthesizeVariant({}).folder, ...more, [option]: path.join(folder, 'a/b/c.svg') };
  expect(await command.run({ arguments: words, options, terminal })).toBe(2);
  expect(said).toMatchObject({ value: undefined, mistakes: [{ code: 'NO_SUCH_FOLDER' }] });
  expect(existsSync(path.join(folder, 'a'))).toBe(false);
});
