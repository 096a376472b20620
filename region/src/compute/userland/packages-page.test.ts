import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { debianPackageNames } from './debian-table.ts';
import { findPackage, packageNames } from './packages.ts';

const page = (name: string) => readFileSync(new URL(`../../../../docs/${name}`, import.meta.url), 'utf8');

/** Names of the table whose programs come from Debian's packages, as the pages list them. */
function listed(): string {
  return packageNames()
    .filter((name) => findPackage(name)?.debian !== undefined)
    .map((name) => `\`${name}\``)
    .join(', ');
}

const debian = debianPackageNames()
  .map((name) => `\`${name}\``)
  .join(', ');

describe('the page of instances', () => {
  test.each(['instances.md', 'instances.ko.md'])('%s lists the packages of the table', (name) => {
    expect(page(name).replace(/\s+/g, ' ')).toContain(listed());
    expect(page(name).replace(/\s+/g, ' ')).toContain(debian);
  });
});
