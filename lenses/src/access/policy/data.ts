import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

/**
 * Reads one of the compact files that `lenses/data/access/generate.mjs` wrote, at most once.
 * The path is the same from `src` and from `dist`.
 */
export function dataFile<T>(name: string): () => T {
  let loaded: T | undefined;
  return () => {
    if (loaded === undefined) {
      const bytes = readFileSync(new URL(`../../../data/access/${name}`, import.meta.url));
      loaded = JSON.parse((name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8')) as T;
    }
    return loaded;
  };
}
