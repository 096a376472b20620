import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Postgres } from '@terrace/arcade/fixtures/postgres';

/** What the application sends for a score, in pgbench's words; the values have the sizes of a real game's. */
const script = `insert into score (run, nickname, points, steps, inputs, digest)
values (gen_random_uuid(), 'bench', (random() * 100)::int, 140, '\\x0001020304', sha256('bench'))
on conflict (run) do nothing returning run;
`;

/** The connections that one application server holds at most. */
const connections = 10;

/**
 * Inserts a second that the database does for pgbench, over TLS and committed one by one: no application can be
 * faster than this. Needs Debian's `pgbench` (package postgresql-client or postgresql, by release) on the path, or its path in `PGBENCH`.
 */
export async function databaseLimit(postgres: Postgres, seconds = 5): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'terrace-bench-game-'));
  try {
    const file = join(folder, 'insert.sql');
    writeFileSync(file, script);
    const { host, port, name, caFiles } = postgres.address;
    const said = await run(
      process.env.PGBENCH ?? 'pgbench',
      [
        ...['--no-vacuum', '--file', file, '--client', String(connections), '--jobs', '1', '--time', String(seconds)],
        ...['--host', host, '--port', String(port), '--username', postgres.credentials.username, name],
      ],
      { PGPASSWORD: postgres.credentials.password, PGSSLMODE: 'verify-full', PGSSLROOTCERT: caFiles[0]! },
    );
    const rate = /^tps = ([\d.]+)/m.exec(said)?.[1];
    if (!rate) throw new Error(`pgbench said: ${said}`);
    return Number(rate);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
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
