import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import { actingKeys, idleKeys, readCloudConfig, refusedKeys } from './cloud-config.ts';
import { type StepImage, stepsOf } from './steps.ts';

const amazon: StepImage = { user: 'ec2-user', packageTool: 'dnf', folder: '/var/lib/cloud/instances/i-1' };
const ubuntu: StepImage = { ...amazon, user: 'ubuntu', packageTool: 'apt-get' };

async function steps(content: string, image = amazon) {
  const { config } = await readCloudConfig([{ name: 'part-001', content }]);
  return stepsOf(config, image);
}

/** The script of the only module that has one, or its reason. */
async function only(content: string, image = amazon): Promise<string> {
  const { everyBoot, once } = await steps(content, image);
  const all = [...everyBoot, ...once];
  expect(all.map(({ module }) => module)).toHaveLength(1);
  const [step] = all;
  return step && 'script' in step ? step.script : `refused: ${step?.reason}`;
}

describe('a cloud-config', () => {
  test('is read as YAML 1.1, and later documents replace keys', async () => {
    const read = await readCloudConfig([
      { name: 'a', content: '#cloud-config\npackage_update: yes\npackages: [a]\ntimezone: UTC\n' },
      { name: 'b', content: 'packages: [b]\nmode: 0644\n' },
    ]);
    expect(read.config).toEqual({ package_update: true, packages: ['b'], timezone: 'UTC', mode: 0o644 });
    expect(read.warnings).toEqual([expect.stringContaining("'mode' was unexpected")]);
  });

  test.each([
    ['packages: [a\n', 'part-001', /Failed loading yaml blob/],
    ['- a\n- b\n', 'part-001', /mapping of keys/],
    ['power_state: {mode: reboot}\n', 'power_state', /power_state of the cloud-config is not carried out/],
    ['mounts: [[a, b]]\n', 'mounts', /not carried out/],
    ['ntp: {enabled: true}\n', 'ntp', /not carried out/],
  ])('%j is refused', async (content, name, reason) => {
    const { refused } = await readCloudConfig([{ name: 'part-001', content }]);
    expect(refused).toEqual([{ name, reason: expect.stringMatching(reason) }]);
  });

  test('has each key in one list', () => {
    const all = [...actingKeys, ...idleKeys, ...refusedKeys];
    expect(new Set(all).size).toBe(all.length);
  });

  test('runs its modules in cloud-init’s order, whatever the order of its keys', async () => {
    const content = `runcmd: [a]
packages: [b]
timezone: UTC
users: [default, c]
hostname: d
write_files: [{path: /e, content: f}, {path: /g, content: h, defer: true}]
bootcmd: [i]
`;
    const { everyBoot, once } = await steps(content);
    expect(everyBoot.map(({ module }) => module)).toEqual(['bootcmd']);
    expect(once.map(({ module }) => module)).toEqual([
      ...['write_files', 'set_hostname', 'users_groups', 'timezone', 'runcmd'],
      ...['package_update_upgrade_install', 'write_files_deferred'],
    ]);
  });

  test('leaves out what its own list of final modules does not name', async () => {
    const content = 'packages: [a]\ncloud_final_modules:\n- [scripts-user, always]\n';
    expect(await steps(content)).toMatchObject({ once: [], runsScripts: true, scriptsEveryBoot: true });
    expect(await steps('packages: [a]\n')).toMatchObject({ once: [{}], runsScripts: true, scriptsEveryBoot: false });
  });
});

describe('its modules', () => {
  test.each([
    ['bootcmd: [echo a, [echo, "it\'s", b c], null]', "#!/bin/sh\necho a\n'echo' 'it'\\''s' 'b c'\n"],
    ['bootcmd: [echo a: b]', /refused: Unable to shellify type 'dict'.*\{"echo a":"b"\}/],
    ['bootcmd: echo a', /refused: a list of commands/],
    ['hostname: web', "set -e\nhostnamectl set-hostname 'web'\n"],
    ['hostname: web.example.com', "set -e\nhostnamectl set-hostname 'web.example.com'\n"],
    ['{hostname: web, fqdn: web.example.com, prefer_fqdn_over_hostname: false}', /set-hostname 'web'\n/],
    [
      '{hostname: web, fqdn: web.example.com, manage_etc_hosts: true}',
      /'127.0.0.1 web.example.com web' >>\/etc\/hosts/,
    ],
    ['timezone: Asia/Seoul', /\[ -f '\/usr\/share\/zoneinfo\/Asia\/Seoul' \] \|\|/],
    ['packages: [jq, [httpd, 2.4]]', /'dnf' '-y' 'install' 'jq' 'httpd-2.4' \|\| failed/],
    ['package_update: true', /'dnf' '-y' 'makecache'/],
    ['package_upgrade: true', /'makecache'.*\n'dnf' '-y' 'upgrade'/],
    ['packages: [{snap: [x]}]', /refused: packages: \{"snap":\["x"\]\}/],
    ['packages: jq', /refused: packages is a list/],
    ['groups: [docker, {web: [root, ann]}]', /groupadd 'docker'\n.*groupadd 'web'\nusermod -a -G 'web' 'root'/],
    ['users: [ann]', /userdel -r 'ec2-user'.*\n.*useradd '-d' '\/home\/ann' '-m' 'ann'/],
    ['users: [default, {name: ann, uid: 1200, shell: /bin/sh, groups: "a, b"}]', /'-u' '1200' '-G' 'a,b' '-m' 'ann'/],
    [
      'users: [default, {name: ann, sudo: "ALL=(ALL) NOPASSWD:ALL"}]',
      /'ann ALL=\(ALL\) NOPASSWD:ALL' >>\/etc\/sudoers.d/,
    ],
    ['users: [default, {name: ann, ssh_import_id: gh:ann}]', /refused: users: ann: ssh_import_id is not carried out/],
    ['users: [default, {gecos: x}]', /refused: a user of users has no name/],
    ['ssh_authorized_keys: [ssh-rsa A]', /'ssh-rsa A' >>'\/home\/ec2-user\/.ssh\/authorized_keys'/],
    ['chpasswd: {list: "ann:secret\\nbob:$6$x$y"}', /'ann:secret' \| chpasswd\n.*'bob:\$6\$x\$y' \| chpasswd -e/],
    ['chpasswd: {users: [{name: ann, type: RANDOM}]}', /refused: chpasswd: a random password/],
    ['write_files: [{path: /a, source: {uri: http://x}}]', /refused: \/a: source is not carried out/],
    ['write_files: [{path: /a, content: bm9uZQ==, encoding: gz+b64}]', /refused: \/a: the content is no gzip/],
    ['runcmd: [echo a]', /base64 -d >'\/var\/lib\/cloud\/instances\/i-1\/scripts\/runcmd'/],
  ])('%s', async (content, script) => {
    const made = await only(content);
    if (typeof script === 'string') expect(made).toBe(script);
    else expect(made).toMatch(script);
  });

  test('ask apt for its lists before they install', async () => {
    expect(await only('packages: [[jq, "1.6"]]', ubuntu)).toMatch(
      /'apt-get' '-y' 'update'.*\n'apt-get' '-y' 'install' 'jq=1.6'/,
    );
    expect(await only('hostname: web.example.com', ubuntu)).toMatch(/set-hostname 'web'/);
  });
});

/** https://cloudinit.readthedocs.io/en/latest/reference/modules.html#write-files */
describe('write_files, by a shell', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cloud-config-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const owner = userInfo().username;
  const packed = gzipSync('packed\n').toString('base64');

  test.each([
    ['plain', 'content: "a $b `c` \'d\'\\n"', "a $b `c` 'd'\n", 0o644],
    ['b64', 'content: aGVsbG8=, encoding: b64', 'hello', 0o644],
    ['gz', `content: ${packed}, encoding: gzip+base64`, 'packed\n', 0o644],
    ['mode', "content: x, permissions: '0600'", 'x', 0o600],
    ['octal', 'content: x, permissions: 0750', 'x', 0o750],
    ['no mode', 'content: x, permissions: rwx', 'x', 0o644],
    ['empty', 'permissions: 0644', '', 0o644],
    ['number', 'content: 8080', '8080', 0o644],
  ])('%s', async (name, file, content, mode) => {
    const path = join(folder, name, 'file');
    const script = await only(`write_files:\n- {path: "${path}", owner: ${owner}, ${file}}\n`);
    execFileSync('sh', ['-c', script]);
    expect(readFileSync(path, 'utf8')).toBe(content);
    expect(statSync(path).mode & 0o7777).toBe(mode);
  });

  test('append, and an owner that is not there', async () => {
    const path = join(folder, 'appended');
    const one = `write_files:\n- {path: ${path}, owner: ${owner}, content: "one\\n", append: true}\n`;
    execFileSync('sh', ['-c', await only(one)]);
    execFileSync('sh', ['-c', await only(one)]);
    expect(readFileSync(path, 'utf8')).toBe('one\none\n');
    const wrong = await only(`write_files:\n- {path: ${path}, owner: nobody-knows, content: x}\n`);
    expect(() => execFileSync('sh', ['-c', wrong], { stdio: 'pipe' })).toThrow(/invalid user/);
  });
});
