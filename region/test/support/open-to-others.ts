import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Paths below a folder, and the folder itself, that anybody but its owner may read, write or enter. What is in a synthesized app keeps its modes. */
export function openToOthers(folder: string): string[] {
  const { mode } = statSync(folder);
  const below = readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isSymbolicLink()) return [];
    if (entry.isDirectory() && !entry.name.startsWith('assembly')) return openToOthers(path);
    return statSync(path).mode & 0o077 ? [path] : [];
  });
  return mode & 0o077 ? [folder, ...below] : below;
}
