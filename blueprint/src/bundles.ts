import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The application as archives: what the servers fetch and unpack. Absolute paths. */
export interface Bundles {
  readonly web: string;
  readonly application: string;
}

/** The arcade's bundles, or an error that says how to make them. */
export function arcadeBundles(): Bundles {
  const folder = new URL('../../arcade/dist/bundle/', import.meta.url);
  const bundles = {
    web: fileURLToPath(new URL('web.tar.gz', folder)),
    application: fileURLToPath(new URL('was.tar.gz', folder)),
  };
  const absent = Object.values(bundles).filter((path) => !existsSync(path));
  if (absent.length > 0) throw new BundlesAbsent(absent);
  return bundles;
}

export class BundlesAbsent extends Error {
  constructor(readonly paths: readonly string[]) {
    super(
      `The application is not built: ${paths.join(', ')}\n` +
        '→ run: npm run build && npm run bundle -w arcade\n' +
        '→ 애플리케이션이 아직 빌드되지 않았습니다. 위 명령을 실행하세요.',
    );
  }
}
