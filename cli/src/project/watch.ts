import { type FSWatcher, readdirSync, watch } from 'node:fs';
import { join } from 'node:path';

/** Folders whose changes come from running and not from writing. */
const passedOver = new Set(['.terrace', '.git', 'node_modules', 'cdk.out']);

/**
 * Calls `each` whenever something below a folder was saved, once for changes that come together, and never twice at a time. It watches when
 * it returns, and ends with `signal`.
 */
export function watchFolder(folder: string, signal: AbortSignal, each: () => Promise<void>): void {
  const watchers = new Map<string, FSWatcher>();
  let timer: NodeJS.Timeout | undefined;
  let turn: Promise<void> = Promise.resolve();
  const saved = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      look();
      turn = turn.then(each);
    }, 100);
  };
  const look = () => {
    for (const path of foldersBelow(folder)) {
      if (watchers.has(path)) continue;
      const watcher = watch(path, (_event, name) => {
        if (name === null || !passedOver.has(name)) saved();
      });
      // A folder that is removed is watched no longer.
      watcher.on('error', () => watchers.delete(path));
      watchers.set(path, watcher);
    }
  };
  look();
  signal.addEventListener('abort', () => {
    clearTimeout(timer);
    for (const watcher of watchers.values()) watcher.close();
  });
}

function foldersBelow(folder: string): string[] {
  const inside = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !passedOver.has(entry.name))
    .flatMap((entry) => foldersBelow(join(folder, entry.name)));
  return [folder, ...inside];
}
