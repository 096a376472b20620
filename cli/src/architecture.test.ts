import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** What each workspace may import of the others, and what its tests may besides. Arrows point one way. */
const arrows: Readonly<Record<string, { readonly imports: readonly string[]; readonly tests: readonly string[] }>> = {
  cloud: { imports: [], tests: [] },
  lenses: { imports: ['cloud'], tests: ['region'] },
  region: { imports: ['cloud'], tests: ['lenses'] },
  cli: { imports: ['cloud', 'lenses', 'region'], tests: ['blueprint'] },
  blueprint: { imports: [], tests: [] },
  arcade: { imports: [], tests: [] },
  bench: { imports: ['arcade', 'cloud', 'lenses', 'region'], tests: [] },
};

/** Within the game: what plays in the browser and what checks on the server share the rules and nothing else. */
const rooms: readonly (readonly [from: string, to: string])[] = [
  ['arcade/src/rules/', 'arcade/src/page/'],
  ['arcade/src/rules/', 'arcade/src/server/'],
  ['arcade/src/page/', 'arcade/src/server/'],
  ['arcade/src/server/', 'arcade/src/page/'],
];

const imports = Object.keys(arrows).flatMap((workspace) => sourcesBelow(join(root, workspace)).flatMap(importsOf));

test('imports are found, by path and by package', () => {
  expect(imports).toContainEqual({ from: 'cli/src/main.ts', to: 'cli/src/commands/up.ts' });
  expect(imports).toContainEqual({ from: 'cli/src/terminal.ts', to: 'cloud/src/words.ts' });
});

test.each(Object.entries(arrows))('%s imports what is below it', (workspace, { imports: shipped, tests }) => {
  const across = imports.filter(({ from, to }) => workspaceOf(from) === workspace && workspaceOf(to) !== workspace);
  const wrong = across.filter(({ from, to }) => {
    const allowed = isNotShipped(from) ? [...shipped, ...tests] : shipped;
    return !allowed.includes(workspaceOf(to));
  });
  expect(wrong).toEqual([]);
  expect(new Set(across.map(({ to }) => workspaceOf(to)))).toEqual(new Set([...shipped, ...tests]));
});

test.each(Object.entries(arrows))('%s states its arrows as dependencies', (workspace, { imports: shipped }) => {
  const { dependencies = {} } = JSON.parse(readFileSync(join(root, workspace, 'package.json'), 'utf8'));
  const stated = Object.keys(dependencies).filter((name) => name.startsWith('@terrace/'));
  expect(stated.sort()).toEqual(shipped.map((name) => `@terrace/${name}`));
});

test.each(rooms)('%s imports nothing of %s', (from, to) => {
  expect(
    imports.filter((each) => each.from.startsWith(from) && each.to.startsWith(to) && !isNotShipped(each.from)),
  ).toEqual([]);
});

test('nothing that is shipped imports a test or a fixture', () => {
  const shipped = imports.filter(({ from }) => !isNotShipped(from) && workspaceOf(from) !== 'bench');
  expect(shipped.filter(({ to }) => isNotShipped(to))).toEqual([]);
});

function workspaceOf(file: string): string {
  return file.slice(0, file.indexOf('/'));
}

function isNotShipped(file: string): boolean {
  return /\.(test|fixture)\.ts$|^\w+\/(test|browser|differential|scripts|src\/fixtures)\//.test(file);
}

function sourcesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return /^(dist|node_modules|data)$|^\./.test(entry.name) ? [] : sourcesBelow(path);
    return entry.name.endsWith('.ts') ? [path] : [];
  });
}

/** What a file imports of this repository, both as paths from its root. */
function importsOf(path: string): { from: string; to: string }[] {
  const from = relative(root, path).split(sep).join('/');
  const found = readFileSync(path, 'utf8').matchAll(
    /^(?:import|export)\s(?:[^;']*?from )?'([^']+)'|\bimport\('([^']+)'\)/gm,
  );
  return [...found].flatMap(([, stated, late]) => {
    const name = (stated ?? late)!;
    if (name.startsWith('.')) return [{ from, to: join(dirname(from), name).split(sep).join('/') }];
    const [, workspace, inside] = /^@terrace\/(\w+)\/(.+)$/.exec(name) ?? [];
    return workspace ? [{ from, to: `${workspace}/src/${inside}.ts` }] : [];
  });
}
