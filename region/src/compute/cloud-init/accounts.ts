import { quoted } from './shell.ts';

type Given = Record<string, unknown>;

/**
 * The script of `groups` and `users`. The image's own account is there only where `users` is not given or names `default`: it is cloud-init that makes it.
 *
 * https://cloudinit.readthedocs.io/en/latest/reference/modules.html#users-and-groups
 */
export function accountsScript({ groups, users }: Given, imageUser: string): string {
  return [...groupLines(groups), ...(users === undefined ? [] : userLines(users, imageUser))]
    .map((line) => `${line}\n`)
    .join('');
}

function groupLines(groups: unknown): string[] {
  const lines: string[] = [];
  for (const [name, members] of groupsOf(groups)) {
    lines.push(addGroup(name));
    for (const member of members)
      lines.push(`usermod -a -G ${quoted(name)} ${quoted(member)} || echo "Unable to add group member ${member}"`);
  }
  return lines;
}

/** A list of names and of mappings to members, one mapping, or names with commas. */
function groupsOf(groups: unknown): (readonly [string, readonly string[]])[] {
  if (groups === undefined || groups === null) return [];
  if (typeof groups === 'string') return groups.split(',').map((name) => [name.trim(), []]);
  const each = Array.isArray(groups) ? groups : [groups];
  return each.flatMap((item): (readonly [string, readonly string[]])[] =>
    typeof item === 'object' && item !== null
      ? Object.entries(item).map(([name, members]) => [name, listOf(members)])
      : [[String(item), []]],
  );
}

function addGroup(name: string): string {
  return `getent group ${quoted(name)} >/dev/null || groupadd ${quoted(name)}`;
}

function userLines(users: unknown, imageUser: string): string[] {
  const given: unknown[] = Array.isArray(users) ? users : users === null ? [] : [users];
  const names = given.flatMap((each) =>
    typeof each === 'string' ? each.split(',').map((name) => name.trim()) : [each],
  );
  const hasDefault = names.some((each) => each === 'default' || (each as Given | null)?.name === 'default');
  return [
    ...(hasDefault ? [] : [`userdel -r ${quoted(imageUser)} 2>/dev/null || true`]),
    ...names.flatMap((each) => {
      if (each === 'default') return [];
      const user = (typeof each === 'object' && each !== null ? each : { name: each }) as Given;
      return user.name === 'default' ? [] : oneUser(user);
    }),
  ];
}

const carriedOut = [
  ...['name', 'gecos', 'homedir', 'primary_group', 'primary-group', 'groups', 'no_create_home', 'no-create-home'],
  ...[
    'system',
    'no_user_group',
    'no-user-group',
    'no_log_init',
    'no-log-init',
    'shell',
    'uid',
    'passwd',
    'hashed_passwd',
  ],
  ...['plain_text_passwd', 'lock_passwd', 'lock-passwd', 'sudo', 'ssh_authorized_keys', 'ssh-authorized-keys', 'doas'],
];

function oneUser(user: Given): string[] {
  const name = String(user.name ?? '');
  if (name === '') throw new Error('a user of users has no name');
  const unknown = Object.keys(user).find((key) => !carriedOut.includes(key));
  if (unknown !== undefined) throw new Error(`users: ${name}: ${unknown} is not carried out in a rehearsal`);
  const value = (key: string) => user[key] ?? user[key.replaceAll('_', '-')];
  const primary = value('primary_group');
  const groups = listOf(user.groups);
  const home = String(user.homedir ?? (name === 'root' ? '/root' : `/home/${name}`));
  const hash = user.passwd ?? user.hashed_passwd;
  const options = [
    ...(user.gecos === undefined ? [] : ['-c', String(user.gecos)]),
    ...['-d', home],
    ...(user.shell === undefined ? [] : ['-s', String(user.shell)]),
    ...(user.uid === undefined ? [] : ['-u', String(user.uid)]),
    ...(primary === undefined ? [] : ['-g', String(primary)]),
    ...(groups.length === 0 ? [] : ['-G', groups.join(',')]),
    ...(hash === undefined ? [] : ['-p', String(hash)]),
    ...(user.system === true ? ['-r'] : []),
    ...(value('no_user_group') === true ? ['-N'] : []),
    value('no_create_home') === true || user.system === true ? '-M' : '-m',
  ];
  const plain = user.plain_text_passwd;
  const keys = value('ssh_authorized_keys');
  return [
    ...[...groups, ...(primary === undefined ? [] : [String(primary)])].map(addGroup),
    `id ${quoted(name)} >/dev/null 2>&1 && echo ${quoted(`User ${name} already exists, skipping.`)} || useradd ${[...options, name].map(quoted).join(' ')}`,
    ...(plain === undefined ? [] : [passwordLine(name, String(plain))]),
    ...sudoLines(name, user.sudo),
    ...(keys === undefined ? [] : keyLines(name, home, listOf(keys, false))),
  ];
}

function sudoLines(name: string, sudo: unknown): string[] {
  if (sudo === undefined || sudo === null || sudo === false) return [];
  const rules = Array.isArray(sudo) ? sudo.map(String) : [String(sudo)];
  const file = '/etc/sudoers.d/90-cloud-init-users';
  return [
    'mkdir -p /etc/sudoers.d',
    ...rules.map((rule) => `printf '%s\\n' ${quoted(`${name} ${rule}`)} >>${file}`),
    `chmod 440 ${file}`,
  ];
}

/** Adds keys to a user's; nobody can log in with them here, and scripts read the file. */
export function keyLines(name: string, home: string, keys: readonly string[]): string[] {
  const folder = `${home}/.ssh`;
  return [
    `mkdir -p ${quoted(folder)}`,
    ...keys.map((key) => `printf '%s\\n' ${quoted(key.trim())} >>${quoted(`${folder}/authorized_keys`)}`),
    `chmod 700 ${quoted(folder)}; chmod 600 ${quoted(`${folder}/authorized_keys`)}`,
    `chown -R ${quoted(name)}: ${quoted(folder)}`,
  ];
}

/** https://cloudinit.readthedocs.io/en/latest/reference/modules.html#set-passwords */
export function passwordsScript({ chpasswd, password }: Given, imageUser: string): string {
  const { list, users, expire: _, ...unknown } = (chpasswd ?? {}) as Given;
  const more = Object.keys(unknown)[0];
  if (more !== undefined) throw new Error(`chpasswd: ${more} is not carried out in a rehearsal`);
  const lines: string[] = password === undefined ? [] : [passwordLine(imageUser, String(password))];
  const pairs = Array.isArray(list) ? list.map(String) : String(list ?? '').split('\n');
  for (const pair of pairs.filter((each) => each.trim() !== '')) {
    const [name = '', ...rest] = pair.trim().split(':');
    lines.push(passwordLine(name, rest.join(':')));
  }
  for (const user of Array.isArray(users) ? (users as Given[]) : []) {
    if (user.type === 'RANDOM')
      throw new Error(`chpasswd: a random password of ${user.name} is not carried out in a rehearsal`);
    lines.push(passwordLine(String(user.name), String(user.password ?? ''), user.type === 'hash'));
  }
  return lines.map((line) => `${line}\n`).join('');
}

function passwordLine(name: string, password: string, isHash = /^\$(1|2a|2y|5|6|y)\$.+/.test(password)): string {
  return `printf '%s\\n' ${quoted(`${name}:${password}`)} | chpasswd${isHash ? ' -e' : ''}`;
}

/** A list, or text with commas, as cloud-init takes either. */
function listOf(given: unknown, splits = true): string[] {
  if (given === undefined || given === null) return [];
  if (Array.isArray(given)) return given.map((each) => String(each).trim());
  return splits
    ? String(given)
        .split(',')
        .map((each) => each.trim())
        .filter((each) => each !== '')
    : [String(given)];
}
