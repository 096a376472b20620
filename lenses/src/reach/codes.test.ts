import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const here = path.dirname(fileURLToPath(import.meta.url));

/** Every code in capitals that a source of this folder gives out. */
function codes(): string[] {
  const sources = readdirSync(here, { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.ts') && !file.endsWith('.test.ts'),
  );
  const text = sources.map((file) => readFileSync(path.join(here, file), 'utf8')).join('\n');
  const given = [...text.matchAll(/(?:code:|\? |: |stop\()\s*'([A-Z][A-Z0-9]+(?:_[A-Z0-9]+)+)'/g)].map(
    (match) => match[1]!,
  );
  return [...new Set(given)].sort();
}

describe('every code', () => {
  test.each(['reach.md', 'reach.ko.md'])('is explained in docs/%s', (page) => {
    const text = readFileSync(path.join(here, '../../../docs', page), 'utf8');
    expect(codes().length).toBeGreaterThan(18);
    expect(codes().filter((code) => !text.includes(`\`${code}\``))).toEqual([]);
  });
});
