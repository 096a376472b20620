import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

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

/** Folders whose files call one another because what they read nests: the arguments of an intrinsic function are intrinsic functions. */
const nesting = ['cloud/src/resolve'];

/** What may write to standard output: programs of instances, and what runs as a process of its own. The rest of the engine has events. */
const programs = /^region\/src\/(guest\/|.*-process\.ts$|supervisor\/main\.ts$)/;

const imports = Object.keys(arrows).flatMap((workspace) => sourcesBelow(join(root, workspace)).flatMap(importsOf));

test('imports are found, by path and by package', () => {
  expect(imports).toContainEqual({ from: 'cli/src/main.ts', to: 'cli/src/commands/up.ts' });
  expect(imports).toContainEqual({ from: 'cli/src/terminal/terminal.ts', to: 'cloud/src/words.ts' });
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

test.each(Object.keys(arrows))('in %s no circle leads through folders, or through the files of one', (workspace) => {
  const within = imports.filter(({ from, to }) => workspaceOf(from) === workspace && workspaceOf(to) === workspace);
  const nests = ({ from, to }: Import) =>
    nesting.some((folder) => from.startsWith(`${folder}/`) && to.startsWith(`${folder}/`));
  expect(circlesOf(within.filter((each) => !isNotShipped(each.from) && !nests(each)))).toEqual([]);
});

test('a circle of folders is found, where no file is in one', () => {
  const found = circlesOf([
    { from: 'region/src/host/doctor.ts', to: 'region/src/namespaces/launch.ts' },
    { from: 'region/src/namespaces/remove.ts', to: 'region/src/host/toolkit.ts' },
    { from: 'region/src/fabric/apply.ts', to: 'region/src/namespaces/remove.ts' },
  ]);
  expect(found).toEqual(['region/src/host → region/src/namespaces', 'region/src/namespaces → region/src/host']);
});

test.each(['cloud', 'lenses', 'region'])('%s prints nothing', (workspace) => {
  const printing = sourcesBelow(join(root, workspace, 'src'))
    .filter((path) => /\bprocess\.std(out|err)\.write|\bconsole\.\w+\(/.test(readFileSync(path, 'utf8')))
    .map(fromRoot);
  expect(printing.filter((file) => !isNotShipped(file) && !programs.test(file))).toEqual([]);
});

/** What is printed goes through `terminal.ts`, which masks and escapes. A session in an instance is the user's own terminal. */
const printers = ['cli/src/commands/exec.ts', 'cli/src/terminal/terminal.ts'];

test('cli prints in one place, and writes files for people in one', () => {
  const sources = sourcesBelow(join(root, 'cli/src')).filter((path) => !isNotShipped(fromRoot(path)));
  const having = (pattern: RegExp) => sources.filter((path) => pattern.test(readFileSync(path, 'utf8'))).map(fromRoot);
  const prints = /\bprocess\.std(out|err)\b(?!\.on\('error')|\bconsole\.\w|\/dev\/std|\bwriteSync\(|'inherit'/;
  expect(having(prints)).toEqual(printers);
  expect(having(/\bwriteFile(Sync)?\(|\bappendFile|\bcreateWriteStream/)).toEqual(writers);
});

/** Prices are a file for programs, and come from AWS. */
const writers = ['cli/src/arguments/output-file.ts', 'cli/src/commands/prices.ts'];

describe.each(['docs/code.md', 'docs/code.ko.md'])('%s', (page) => {
  const sections = readFileSync(join(root, page), 'utf8').split('\n## ').slice(1);

  test.each(
    sections.map((section) => [section.slice(0, section.indexOf(':')), section]),
  )('has the folders of %s, each below what leans on it', (workspace, section) => {
    const rows = [...section.matchAll(/^\| `([\w-]+)\/`/gm)].map(([, name]) => name!);
    const folders = readdirSync(join(root, workspace, 'src'), { withFileTypes: true });
    expect([...rows].sort()).toEqual(folders.flatMap((each) => (each.isDirectory() ? [each.name] : [])).sort());
    const upwards = imports.filter(({ from, to }) => {
      const [above, below] = [to, from].map((file) =>
        rows.indexOf(file.slice(`${workspace}/src/`.length).split('/')[0]!),
      );
      return workspaceOf(from) === workspace && !isNotShipped(from) && above! >= 0 && below! > above!;
    });
    expect(upwards).toEqual([]);
  });

  test('has every workspace but the benchmarks', () => {
    const workspaces = sections.map((section) => section.slice(0, section.indexOf(':')));
    expect([...workspaces, 'bench'].sort()).toEqual(Object.keys(arrows).sort());
  });
});

/** What is known by resource type and has no family yet. Moving a family shortens it; nothing is added. */
const withoutHome = [
  'cloud/src/validate/network/memberships.ts',
  'cloud/src/validate/network/quotas.ts',
  'cloud/src/validate/standing.ts',
];

test('only families have tables by resource type', () => {
  const found = ['cloud/src', 'lenses/src', 'region/src', 'cli/src']
    .flatMap((folder) => sourcesBelow(join(root, folder)))
    .filter((path) => /^cloud\/src\/families\/[\w-]+\//.test(fromRoot(path)) === false)
    .filter((path) => !isNotShipped(fromRoot(path)) && rowsByType(readFileSync(path, 'utf8')) >= 2)
    .map(fromRoot);
  expect(found.sort()).toEqual([...withoutHome].sort());
});

/** Lines that begin an entry of an object or a row of needs with a resource type. */
function rowsByType(text: string): number {
  return [...text.matchAll(/^ +(?:needsOf\(\s*)?'(?:AWS|Custom)::[\w:]+'(?::|,\s*(?:\[|\n))/gm)].length;
}

test('nothing that is shipped imports a test or a fixture', () => {
  const shipped = imports.filter(({ from }) => !isNotShipped(from) && workspaceOf(from) !== 'bench');
  expect(shipped.filter(({ to }) => isNotShipped(to))).toEqual([]);
});

/**
 * The arrows that are part of a circle. Each import is an arrow between two neighbours: what holds its two ends within the innermost folder
 * that holds both, be it a folder or the file itself.
 */
function circlesOf(all: readonly Import[]): string[] {
  const between = new Map(all.map(neighbours).map(([from, to]) => [`${from} → ${to}`, { from, to }]));
  for (;;) {
    // What nothing leads to, and what leads nowhere, is in no circle.
    const starts = new Set([...between.values()].map(({ from }) => from));
    const ends = new Set([...between.values()].map(({ to }) => to));
    const free = [...between].filter(([, { from, to }]) => !ends.has(from) || !starts.has(to));
    if (free.length === 0) return [...between.keys()].sort();
    for (const [name] of free) between.delete(name);
  }
}

function neighbours({ from, to }: Import): [from: string, to: string] {
  const ends = [from.split('/'), to.split('/')] as const;
  const apart = ends[0].findIndex((part, index) => part !== ends[1][index]);
  return [ends[0].slice(0, apart + 1).join('/'), ends[1].slice(0, apart + 1).join('/')];
}

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

function fromRoot(path: string): string {
  return relative(root, path).split(sep).join('/');
}

/** Both as paths from the repository's root. */
interface Import {
  readonly from: string;
  readonly to: string;
}

/** What a file imports of this repository. */
function importsOf(path: string): Import[] {
  const from = fromRoot(path);
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
