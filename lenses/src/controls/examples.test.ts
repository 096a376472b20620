import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadTemplates } from '@terrace/cloud/assembly/load';
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
test.each(examples)('no control fails in %s', async (_, files) => {
  const loaded = await loadTemplates(files);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.mistakes));
  const intents = intentsOf(loaded.value);
  if (!intents.ok) throw new Error(JSON.stringify(intents.mistakes));
  const failures = proveControls(loaded.value, intents.value).filter(isFailure);
  expect(failures.map(({ control, finding }) => `${control.id} ${finding.resource.logicalId}`)).toEqual([]);
});
