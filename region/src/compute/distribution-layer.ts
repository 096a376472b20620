import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, linkSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { accountFiles } from './accounts.ts';
import type { Ground } from './ground.ts';
import { guestFolder } from './launcher.ts';
import { type Userland, userlands } from './userland/distributions.ts';
import { iptablesLinks, iptablesPrograms } from './userland/laid/iptables.ts';

/** Those that stand in /usr/sbin. */
const systemPrograms = ['service', 'update-rc.d'];

/** Programs of the region's base that some distribution does not have. */
const distributionPrograms = ['dnf', 'yum', 'amazon-linux-extras', 'chkconfig', 'service', 'apt-get', 'apt'];

/**
 * Makes the layer that tells a distribution from the region's base, which is Amazon Linux 2023: its release files, its account, its package tools.
 * The layer is a folder with `rest` and `usr`, as an image's.
 */
export function makeDistributionLayer(ground: Ground, folder: string, userland: Userland): void {
  const { user, release, asked, hasIptables = false } = userlands[userland];
  const rest = join(folder, 'rest');
  const usr = join(folder, 'usr');
  for (const path of [join(rest, 'etc'), join(rest, 'home', user), join(usr, 'bin')])
    mkdirSync(path, { recursive: true });
  const write = (path: string, content: string, mode = 0o644) => {
    mkdirSync(dirname(join(rest, path)), { recursive: true });
    writeFileSync(join(rest, path), content, { mode });
  };
  for (const [path, content] of Object.entries(release)) write(path, content);
  for (const [path, content, mode] of accountFiles(ground.accounts, user)) write(path, content, mode);
  const hidden = [
    ...(user === 'ec2-user' ? [] : [join(rest, 'home/ec2-user')]),
    ...('etc/system-release' in release || userland === 'amazon-linux-2023' ? [] : [join(rest, 'etc/system-release')]),
    ...distributionPrograms.filter((name) => !asked.includes(name)).map((name) => join(usr, 'bin', name)),
  ];
  if (hasIptables) addIptables(folder);
  for (const name of asked) symlinkSync('../lib/terrace/ask.pl', join(usr, 'bin', name));
  // The machine's own stands before it on the path.
  mkdirSync(join(usr, 'sbin'), { recursive: true });
  for (const name of systemPrograms)
    if (asked.includes(name)) symlinkSync('../lib/terrace/ask.pl', join(usr, 'sbin', name));
    else hidden.push(join(usr, 'sbin', name));
  if (user === 'ec2-user') {
    takePasswords(usr);
    mkdirSync(join(usr, 'lib/systemd/system'), { recursive: true });
    writeFileSync(join(usr, 'lib/systemd/system/cfn-hup.service'), cfnHupUnit);
  }
  hide(hidden);
}

function addIptables(folder: string): void {
  const at = (path: string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    return join(folder, path);
  };
  for (const [path, target] of Object.entries(iptablesLinks)) symlinkSync(`/usr/lib/terrace/${target}`, at(path));
  for (const [path, content] of Object.entries(iptablesPrograms)) writeFileSync(at(path), content, { mode: 0o755 });
}

/** Of Amazon Linux's package aws-cfn-bootstrap, which its images have from the start. */
const cfnHupUnit = `[Unit]
Description=cfn-hup daemon

[Service]
Type=simple
ExecStart=/opt/aws/bin/cfn-hup
Restart=always

[Install]
WantedBy=multi-user.target
`;

/** Red Hat's option of `passwd`, before the machine's own program. */
function takePasswords(usr: string): void {
  if (!existsSync('/usr/bin/passwd')) return;
  const programs = join(usr, 'lib/terrace/programs');
  mkdirSync(programs, { recursive: true });
  copyFileSync('/usr/bin/passwd', join(programs, 'passwd'));
  chmodSync(join(programs, 'passwd'), 0o755);
  copyFileSync(join(guestFolder, 'passwd.sh'), join(usr, 'bin/passwd'));
  chmodSync(join(usr, 'bin/passwd'), 0o755);
}

/** A whiteout at each path, all of one file system: the layers below have nothing there. One is made by a program, the others are links to it. */
export function hide([first, ...others]: readonly string[]): void {
  if (first === undefined) return;
  const { status, stderr } = spawnSync('mknod', [first, 'c', '0', '0'], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`cannot hide ${first}: ${stderr}`);
  for (const path of others) linkSync(first, path);
}
