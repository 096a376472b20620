import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { Authentication } from './authentication.ts';
import { runCommands } from './commands.ts';
import { writeFiles } from './files.ts';
import { BuildLog } from './log.ts';
import { installPackages } from './packages.ts';
import { arrangeServices, type Changes } from './services.ts';
import { fetchSources } from './sources.ts';

const folder = mkdtempSync(join(tmpdir(), 'cfn-build-'));
const log = new BuildLog(false, 'cfn-init', folder);
const none = new Authentication({}, log);
const commandLog = () => readFileSync(join(folder, 'cfn-init-cmd.log'), 'utf8');
let server: Server;
let address: string;
beforeAll(async () => {
  server = createServer((request, response) => {
    const { url = '', headers } = request;
    if (url === '/moved') response.writeHead(302, { location: '/text' }).end();
    else if (url === '/secret' && headers.authorization === undefined) response.writeHead(401).end('who?');
    else if (url.startsWith('/archive')) response.end(readFileSync(join(folder, url)));
    else if (url === '/none') response.writeHead(404).end('nothing');
    else response.end('hello {{name}}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(server.address() as { port: number }).port}`;
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-init.html#aws-resource-init-files */
describe('files', () => {
  const write = (path: string, file: object, authentication = none) =>
    writeFiles({ [join(folder, path)]: file }, authentication, log);
  const text = (path: string) => readFileSync(join(folder, path), 'utf8');

  test.each<[string, object, string]>([
    ['text', { content: 'a\nb\n' }, 'a\nb\n'],
    ['an object, as JSON', { content: { port: 80, list: [1] } }, '{"port":80,"list":[1]}'],
    ['base64', { content: 'aGVs\nbG8=', encoding: 'base64' }, 'hello'],
    ['a template', { content: '{{#on}}{{name}}{{/on}} {{{raw}}}', context: { on: 1, name: 'x', raw: '&' } }, 'x &'],
    ['a template that escapes', { content: '{{name}}', context: { name: '<' } }, '&lt;'],
    ['text in braces without a context', { content: '{{name}}' }, '{{name}}'],
    ['base64 is not a template', { content: 'e3tufX0=', encoding: 'base64', context: { n: 1 } }, '{{n}}'],
  ])('of %s', async (name, file, expected) => {
    await write(`files/${name}`, file);
    expect(text(`files/${name}`)).toBe(expected);
  });

  test('from an address, redirected, with a context or a password', async () => {
    const password = new Authentication({ me: { type: 'basic', username: 'a', password: 'b' } }, log);
    await write('source/a', { source: `${address}/moved` });
    await write('source/b', { source: `${address}/text`, context: { name: 'you' } });
    await write('source/c', { source: `${address}/secret`, authentication: 'me' }, password);
    expect([text('source/a'), text('source/b'), text('source/c')]).toEqual([
      'hello {{name}}',
      'hello you',
      'hello {{name}}',
    ]);
  });

  test.each<[string, object, RegExp]>([
    ['neither content nor source', {}, /without source or content/],
    ['a page that is not there', { source: 'ADDRESS/none' }, /Failed to retrieve .*\/none: HTTP Error 404 : nothing/],
    ['a page that needs a password', { source: 'ADDRESS/secret' }, /HTTP Error 401/],
    ['nobody there', { source: 'http://127.0.0.1:1/' }, /Failed to retrieve/],
    ['an unknown owner', { content: 'x', owner: 'nobody-knows' }, /nobody-knows is not a valid user name/],
    ['an unknown group', { content: 'x', group: 'nobody-knows' }, /not a valid group name/],
    ['malformed base64', { content: '%%%', encoding: 'base64' }, /Malformed base64/],
    ['a link without a target', { mode: '120644' }, /without a destination/],
    ['a broken template', { content: '{{#a}}', context: {} }, /Mustache/],
    ['a mode of other digits', { content: 'x', mode: 'rwx' }, /no octal number/],
  ])('refuses %s', async (name, file, said) => {
    const given = JSON.parse(JSON.stringify(file).replace('ADDRESS', address)) as object;
    await expect(write(`refused/${name}`, given)).rejects.toThrow(said);
    expect(existsSync(join(folder, `refused/${name}`))).toBe(false);
  });

  test('a path that is not absolute is refused', async () => {
    await expect(writeFiles({ 'a/b': { content: 'x' } }, none, log)).rejects.toThrow('non-absolute path: a/b');
  });

  test('has its mode and owner, and what was there before stays beside it', async () => {
    const { username } = userInfo();
    const file = { content: 'one', mode: '000640', owner: username };
    expect(await write('mode/a', file)).toHaveLength(1);
    expect(statSync(join(folder, 'mode/a')).mode & 0o7777).toBe(0o640);
    expect(await write('mode/a', file), 'the same again').toHaveLength(0);
    expect(await write('mode/a', { ...file, content: 'two' })).toHaveLength(1);
    expect([text('mode/a'), text('mode/a.bak')]).toEqual(['two', 'one']);
  });

  test('a mode of 120xxx is a link', async () => {
    expect(await write('link/a', { content: '/etc/hosts', mode: '120644' })).toHaveLength(1);
    expect(await write('link/a', { content: '/etc/hosts', mode: '120644' })).toHaveLength(0);
    expect(lstatSync(join(folder, 'link/a')).isSymbolicLink()).toBe(true);
    expect(readlinkSync(join(folder, 'link/a'))).toBe('/etc/hosts');
  });
});

describe('sources', () => {
  const source = (name: string, from: string) => fetchSources({ [join(folder, name)]: from }, none, log);

  test.each([
    ['tar', '-cf'],
    ['tar.gz', '-czf'],
    ['bin', '-czf'],
  ])('unpacks an archive, told by its content: %s', async (name, option) => {
    mkdirSync(join(folder, 'tree/inner'), { recursive: true });
    writeFileSync(join(folder, 'tree/inner/file'), 'content');
    execFileSync('tar', [option, join(folder, `archive.${name}`), '-C', join(folder, 'tree'), 'inner']);
    expect(await source(`out-${name}`, `${address}/archive.${name}`)).toEqual([join(folder, `out-${name}`)]);
    expect(readFileSync(join(folder, `out-${name}`, 'inner/file'), 'utf8')).toBe('content');
    expect(await source(`local-${name}`, join(folder, `archive.${name}`))).toHaveLength(1);
  });

  test.each([
    ['what is no archive', '/text', /Unsupported source file \(not zip or tarball\)/],
    ['what is not there', '/none', /HTTP Error 404/],
  ])('refuses %s', async (_, path, said) => {
    await expect(source('refused-source', `${address}${path}`)).rejects.toThrow(said);
  });

  test('refuses members outside of the folder', async () => {
    writeFileSync(join(folder, 'outside'), 'x');
    execFileSync('tar', ['-cPf', join(folder, 'archive-outside'), '-C', join(folder, 'tree'), '../outside']);
    await expect(source('escape', `${address}/archive-outside`)).rejects.toThrow(/is not a sub-path of/);
  });
});

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-init.html#aws-resource-init-commands */
describe('commands', () => {
  const said = (name: string) => join(folder, name);

  test('run in the order of their names, where their test passes, and their output is in the log', () => {
    const ran = runCommands(
      {
        '02_two': { command: `echo $WHO two >>${said('ran')}`, env: { WHO: 'number' } },
        '01_one': { command: ['sh', '-c', `pwd >>${said('ran')}`], cwd: folder },
        '03_not': { command: `echo three >>${said('ran')}`, test: 'exit 2' },
        '04_bad': { command: 'echo wrong >&2; exit 3', ignoreErrors: 'true' },
        '10_ten': { command: `echo ten >>${said('ran')}`, test: 'true', waitAfterCompletion: '0' },
      },
      log,
    );
    expect(ran).toEqual(['01_one', '02_two', '04_bad', '10_ten']);
    expect(readFileSync(said('ran'), 'utf8')).toBe(`${folder}\nnumber two\nten\n`);
    expect(commandLog()).toMatch(
      /P\d+ \[INFO\] Command 04_bad\n.*\n.*\twrong\n.*\n.*\[ERROR\] Exited with error code 3/,
    );
  });

  test('env overwrites the environment', () => {
    vi.stubEnv('LEFT_OUT', 'yes');
    runCommands({ a: { command: `echo "[$LEFT_OUT]" >${said('env')}`, env: { OTHER: '1' } } }, log);
    runCommands({ a: { command: `echo "[$LEFT_OUT]" >>${said('env')}` } }, log);
    expect(readFileSync(said('env'), 'utf8')).toBe('[]\n[yes]\n');
  });

  test.each<[string, object, RegExp]>([
    ['one that fails', { command: 'exit 4' }, /^Command a failed$/],
    ['a program that is not there', { command: ['/no/such'] }, /^Command a failed$/],
    ['one without a command', { test: 'true' }, /does not specify the 'command' attribute/],
    ['a folder that is not there', { command: 'true', cwd: '/no/such' }, /^Command a failed$/],
  ])('end at %s', (_, command, message) => {
    expect(() => runCommands({ a: command, b: { command: `touch ${said('never')}` } }, log)).toThrow(message);
    expect(existsSync(said('never'))).toBe(false);
  });
});

/** Programs of a name that write down how they were called. */
function programs(given: Readonly<Record<string, string>>): string {
  const bin = mkdtempSync(join(folder, 'bin-'));
  for (const [name, body] of Object.entries(given)) {
    writeFileSync(join(bin, name), `#!/bin/sh\necho "$(basename $0) $*" >>${bin}/calls\n${body}\n`);
    chmodSync(join(bin, name), 0o755);
  }
  vi.stubEnv('PATH', `${bin}:${process.env.PATH}`);
  return join(bin, 'calls');
}
const calls = (file: string) => (existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : []);

describe('packages', () => {
  test('rpm comes first, then apt, then yum, with versions', () => {
    const file = programs({ yum: 'true', 'apt-get': 'true' });
    const changes = installPackages(
      { yum: { httpd: [], php: ['8.1', '8.10'] }, apt: { jq: '1.6' }, rpm: { epel: 'http://x/epel.rpm' } },
      log,
      () => {},
    );
    expect(calls(file)).toEqual([
      'yum -y install http://x/epel.rpm',
      'apt-get -q -y install jq=1.6',
      'yum -y makecache',
      'yum -y install httpd php-8.10',
    ]);
    expect(Object.fromEntries(changes)).toEqual({ rpm: ['epel'], apt: ['jq'], yum: ['httpd', 'php'] });
  });

  test.each<[string, Record<string, string>, object, RegExp]>([
    ['no way to the repository', { yum: 'echo no way; exit 1' }, { yum: { a: [] } }, /Could not create yum cache/],
    [
      'a package that is not there',
      {
        yum: '[ "$2" = makecache ] || { printf "yum: Unable to find a match:\\n  odd: not in the table\\n"; exit 1; }',
      },
      { yum: { odd: [] } },
      /^Yum does not have odd available for installation$/,
    ],
    [
      'one that apt does not know',
      { 'apt-get': 'echo "E: Unable to locate package odd"; exit 100' },
      { apt: { odd: [] } },
      /APT does not have odd available/,
    ],
    ['gems', {}, { rubygems: { rails: [] } }, /packages of rubygems are not carried out/],
  ])('refuse %s', (_, fakes, given, said) => {
    programs(fakes);
    expect(() => installPackages(given as Record<string, object>, log, () => {})).toThrow(said);
  });

  test('a tool that cfn-init does not know is passed over, and told', () => {
    const told: string[] = [];
    installPackages({ dnf: { httpd: [] } }, log, (text) => told.push(text));
    expect(told).toEqual(['Unsupported package manager: dnf']);
  });
});

describe('services', () => {
  const changes: Changes = {
    packages: new Map([['yum', ['httpd']]]),
    files: ['/etc/app.conf'],
    sources: ['/srv/app'],
    commands: ['01_build'],
    groups: [],
    users: ['app'],
  };
  const arrange = (running: boolean, service: object, kind = 'systemd') => {
    const fake = `case "$*" in *status*) exit ${running ? 0 : 3};; esac`;
    const file = programs({ systemctl: fake, service: fake });
    const told: string[] = [];
    arrangeServices({ [kind]: { app: service } }, changes, log, (text) => told.push(text));
    return { calls: calls(file).filter((each) => !/status|daemon-reload/.test(each)), told };
  };

  test.each<[boolean, object, string[]]>([
    [false, { enabled: true, ensureRunning: true }, ['systemctl enable app', 'systemctl start app']],
    [true, { enabled: 'false', ensureRunning: 'true' }, ['systemctl disable app']],
    [true, { ensureRunning: false }, ['systemctl stop app']],
    [false, { ensureRunning: 'false' }, []],
    [true, {}, []],
    [true, { ensureRunning: true, files: ['/etc/app.conf'] }, ['systemctl restart app']],
    [true, { ensureRunning: true, files: ['/etc/other.conf'] }, []],
    [true, { sources: ['/srv/app'] }, ['systemctl restart app']],
    [true, { packages: { yum: ['httpd'] } }, ['systemctl restart app']],
    [true, { packages: { rpm: ['httpd'] } }, []],
    [true, { commands: ['01_build'] }, ['systemctl restart app']],
    [true, { users: ['app'] }, ['systemctl restart app']],
  ])('running %s, %j', (running, service, expected) => {
    expect(arrange(running, service).calls).toEqual(expected);
  });

  test('of sysvinit start by service', () => {
    expect(arrange(false, { ensureRunning: 'true' }, 'sysvinit').calls).toEqual(['service app start']);
  });

  test('of another manager are passed over, and told', () => {
    expect(arrange(false, { ensureRunning: true }, 'upstart').told).toEqual(['Unsupported service manager: upstart']);
  });

  test('one that does not start ends the build', () => {
    programs({ systemctl: 'echo "Unit app.service not found." >&2; exit 5' });
    expect(() => arrangeServices({ systemd: { app: { ensureRunning: true } } }, changes, log, () => {})).toThrow(
      'Could not start app',
    );
  });
});
