type Account = readonly [name: string, uid: number, home: string, shell: string];
type Group = readonly [name: string, gid: number, members: string];

/** The accounts of an image that scripts and services name, with Amazon Linux's or Debian's numbers. */
const accountsOf = (user: string): readonly Account[] => [
  ['root', 0, '/root', '/bin/bash'],
  ['bin', 1, '/bin', '/sbin/nologin'],
  ['daemon', 2, '/sbin', '/sbin/nologin'],
  ['mail', 8, '/var/spool/mail', '/sbin/nologin'],
  ['ftp', 14, '/var/ftp', '/sbin/nologin'],
  ['nobody', 65534, '/', '/sbin/nologin'],
  ...(user === 'ec2-user' ? [] : ([['www-data', 33, '/var/www', '/usr/sbin/nologin']] as const)),
  [user, 1000, `/home/${user}`, '/bin/bash'],
];

const groupsOf = (user: string): readonly Group[] => [
  ['adm', 4, user],
  ['tty', 5, ''],
  ['disk', 6, ''],
  user === 'ec2-user' ? ['wheel', 10, user] : ['sudo', 27, user],
  ['users', 100, ''],
  ['systemd-journal', 190, user],
  ['utmp', 22, ''],
  // Debian's programs, built for it, name this group; Amazon Linux has none of the name.
  ['nogroup', 65534, ''],
];

/**
 * `passwd`, `group` and `shadow` of a new instance. Where the kernel knows one uid only, every account is that one: a
 * service's `User=`, nginx's `user` and `chown` then work, and keep nobody apart.
 */
export function accountFiles(
  kind: 'one' | 'many',
  user = 'ec2-user',
): readonly (readonly [path: string, content: string, mode: number])[] {
  const [accounts, groups] = [accountsOf(user), groupsOf(user)];
  const number = (id: number) => (kind === 'one' ? 0 : id);
  const passwd = accounts.map(([name, uid, home, shell]) => passwdLine(name, number(uid), number(uid), home, shell));
  const own = accounts.map(([name, uid]) => `${name}:x:${number(uid)}:`);
  const more = groups.map(([name, gid, members]) => `${name}:x:${number(gid)}:${members}`);
  return [
    ['etc/passwd', `${passwd.join('\n')}\n`, 0o644],
    ['etc/group', `${[...own, ...more].join('\n')}\n`, 0o644],
    ['etc/shadow', `${accounts.map(([name]) => `${name}:*:19700:0:99999:7:::`).join('\n')}\n`, 0o000],
    ['etc/gshadow', `${[...accounts, ...groups].map(([name]) => `${name}:!::`).join('\n')}\n`, 0o000],
  ];
}

/** Without a password, and so without a line in `shadow`. */
export function passwdLine(name: string, uid: number, gid: number, home: string, shell: string): string {
  return `${name}:*:${uid}:${gid}:${name}:${home}:${shell}`;
}
