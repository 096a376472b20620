import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { CommandDefinition } from '../command.ts';
import { folder, run, split } from '../shown-commands.fixture.ts';
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

describe.each(pages)('%s', (page) => {
  test('shows what its commands print', { timeout: 240_000 }, async () => {
    const before = readFileSync(page, 'utf8');
    const blocks = [...before.matchAll(/```console\n\$ terrace (.*)\n([\s\S]*?)```/g)];
    expect(blocks.length).toBeGreaterThan(8);
    let after = before;
    for (const [block, line, shown] of blocks) {
      const printed = `${(await run(commands, split(line!))).join('\n')}\n`;
      if (update) after = after.replace(block, () => `\`\`\`console\n$ terrace ${line}\n${printed}\`\`\``);
      else expect([line, shown]).toEqual([line, printed]);
    }
    if (update) writeFileSync(page, after);
  });
});

test.each(pictures)('docs/images/%s is what its command writes', { timeout: 240_000 }, async (name, words) => {
  const file = new URL(`../../../docs/images/${name}`, import.meta.url);
  const written = join(folder, name);
  await run(commands, [...words, '--curve', written]);
  if (update) writeFileSync(file, readFileSync(written));
  expect(readFileSync(file, 'utf8')).toBe(readFileSync(written, 'utf8'));
});
