import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { run, split } from '../shown-commands.fixture.ts';
import { command as check } from './check.ts';
import { command as cost } from './cost.ts';
import { command as explain } from './explain.ts';
import { command as reach } from './reach.ts';

/** A page may leave lines out of what it shows; those that it shows are printed, in this order. */
const commands = { check, cost, explain, reach };

const pages = [
  ['README.md', ['check', 'reach', 'cost']],
  ['README.ko.md', ['check', 'reach', 'cost']],
  ['docs/explain.md', ['explain']],
  ['docs/explain.ko.md', ['explain']],
] as const;

describe.each(pages)('%s', (name, used) => {
  const text = readFileSync(new URL(`../../../${name}`, import.meta.url), 'utf8');
  const shown = [...text.matchAll(/^\$ npx terrace (.*)\n([\s\S]*?)(?=\n\n\$|\n```)/gm)];

  test('shows its commands', () => {
    expect(shown.map(([, line]) => line!.split(' ')[0])).toEqual(used);
  });

  test.each(shown.map(([, line, lines]) => [line!, lines!.split('\n').filter((each) => each !== '')] as const))(
    'shows what %s prints',
    { timeout: 240_000 },
    async (line, lines) => {
      const printed = (await run(commands, split(line)))
        .flatMap((each) => each.split('\n'))
        .map((each) => each.trimEnd());
      const found = lines.reduce((from, each) => (from < 0 ? from : printed.indexOf(each.trimEnd(), from)), 0);
      expect(found < 0 ? { lines, printed } : 'all of them').toBe('all of them');
    },
  );
});
