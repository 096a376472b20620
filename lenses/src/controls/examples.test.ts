import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type LoadOptions, loadTemplates } from '@terrace/cloud/assembly/load';
import { readListings } from '@terrace/cloud/outside/read-listings';
import { intentsOf } from '@terrace/cloud/views/intents';
import { expect, test } from 'vitest';
import { isFailure, proveControls } from './prove.ts';

const folder = fileURLToPath(new URL('../../../examples/', import.meta.url));
/** Nested templates are loaded by the one that nests them; CDK apps are none. */
const examples = readdirSync(folder, { withFileTypes: true }).flatMap((entry): [string, string[]][] => {
  const path = join(folder, entry.name);
  const files = entry.isDirectory() ? readdirSync(path).filter((file) => /\.(ya?ml|json)$/.test(file)) : [];
  if (files.length === 0 || files.includes('cdk.json')) return [];
  const own = entry.name === 'nested-stacks' ? ['template.yaml'] : files;
  return [[entry.name, own.map((file) => join(path, file))]];
});

/** They are kept right: what a control finds critical or high in one of them is wrong of the one or the other. */
test.each(examples)('no control fails in %s', async (name, files) => {
  const loaded = await loadTemplates(files, standingBeside(name));
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.mistakes));
  const intents = intentsOf(loaded.value);
  if (!intents.ok) throw new Error(JSON.stringify(intents.mistakes));
  const failures = proveControls(loaded.value, intents.value).filter(isFailure);
  expect(failures.map(({ control, finding }) => `${control.id} ${finding.resource.logicalId}`)).toEqual([]);
});

/** What an example's folder lists of an account, as `terrace import` takes it in. */
function standingBeside(name: string): LoadOptions {
  const listings = join(folder, name, 'aws/listings.json');
  if (!existsSync(listings)) return {};
  const home = { account: '000000000000', region: 'ap-northeast-2' };
  return { standing: readListings(JSON.parse(readFileSync(listings, 'utf8')), home).standing };
}
