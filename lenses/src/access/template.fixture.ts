import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { loadTemplates } from '@terrace/cloud/assembly/load';
import type { Inventory } from '@terrace/cloud/inventory';

/** The inventory of a template that a test writes out, or of a file. */
export async function inventoryOf(template: object | string): Promise<Inventory> {
  if (typeof template === 'string') return load(template);
  const folder = await mkdtemp(path.join(tmpdir(), 'terrace-access-'));
  try {
    const file = path.join(folder, 'template.json');
    await writeFile(file, JSON.stringify(template));
    return await load(file);
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function load(file: string): Promise<Inventory> {
  const result = await loadTemplates([file]);
  if (!result.ok) throw new Error(JSON.stringify(result.mistakes, null, 1));
  return result.value;
}
