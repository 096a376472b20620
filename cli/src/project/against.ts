import { readFile } from 'node:fs/promises';
import { loadTemplates, loadTexts } from '@terrace/cloud/assembly/load';
import type { Inventory } from '@terrace/cloud/inventory';
import type { Result } from '@terrace/cloud/mistake';

/**
 * The project as it was, from template files. Where it is one stack now and then, the older takes the newer's name, so that what
 * stayed the same is recognized whatever the files are called.
 */
export async function loadAgainst(files: readonly string[], now: Inventory): Promise<Result<Inventory>> {
  const [file] = files;
  const [stack] = now.stacks;
  const options = { region: now.region, account: now.account, allocations: now.allocations };
  if (files.length !== 1 || now.stacks.length !== 1 || !file || !stack) return loadTemplates(files, options);
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) return loadTemplates(files, options);
  return loadTexts({ [`${stack.name}.yaml`]: text }, options);
}
