import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Postgres } from '@terrace/arcade/fixtures/postgres';
import type { RegionUnderTest } from './region-under-test.ts';

/** What the application sends for a score, in pgbench's words; the values have the sizes of a real game's. */
const script = `insert into score (run, nickname, points, steps, inputs, digest)
values (gen_random_uuid(), 'bench', (random() * 100)::int, 140, '\\x0001020304', sha256('bench'))
on conflict (run) do nothing returning run;
`;

/** The connections that one application server holds at most. */
const connectionsOfServer = 10;

/**
 * Inserts a second that the database does for pgbench, over TLS and committed one by one: no application can be
 * faster than this. Needs Debian's `pgbench` (package postgresql-client or postgresql, by release), or its path in `PGBENCH`.
 */
export async function databaseLimit(postgres: Postgres, seconds = 5): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'terrace-bench-game-'));
  try {
    const file = join(folder, 'insert.sql');
    writeFileSync(file, script);
    const { host, port, name, caFiles } = postgres.address;
    const said = await run(
      pgbench(),
      [
        ...options(connectionsOfServer, seconds),
        ...['--file', file, '--host', host, '--port', String(port), '--username', postgres.credentials.username, name],
      ],
      { PGPASSWORD: postgres.credentials.password, PGSSLMODE: 'verify-full', PGSSLROOTCERT: caFiles[0]! },
    );
    return rateOf(said);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * The same against a region's own database, from where the application stands: pgbench runs in an application server, with the secret
 * that its role may read, as many connections as both servers hold, and the way over the peering.
 */
export async function databaseLimitInRegion(region: RegionUnderTest, seconds = 5): Promise<number> {
  const words = [pgbench(), ...options(2 * connectionsOfServer, seconds), '--file', '/tmp/insert.sql'].join(' ');
  const inside = `
set -euo pipefail
. /etc/application.env
cat > /tmp/insert.sql <<'END'
${script}END
secret=$(aws secretsmanager get-secret-value --secret-id "$DATABASE_SECRET_ARN" --query SecretString --output text --region "$AWS_REGION")
field() { node -p "JSON.parse(process.argv[1]).$1" "$secret"; }
export PGPASSWORD=$(field password) PGSSLMODE=verify-full PGSSLROOTCERT=/etc/pki/tls/certs/ca-bundle.crt
${words} --host "$DATABASE_HOST" --port "$DATABASE_PORT" --username "$(field username)" "$DATABASE_NAME" 2>&1
`;
  const said = (await region.terrace('exec', 'was/0', '--', 'bash', '-c', inside)) as { readonly output: string };
  return rateOf(said.output);
}

function options(connections: number, seconds: number): string[] {
  return ['--no-vacuum', '--client', String(connections), '--jobs', '1', '--time', String(seconds)];
}

/** The program itself: Debian's `/usr/bin/pgbench` is a script that asks for the host's clusters. */
function pgbench(): string {
  const versions = '/usr/lib/postgresql';
  const found = (existsSync(versions) ? readdirSync(versions) : [])
    .sort((one, other) => Number(other) - Number(one))
    .map((version) => join(versions, version, 'bin/pgbench'))
    .find((path) => existsSync(path));
  return process.env.PGBENCH ?? found ?? 'pgbench';
}

function rateOf(said: string): number {
  const rate = /^tps = ([\d.]+)/m.exec(said)?.[1];
  if (!rate) throw new Error(`pgbench said: ${said}`);
  return Number(rate);
}

function run(command: string, given: readonly string[], environment: Record<string, string>): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, given, { env: { ...process.env, ...environment } });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk) => {
        said += chunk;
      });
    }
    child.on('error', reject);
    child.on('exit', (code) =>
      code === 0 ? resolve(said) : reject(new Error(`${command} ended with ${code}: ${said}`)),
    );
  });
}
