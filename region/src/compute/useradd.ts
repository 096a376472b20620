import { passwdLine } from './accounts.ts';
import type { Guest, Question } from './guest.ts';

/**
 * `useradd` and its kin where the kernel knows one uid only: names are kept apart, numbers are all 0, so that services
 * with a user of their own run. Options that change nothing but numbers are taken; those not known fail.
 */
export async function manageAccounts(
  guest: Pick<Guest, 'read' | 'append' | 'write' | 'makeFolder'>,
  question: Pick<Question, 'name' | 'words' | 'uid' | 'say'>,
): Promise<number> {
  const refuse = (code: number, text: string) => {
    question.say('err', `${question.name}: ${text}\n`);
    return code;
  };
  const known = options[question.name] ?? { flags: '', valued: '' };
  const values = new Map<string, string>();
  const names: string[] = [];
  const words = [...question.words];
  while (words.length > 0) {
    const word = words.shift() ?? '';
    if (!word.startsWith('-')) {
      names.push(word);
      continue;
    }
    const [long = '', attached] = word.startsWith('--') ? word.slice(2).split(/=(.*)/s) : [];
    const letters = word.startsWith('--') ? [longNames[long] ?? '?'] : [...word.slice(1)];
    while (letters.length > 0) {
      const letter = letters.shift() ?? '';
      if (known.flags.includes(letter)) values.set(letter, '');
      else if (known.valued.includes(letter))
        values.set(letter, attached ?? (letters.splice(0).join('') || (words.shift() ?? '')));
      else return refuse(2, `option ${word} is not carried out in a rehearsal`);
    }
  }
  const [name] = names;
  if (name === undefined || names.length > 1 || !/^[a-z_][a-z0-9_.-]*\$?$/i.test(name))
    return refuse(2, 'name one account');
  const passwd = await guest.read('/etc/passwd');
  const groups = await guest.read('/etc/group');
  const has = (text: string) => text.split('\n').some((line) => line.startsWith(`${name}:`));
  const without = (text: string) =>
    text
      .split('\n')
      .filter((line) => !line.startsWith(`${name}:`))
      .join('\n');

  switch (question.name) {
    case 'useradd': {
      if (has(passwd)) return refuse(9, `user '${name}' already exists`);
      const home = values.get('d') ?? `/home/${name}`;
      await guest.append('/etc/passwd', `${passwdLine(name, 0, 0, home, values.get('s') ?? '/bin/bash')}\n`);
      if (!has(groups)) await guest.append('/etc/group', `${name}:x:0:\n`);
      if (values.has('m') || (!values.has('r') && !values.has('M'))) await guest.makeFolder(home);
      return 0;
    }
    case 'groupadd':
      if (has(groups)) return values.has('f') ? 0 : refuse(9, `group '${name}' already exists`);
      await guest.append('/etc/group', `${name}:x:0:\n`);
      return 0;
    case 'usermod':
      if (!has(passwd)) return refuse(6, `user '${name}' does not exist`);
      return 0;
    case 'userdel':
      if (!has(passwd)) return refuse(6, `user '${name}' does not exist`);
      await guest.write('/etc/passwd', without(passwd));
      await guest.write('/etc/group', without(groups));
      return 0;
    case 'groupdel':
      if (!has(groups)) return refuse(6, `group '${name}' does not exist`);
      await guest.write('/etc/group', without(groups));
      return 0;
    default:
      return refuse(2, 'not known');
  }
}

const options: Readonly<Record<string, { readonly flags: string; readonly valued: string }>> = {
  useradd: { flags: 'mMrNUl', valued: 'dgGucsk' },
  groupadd: { flags: 'rf', valued: 'g' },
  usermod: { flags: 'aLU', valued: 'Ggs' },
  userdel: { flags: 'rf', valued: '' },
  groupdel: { flags: 'f', valued: '' },
};

const longNames: Readonly<Record<string, string>> = {
  system: 'r',
  'create-home': 'm',
  'no-create-home': 'M',
  'home-dir': 'd',
  home: 'd',
  shell: 's',
  gid: 'g',
  groups: 'G',
  uid: 'u',
  comment: 'c',
  'user-group': 'U',
  'no-user-group': 'N',
  append: 'a',
  remove: 'r',
  force: 'f',
};
