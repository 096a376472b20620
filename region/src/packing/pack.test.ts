import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { packedOrBuilt } from '../host/built.ts';
import { pack } from './pack.ts';

const folder = mkdtempSync(join(tmpdir(), 'terrace-pack-'));
const dist = join(folder, 'packed/workspace/dist');
const script = join(dist, 'some/script.js');
const packed = join(dist, 'packed/some/script.js');
const buildInfo = join(dist, '.tsbuildinfo');

beforeAll(async () => {
  mkdirSync(join(dist, 'some'), { recursive: true });
  writeFileSync(join(dist, 'package.json'), '{ "type": "module" }');
  writeFileSync(
    script,
    "import { place } from './neighbour.js';\nconsole.log(place, (await import('./later.js')).place);\n",
  );
  for (const name of ['neighbour', 'later'])
    writeFileSync(
      join(dist, `some/${name}.js`),
      "export const place = new URL('../data', import.meta.url).pathname;\n",
    );
  writeFileSync(buildInfo, '');
  await pack(dist, ['some/script']);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('a packed script finds what stands beside its modules, wherever they were put', () => {
  rmSync(join(dist, 'some'), { recursive: true });
  expect(execFileSync(process.execPath, [packed], { encoding: 'utf8' })).toBe(
    `${join(dist, 'data')} ${join(dist, 'data')}\n`,
  );
});

test('is used until something is built anew', () => {
  const chosen = () => fileURLToPath(packedOrBuilt(pathToFileURL(script), [pathToFileURL(buildInfo)]));
  expect(chosen()).toBe(packed);
  const later = Date.now() / 1000 + 60;
  utimesSync(buildInfo, later, later);
  expect(chosen()).toBe(script);
  rmSync(packed);
  utimesSync(buildInfo, 0, 0);
  expect(chosen()).toBe(script);
});
