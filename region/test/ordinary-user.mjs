/**
 * The share of the region's tests in which an ordinary user's region differs from root's, run as an ordinary user: for `npm test` of root, whose own
 * run says nothing about it. They run on a copy of the checkout that belongs to somebody without any right and without any group, who has the
 * toolkit in a home of his own. Arguments: other files of tests instead, or
 * `region/test` for all.
 */
import { spawnSync } from 'node:child_process';
import { copyFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const share = [
  'fabric',
  'balancing/isolation',
  'balancing/rules',
  'compute/isolation',
  'compute/ending',
  'database/postgresql-server',
  'damaged-state',
  'drift',
  'database/hang.test.ts',
  'ending.test.ts',
];
/** What takes long for what a load balancer waits for, whoever runs it. */
const leftOut = 'targets-by-instance|lb-fail-open|deregistration-delay|alb-timeouts';
const nobody = '65534';
const asNobody = ['--reuid', nobody, '--regid', nobody, '--clear-groups', '--inh-caps=-all'];

if (process.getuid?.() !== 0) {
  process.stdout.write('You are an ordinary user: all tests of the region have run as one already.\n');
  process.exit(0);
}
// Ctrl-C ends the tests; what was copied for them goes after them.
process.on('SIGINT', () => {});
const home = mkdtempSync(join(tmpdir(), 'terrace-ordinary-user-'));
try {
  const checkout = join(home, 'terrace');
  copyCheckout(fileURLToPath(new URL('../..', import.meta.url)), checkout);
  copyToolkit(join(home, '.cache/terrace'));
  const node = runnableNode(join(home, 'bin'));
  run('chown', ['-R', `${nobody}:${nobody}`, home]);
  const given = process.argv.slice(2);
  const files =
    given.length > 0 ? given : [...share.map((name) => `region/test/${name}`), '-t', `^(?!.*(${leftOut})).*`];
  const vitest = [
    join(checkout, 'node_modules/vitest/vitest.mjs'),
    'run',
    '--project',
    'region',
    '--project',
    'region-alone',
    ...files,
  ];
  process.exitCode = run('setpriv', [...asNobody, '--', node, ...vitest], {
    cwd: checkout,
    env: {
      HOME: home,
      PATH: `${join(home, 'bin')}:/usr/local/bin:/usr/bin:/bin`,
      ...(process.env.CI === undefined ? {} : { CI: process.env.CI }),
    },
  });
} finally {
  rmSync(home, { recursive: true, force: true });
}

/** All but the history and what regions keep. */
function copyCheckout(from, to) {
  mkdirSync(to);
  const passedOver = new Set(['.git', '.terrace', 'cdk.out']);
  const entries = readdirSync(from).filter((name) => !passedOver.has(name));
  run('cp', ['-a', '--reflink=auto', ...entries.map((name) => join(from, name)), to]);
}

/** What `terrace setup` made for root is of the same packages as it makes for anybody. */
function copyToolkit(to) {
  const from = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'terrace/toolkit');
  if (existsSync(from)) cpSync(from, join(to, 'toolkit'), { recursive: true, verbatimSymlinks: true });
}

/** This Node, or a copy of it where it stands in a folder of root's own. */
function runnableNode(directory) {
  const may = spawnSync('setpriv', [...asNobody, '--', process.execPath, '--version']).status === 0;
  if (may) return process.execPath;
  mkdirSync(directory);
  copyFileSync(process.execPath, join(directory, 'node'));
  return join(directory, 'node');
}

function run(program, words, options = {}) {
  const { status, error } = spawnSync(program, words, { stdio: 'inherit', ...options });
  if (error) throw error;
  return status ?? 1;
}
