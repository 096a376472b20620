import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { settingsFromContext } from '@terrace/blueprint/settings/settings-from-context';
import { addTerrace } from '@terrace/blueprint/terrace';
import { App } from 'aws-cdk-lib';
import { Command } from 'commander';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CommandDefinition } from '../command.ts';
import { listeningTerminal } from '../terminal/terminal.fixture.ts';
import { command as budget } from './budget.ts';
import { command as cost } from './cost.ts';
import { command as edge } from './edge.ts';
import { command as prices } from './prices.ts';

/**
 * What docs/cost.md and docs/cost.ko.md show is what the commands print: every console block is run. With
 * UPDATE_DOCS=1 the blocks and pictures are written instead of compared, after a change that is meant.
 */
const commands: Readonly<Record<string, CommandDefinition>> = { budget, cost, edge, prices };
const pages = ['cost.md', 'cost.ko.md'].map((name) => new URL(`../../../docs/${name}`, import.meta.url));
const pictures = [
  ['cost-curve.svg', ['cost', '--serverless', '--language', 'en']],
  ['cost-curve.ko.svg', ['cost', '--serverless', '--currency', 'KRW', '--language', 'ko']],
] as const;
const update = process.env.UPDATE_DOCS === '1';

let folder: string;
const assemblies = new Map<string, string>();

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'terrace-docs-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.each(pages)('%s', (page) => {
  test('shows what its commands print', { timeout: 240_000 }, async () => {
    const before = readFileSync(page, 'utf8');
    const blocks = [...before.matchAll(/```console\n\$ terrace (.*)\n([\s\S]*?)```/g)];
    expect(blocks.length).toBeGreaterThan(8);
    let after = before;
    for (const [block, line, shown] of blocks) {
      const printed = `${(await run(split(line!))).join('\n')}\n`;
      if (update) after = after.replace(block, () => `\`\`\`console\n$ terrace ${line}\n${printed}\`\`\``);
      else expect([line, shown]).toEqual([line, printed]);
    }
    if (update) writeFileSync(page, after);
  });
});

test.each(pictures)('docs/images/%s is what its command writes', { timeout: 240_000 }, async (name, words) => {
  const file = new URL(`../../../docs/images/${name}`, import.meta.url);
  const written = join(folder, name);
  await run([...words, '--curve', written]);
  if (update) writeFileSync(file, readFileSync(written));
  expect(readFileSync(file, 'utf8')).toBe(readFileSync(written, 'utf8'));
});

/** The blueprint with the settings that a command line gives it, synthesized once for each. */
function assemblyOf(options: { profile?: string; context?: readonly string[] }): string {
  const context = Object.fromEntries((options.context ?? []).map((pair) => pair.split('=')));
  const settings = { ...context, ...(options.profile ? { profile: options.profile } : {}) };
  const key = JSON.stringify(settings);
  const known = assemblies.get(key);
  if (known !== undefined) return known;
  const bundles = { web: join(folder, 'web.tar.gz'), application: join(folder, 'was.tar.gz') };
  for (const file of Object.values(bundles)) writeFileSync(file, '');
  const read = settingsFromContext(settings);
  if (!read.ok) throw new Error(JSON.stringify(read.mistakes));
  const outdir = join(folder, `assembly-${assemblies.size}`);
  const app = new App({ analyticsReporting: false, outdir });
  addTerrace(app, read.settings, bundles);
  app.synth();
  assemblies.set(key, outdir);
  return outdir;
}

/** Runs a command as the command line would, on the default blueprint, and gives its lines. */
async function run(words: readonly string[]): Promise<readonly string[]> {
  const [name = ''] = words;
  const definition = commands[name];
  if (!definition) throw new Error(`the page names a command ${name} that is not about money`);
  let lines: readonly string[] = [];
  const root = new Command().exitOverride();
  const program = root.command(definition.usage);
  for (const { flags, description, repeatable } of definition.options) {
    if (repeatable) program.option(flags, description.en, (value: string, before: string[] = []) => [...before, value]);
    else program.option(flags, description.en);
  }
  program.option('--language <language>', '');
  program.action(async (...given: unknown[]) => {
    const options = program.opts();
    const { terminal, said } = listeningTerminal({ language: options.language === 'ko' ? 'ko' : 'en' });
    const positional = given
      .slice(0, -2)
      .flat()
      .filter((each): each is string => typeof each === 'string');
    await definition.run({
      arguments: positional,
      options: { ...options, app: assemblyOf(options), profile: undefined, context: undefined },
      terminal,
    });
    expect(said.mistakes).toEqual([]);
    lines = said.lines;
  });
  await root.parseAsync(words, { from: 'user' });
  return lines;
}

function split(line: string): string[] {
  return [...line.matchAll(/"([^"]*)"|(\S+)/g)].map((match) => match[1] ?? match[2]!);
}
