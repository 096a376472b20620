import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { actingKeys, idleKeys, refusedKeys } from './cloud-config.ts';

test.each(['instances.md', 'instances.ko.md'])('%s lists the keys of a cloud-config', (name) => {
  const page = readFileSync(new URL(`../../../../docs/${name}`, import.meta.url), 'utf8');
  for (const keys of [actingKeys, idleKeys, refusedKeys])
    expect(page).toContain(`| ${keys.map((key) => `\`${key}\``).join(', ')} |`);
});
