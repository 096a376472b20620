import {
  chmodSync,
  copyFileSync,
  type Dirent,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { accountFiles } from './accounts.ts';
import { authorityFile } from './authority-file.ts';
import { hide } from './distribution-layer.ts';
import type { Ground } from './ground.ts';
import { guestFolder } from './launcher.ts';

/** What every instance of a region has as its lowest layers, and where its device files are. */
export interface Base {
  /** Lower layers of `/`, uppermost first. */
  readonly rest: readonly string[];
  /** Lower layers of `/usr`, uppermost first. */
  readonly usr: readonly string[];
  readonly device: string;
  /** Where the launcher shows the host's Node, read-only. */
  readonly node: string;
  /** Where an instance sees it. */
  readonly nodeTarget: string;
  /** Where the launcher shows the store of packages, read-only; instances see it at `packagesTarget`. */
  readonly packages: string;
  readonly packagesTarget: string;
}

/** Names that the supervisor answers for: `guest/ask.pl` stands in for each. */
const asked = ['systemctl', 'journalctl', 'timedatectl', 'hostnamectl'];
const askedWithOneAccount = ['useradd', 'groupadd', 'usermod', 'userdel', 'groupdel'];

/**
 * Makes the region's base once: a minimal `/etc` of its own (nothing of the host's accounts, keys or settings), empty folders
 * where the host has its own data, and the stand-ins.
 */
export function makeBase(ground: Ground, folder: string): Base {
  const rest = join(folder, 'rest');
  const usr = join(folder, 'usr');
  const device = join(folder, 'dev');
  for (const path of folders) mkdirSync(join(rest, path), { recursive: true });
  for (const path of ['tmp', 'var/tmp']) chmodSync(join(rest, path), 0o1777);
  chmodSync(join(rest, 'root'), 0o700);
  const packages = join(folder, 'packages');
  mkdirSync(device);
  mkdirSync(packages);
  for (const [path, target] of links) symlinkSync(target, join(rest, path));
  makeEtc(ground, rest);
  ownFolders('/usr', usr, 2);
  if (ground.toolkit !== null) ownFolders(join(ground.toolkit, 'usr'), usr, 4);
  const nodeTarget = makeStandIns(ground, usr, rest);
  const lower = [usr, ...(ground.toolkit === null ? [] : [join(ground.toolkit, 'usr')]), ground.usr];
  const packagesTarget = '/usr/lib/terrace/packages';
  return { rest: [rest], usr: lower, device, node: join(folder, 'node'), nodeTarget, packages, packagesTarget };
}

const folders = [
  ...[
    'usr',
    'dev',
    'proc',
    'sys',
    'run',
    'tmp',
    'root',
    'home/ec2-user',
    'srv',
    'mnt',
    'media',
    'boot',
    'etc/ssl/certs',
  ],
  ...[
    'opt/aws/bin',
    'etc/systemd/system/multi-user.target.wants',
    'etc/pki/tls/certs',
    'etc/profile.d',
    'etc/sysconfig',
    'etc/sysctl.d',
    'etc/cloud',
  ],
  ...['var/tmp', 'var/log', 'var/lib/cloud', 'var/cache', 'var/spool', 'var/www', 'var/empty'],
];

const links: readonly (readonly [string, string])[] = [
  ['bin', 'usr/bin'],
  ['sbin', 'usr/sbin'],
  ['lib', 'usr/lib'],
  ['lib64', 'usr/lib64'],
  ['var/run', '/run'],
  ['var/lock', '/run/lock'],
  ['etc/mtab', '/proc/self/mounts'],
];

/**
 * Folders of a lower layer, empty, in a layer of our own: where an ordinary user's namespace does not know their owner, nothing
 * could be written into them otherwise.
 */
function ownFolders(from: string, to: string, depth: number): void {
  mkdirSync(to, { recursive: true });
  if (depth === 0) return;
  for (const entry of readable(from))
    if (entry.isDirectory()) ownFolders(join(from, entry.name), join(to, entry.name), depth - 1);
}

function readable(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EACCES') return [];
    throw error;
  }
}

/** Of the host's `/etc`: settings that programs of its `/usr` need, none of which tells anything of the host. */
const copied = [
  ...[
    'alternatives',
    'pam.d',
    'security',
    'services',
    'protocols',
    'rpc',
    'ethertypes',
    'ld.so.conf',
    'ld.so.conf.d',
    'ld.so.cache',
  ],
  ...['shells', 'skel', 'inputrc', 'mime.types', 'ssl/openssl.cnf', 'gai.conf', 'terminfo', 'bash.bashrc'],
];

function makeEtc(ground: Ground, rest: string): void {
  for (const name of copied) {
    const from = join('/etc', name);
    if (!existsSync(from)) continue;
    mkdirSync(dirname(join(rest, 'etc', name)), { recursive: true });
    copyReadable(from, join(rest, 'etc', name), lstatSync(from));
  }
  const write = (path: string, content: string, mode = 0o644) => {
    mkdirSync(dirname(join(rest, path)), { recursive: true });
    writeFileSync(join(rest, path), content, { mode });
  };
  for (const [path, content, mode] of accountFiles(ground.accounts)) write(path, content, mode);
  write(
    'etc/nsswitch.conf',
    'passwd: files\ngroup: files\nshadow: files\nhosts: files dns\nservices: files\nprotocols: files\n',
  );
  write('etc/os-release', osRelease);
  write('etc/system-release', 'Amazon Linux release 2023 (Amazon Linux), rehearsed by Terrace\n');
  write(
    'etc/profile',
    'export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin\nfor each in /etc/profile.d/*.sh; do [ -r "$each" ] && . "$each"; done\n',
  );
  write('etc/login.defs', loginDefinitions);
  write(
    'etc/default/useradd',
    'HOME=/home\nINACTIVE=-1\nEXPIRE=\nSHELL=/bin/bash\nSKEL=/etc/skel\nCREATE_MAIL_SPOOL=no\n',
  );
  write(authorityFile.slice(1), `${firstCertificate(ground.certificates)}\n`);
  write('etc/fstab', '');
  write('etc/sysctl.conf', '# See sysctl.conf(5).\n');
  for (const path of [
    'etc/pki/tls/certs/ca-bundle.crt',
    'etc/ssl/certs/ca-certificates.crt',
    'etc/ssl/certs/ca-bundle.crt',
    'etc/ssl/cert.pem',
    'etc/pki/tls/cert.pem',
  ]) {
    mkdirSync(dirname(join(rest, path)), { recursive: true });
    copyFileSync(ground.certificates, join(rest, path));
  }
}

/** Leaves out what the host keeps from its own users, such as old passwords below `security`. By hand: Node's own takes three times as long. */
function copyReadable(from: string, to: string, kind: Pick<Dirent, 'isSymbolicLink' | 'isDirectory' | 'isFile'>): void {
  if (kind.isSymbolicLink()) {
    symlinkSync(readlinkSync(from), to);
    return;
  }
  if ((lstatSync(from).mode & 0o004) === 0) return;
  if (kind.isFile()) copyFileSync(from, to);
  if (!kind.isDirectory()) return;
  mkdirSync(to);
  for (const entry of readdirSync(from, { withFileTypes: true }))
    copyReadable(join(from, entry.name), join(to, entry.name), entry);
}

function firstCertificate(file: string): string {
  const text = /-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----/s.exec(readFileSync(file, 'utf8'))?.[0];
  if (text === undefined) throw new Error(`${file} holds no certificate`);
  return text;
}

const osRelease = `NAME="Amazon Linux"
VERSION="2023"
ID="amzn"
ID_LIKE="fedora"
VERSION_ID="2023"
PLATFORM_ID="platform:al2023"
PRETTY_NAME="Amazon Linux 2023, rehearsed by Terrace"
`;

/** As Amazon Linux has it: a home folder and a group for each user, numbers of the system's own below 1000. */
const loginDefinitions = `UID_MIN 1000
UID_MAX 60000
SYS_UID_MIN 201
SYS_UID_MAX 999
GID_MIN 1000
GID_MAX 60000
SYS_GID_MIN 201
SYS_GID_MAX 999
UMASK 022
HOME_MODE 0700
CREATE_HOME yes
USERGROUPS_ENAB yes
ENCRYPT_METHOD SHA512
ENV_PATH PATH=/usr/local/bin:/usr/bin
ENV_SUPATH PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin
`;

const node = '/usr/lib/terrace/node';

/**
 * Node reads all the authorities that it carries before it makes its first TLS connection, even where others are given to it, and
 * at its start where it is told of more: half of what a call takes. Told to use OpenSSL's file, it reads that one.
 */
const nodeForAws = `/usr/bin/env -S -u NODE_EXTRA_CA_CERTS SSL_CERT_FILE=${authorityFile} ${node} --use-openssl-ca`;

function makeStandIns(ground: Ground, usr: string, rest: string): string {
  const library = join(usr, 'lib/terrace');
  for (const path of [library, join(usr, 'bin'), join(usr, 'sbin'), join(usr, 'lib/systemd')])
    mkdirSync(path, { recursive: true });
  const install = (file: string) => {
    copyFileSync(join(guestFolder, file), join(library, file));
    chmodSync(join(library, file), 0o755);
  };
  install('ask.pl');
  install('connect.pl');
  install('watch.pl');
  install('lay.pl');
  mkdirSync(join(library, 'packages'));
  install('sudo.sh');
  install('cloud-init.sh');
  for (const name of ['cloud-init', 'cloud-init-per'])
    symlinkSync('../lib/terrace/cloud-init.sh', join(usr, 'bin', name));
  symlinkSync('../lib/terrace/sudo.sh', join(usr, 'bin/sudo'));
  copyPing(usr);
  for (const name of downloaders) watchDownloads(ground, usr, name);
  for (const name of asked) symlinkSync('../lib/terrace/ask.pl', join(usr, 'bin', name));
  if (ground.accounts === 'one')
    for (const name of askedWithOneAccount) symlinkSync('../lib/terrace/ask.pl', join(usr, 'sbin', name));
  const calls = join(guestFolder, 'dist/calls.cjs');
  if (!existsSync(calls)) throw new Error('the stand-ins of aws, cfn-signal and curl are not built: run npm run build');
  for (const [name, interpreter] of [
    ['calls.cjs', node],
    ['aws-calls.cjs', nodeForAws],
  ] as const)
    writeFileSync(join(library, name), `#!${interpreter}\n${readFileSync(calls, 'utf8')}`, { mode: 0o755 });
  symlinkSync('../lib/terrace/aws-calls.cjs', join(usr, 'bin/aws'));
  symlinkSync('../lib/terrace/aws-calls.cjs', join(usr, 'bin/ec2-metadata'));
  for (const name of ['cfn-signal', 'cfn-get-metadata'])
    symlinkSync('/usr/lib/terrace/aws-calls.cjs', join(rest, 'opt/aws/bin', name));
  for (const name of ['cfn-init', 'cfn-hup'])
    symlinkSync('/usr/lib/terrace/calls.cjs', join(rest, 'opt/aws/bin', name));
  if (!hasProgram(ground, 'curl')) {
    mkdirSync(join(library, 'programs'), { recursive: true });
    symlinkSync('../calls.cjs', join(library, 'programs/curl'));
    symlinkSync('../lib/terrace/watch.pl', join(usr, 'bin/curl'));
  }
  // The host's own units and programs are no business of an instance: packages lay down theirs.
  rmSync(join(usr, 'lib/systemd/system'), { recursive: true, force: true });
  hide([join(usr, 'lib/systemd/system'), ...hostPrograms(usr)]);
  return placeNode(usr);
}

/** Programs that download, of those that an image has from the start. */
const downloaders = ['curl', 'wget'];

/** A program that is watched runs from a folder beside, since its own place is taken: see `guest/watch.pl`. */
function watchDownloads(ground: Ground, usr: string, name: string): void {
  const from = programOf(ground, name);
  if (from === undefined) return;
  const programs = join(usr, 'lib/terrace/programs');
  mkdirSync(programs, { recursive: true });
  copyFileSync(from, join(programs, name));
  chmodSync(join(programs, name), 0o755);
  symlinkSync('../lib/terrace/watch.pl', join(usr, 'bin', name));
}

/** Programs that an image has not from the start, and that a machine such as this may have; packages bring some of them. */
const notInImages =
  /^(docker.*|containerd.*|runc|ctr|podman|buildah|kubectl|helm|terraform|ansible.*|apt|apt-.*|aptitude|dpkg|dpkg-.*|git|git-.*|pip|pip3.*|java|javac|jar|keytool|mvn|mysql|mysqldump|mysqladmin|mariadb|mariadb-.*|psql|pg_.*|createdb|dropdb|php.*|ruby.*|gem.*|go|gofmt|rustc|cargo|redis-.*|htop|ffmpeg|ip6?tables.*|xtables-.*|arptables.*|ebtables.*)$/;

/** Where the host's programs of those names stand, below the layer of our own. */
function hostPrograms(usr: string): string[] {
  const found = ['bin', 'sbin'].flatMap((folder) =>
    readable(join('/usr', folder))
      .filter(({ name }) => notInImages.test(name))
      .map(({ name }) => join(folder, name)),
  );
  const local = ['local/bin', 'local/sbin'].flatMap((folder) =>
    existsSync(join('/usr', folder)) ? readable(join('/usr', folder)).map(({ name }) => join(folder, name)) : [],
  );
  for (const folder of ['local/bin', 'local/sbin']) mkdirSync(join(usr, folder), { recursive: true });
  return [...found, ...local].map((path) => join(usr, path)).filter((path) => !existsSync(path));
}

/** Debian's ping carries a capability that an instance may not have, which keeps it from starting; a copy carries none and needs none. */
function copyPing(usr: string): void {
  if (!existsSync('/usr/bin/ping')) return;
  copyFileSync('/usr/bin/ping', join(usr, 'bin/ping'));
  chmodSync(join(usr, 'bin/ping'), 0o755);
}

/**
 * Node is bound from the host's file and not read through the layers: V8 shares its built-in code between processes only where the file that it
 * finds under its own name is the one that it runs, which an overlay of several file systems denies.
 */
function placeNode(usr: string): string {
  writeFileSync(join(usr, 'lib/terrace/node'), '', { mode: 0o755 });
  symlinkSync('../lib/terrace/node', join(usr, 'bin/node'));
  return node;
}

/** Whether the layers below an instance have a program, by name. */
export function hasProgram(ground: Ground, name: string): boolean {
  return programOf(ground, name) !== undefined;
}

function programOf(ground: Ground, name: string): string | undefined {
  const roots = ['/usr', ...(ground.toolkit === null ? [] : [join(ground.toolkit, 'usr')])];
  return roots
    .flatMap((root) => ['bin', 'sbin'].map((folder) => join(root, folder, name)))
    .find((path) => existsSync(path));
}
