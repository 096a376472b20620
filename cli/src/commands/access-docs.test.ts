import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { synthesizeVariant } from '@terrace/blueprint/synthesize-variant.fixture';
import type { Language } from '@terrace/cloud/words';
import { describe, expect, test } from 'vitest';
import { listeningTerminal } from '../terminal/terminal.fixture.ts';
import { command } from './access.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const documents = [
  'access.md',
  'access.ko.md',
  'tutorial-missing-permissions.md',
  'tutorial-missing-permissions.ko.md',
];

/** Every block of a document that shows a command with its output. */
function shown(document: string): { line: string; output: string }[] {
  const text = readFileSync(`${root}docs/${document}`, 'utf8');
  return [...text.matchAll(/^```\n\$ (terrace access.*)\n([\s\S]*?)\n```$/gm)].map(([, line, output]) => ({
    line: line!,
    output: output!,
  }));
}

describe.each(documents)('docs/%s', (document) => {
  test.each(
    shown(document).map(({ line, output }) => [line, output] as const),
  )('shows what `%s` prints', async (line, output) => {
    expect(await printed(line)).toBe(output);
  });
});

/** What the command writes to standard output; the blueprint is what it works on where the line names nothing. */
async function printed(line: string): Promise<string> {
  const options: Record<string, unknown> = {};
  const words = line.split(' ').slice(2);
  for (let index = 0; index < words.length; index += 2) options[words[index]!.slice(2)] = words[index + 1];
  if (typeof options.template === 'string') options.template = [`${root}${options.template}`];
  else options.app = synthesizeVariant({}).folder;
  const { terminal, said } = listeningTerminal({ language: options.language as Language });
  await command.run({ arguments: [], options, terminal });
  expect(said.mistakes).toEqual([]);
  return said.lines.join('\n');
}
