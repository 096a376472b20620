import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { CommandDefinition } from './command.ts';
import { commandGroups, startHere } from './command-groups.ts';

const folder = new URL('./commands/', import.meta.url);
const names = readdirSync(folder)
  .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
  .map((name) => name.replace('.ts', ''));
const definitions = await Promise.all(
  names.map(async (name) => {
    const { command } = (await import(`./commands/${name}.ts`)) as { command: CommandDefinition };
    return [name, command] as const;
  }),
);
const everywhere = ['--json', '--language'];

describe.each(definitions)('the help of %s', (name, { usage, summary, options, examples, arguments: described }) => {
  test('is written in both languages', () => {
    for (const { en, ko } of [summary, ...options.map(({ description }) => description)]) {
      expect(en).not.toMatch(/[가-힣]/);
      expect(ko === en || /[가-힣]/.test(ko) || /^[\x20-\x7e]+$/.test(ko), ko).toBe(true);
    }
    expect(summary.ko).toMatch(/[가-힣]/);
  });

  test('says what each argument may be', () => {
    const stated = [...usage.matchAll(/[<[](\w+)(?:\.\.\.)?[>\]]/g)].map(([, argument]) => argument);
    expect(Object.keys(described ?? {})).toEqual(stated);
  });

  test('has examples of itself, with options that there are', () => {
    expect(examples.length).toBeGreaterThan(0);
    const known = [...everywhere, ...options.map(({ flags }) => flags.split(' ')[0])];
    for (const example of examples) {
      expect(example).toMatch(new RegExp(`^terrace ${name}( |$)`));
      const own = example.split(' -- ')[0]!;
      for (const [flag] of own.matchAll(/--[a-z-]+/g)) expect(known, example).toContain(flag);
    }
  });
});

describe('the list of commands', () => {
  const grouped = commandGroups.flatMap(({ commands }) => commands);
  test('has each of them in one group', () => expect([...grouped].sort()).toEqual([...names].sort()));
  test('begins with some of them', () => {
    for (const { line } of startHere) expect(names).toContain(line.split(' ')[1]);
  });
});
