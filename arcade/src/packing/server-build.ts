import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BuildOptions } from 'esbuild';

/**
 * How the server becomes a few files that need nothing but Node: no folder of packages, nothing fetched at boot. `server.mjs` is what is
 * read at every start; what is loaded later, such as the AWS SDK and those ways to credentials that no server here goes, stands beside it.
 */
export function serverBuild(arcade: string, folder: string): BuildOptions {
  const notUsed = fileURLToPath(new URL(`not-used${extname(import.meta.url)}`, import.meta.url));
  return {
    entryPoints: { server: join(arcade, 'src/server/main.ts') },
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    minify: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    mainFields: ['module', 'main'],
    external: ['pg-native'],
    alias: { '@fastify/ajv-compiler': notUsed, '@fastify/fast-json-stringify-compiler': notUsed },
    define: {
      // pg makes a `Response` to find out whether it runs at Cloudflare's, for which Node would load all of its `fetch`.
      Response: 'undefined',
      // The SDK's own variable: which Node its later versions need says nothing of the one that is in here, which stays as it is.
      'process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED': '"true"',
    },
    // Libraries written for CommonJS ask for Node's own modules by `require`.
    banner: { js: "import{createRequire as _require}from'node:module';const require=_require(import.meta.url);" },
    legalComments: 'none',
    logLevel: 'warning',
  };
}
