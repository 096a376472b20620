import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { settingsFromContext } from '@terrace/blueprint/settings/settings-from-context';
import { addTerrace } from '@terrace/blueprint/terrace';
import { App } from 'aws-cdk-lib';
import { Command } from 'commander';
import { afterAll, beforeAll, expect } from 'vitest';
import type { CommandDefinition } from './command.ts';
import { listeningTerminal } from './terminal/terminal.fixture.ts';

export let folder: string;
const assemblies = new Map<string, string>();

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'terrace-docs-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

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
  const pathsIn = { 'aws:cdk:enable-path-metadata': true };
  const app = new App({ analyticsReporting: false, outdir, context: pathsIn });
  addTerrace(app, read.settings, bundles);
  app.synth();
  assemblies.set(key, outdir);
  return outdir;
}

/** Runs a command as the command line would, on the default blueprint, and gives its lines. */
export async function run(
  commands: Readonly<Record<string, CommandDefinition>>,
  words: readonly string[],
): Promise<readonly string[]> {
  const [name = ''] = words;
  const definition = commands[name];
  if (!definition) throw new Error(`the page names the command ${name}, which is not run here`);
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

/** The words of a command line. */
export function split(line: string): string[] {
  return [...line.matchAll(/"([^"]*)"|(\S+)/g)].map((match) => match[1] ?? match[2]!);
}
