import { join } from 'node:path';
import type { BuildOptions } from 'esbuild';

/** How the server becomes one file that needs nothing but Node: no folder of packages, nothing fetched at boot. */
export function serverBuild(arcade: string, outfile: string): BuildOptions {
  return {
    entryPoints: [join(arcade, 'src/server/main.ts')],
    outfile,
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    mainFields: ['module', 'main'],
    external: ['pg-native'],
    // Libraries written for CommonJS ask for Node's own modules by `require`.
    banner: { js: "import{createRequire as _require}from'node:module';const require=_require(import.meta.url);" },
    legalComments: 'none',
    logLevel: 'warning',
  };
}
