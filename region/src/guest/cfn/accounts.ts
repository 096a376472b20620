import { readFileSync } from 'node:fs';
import { BuildError } from './build-error.ts';
import type { BuildLog } from './log.ts';
import type { Section } from './metadata.ts';
import { reasonIn, run } from './run.ts';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-init.html#aws-resource-init-groups */
export function createGroups(given: Section, log: BuildLog): readonly string[] {
  return names(given).filter((name) => {
    const gid = (given[name] as Section | null)?.gid;
    const there = find('/etc/group', name);
    if (there) {
      if (gid !== undefined && there[2] !== String(gid) && !oneAccount())
        throw new BuildError(`Group ${name} exists with gid ${there[2]}, but gid ${gid} was requested`);
      return false;
    }
    const ended = run(['/usr/sbin/groupadd', '-r', ...(gid === undefined ? [] : ['-g', String(gid)]), name]);
    if (ended.status !== 0) throw new BuildError(`Failed to create group ${name}`, reasonIn(ended));
    log.info(`Created group ${name} successfully`);
    return true;
  });
}

/**
 * Users of the system, who cannot log in, as `cfn-init` makes them: without a home folder of their own making.
 *
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-init.html#aws-resource-init-users
 */
export function createUsers(given: Section, log: BuildLog): readonly string[] {
  return names(given).filter((name) => {
    const { uid, homeDir, groups } = (given[name] ?? {}) as Section;
    const wanted = Array.isArray(groups) ? groups.map(String) : groups === undefined ? [] : [String(groups)];
    for (const group of wanted)
      if (!find('/etc/group', group)) throw new BuildError(`${group} is not a valid group name`);
    const member = wanted.length === 0 ? [] : ['-G', wanted.join(',')];
    const home = homeDir === undefined ? [] : ['-d', String(homeDir)];
    const there = find('/etc/passwd', name);
    if (there && uid !== undefined && there[2] !== String(uid) && !oneAccount())
      throw new BuildError(`User ${name} exists with uid ${there[2]}, but uid ${uid} was requested`);
    if (there && member.length + home.length === 0) return false;
    const ended = run(
      there
        ? ['/usr/sbin/usermod', ...member, ...home, name]
        : [
            ...['/usr/sbin/useradd', '-M', '-r', '--shell', '/sbin/nologin'],
            ...home,
            ...(uid === undefined ? [] : ['-u', String(uid)]),
            ...member,
            name,
          ],
    );
    if (ended.status !== 0) throw new BuildError(`Failed to ${there ? 'modify' : 'add'} user ${name}`, reasonIn(ended));
    log.info(`${there ? 'Modified' : 'Added'} user ${name} successfully`);
    return true;
  });
}

/** The number of an account in `passwd` or `group`, `undefined` where there is none of that name. */
export function accountNumber(file: '/etc/passwd' | '/etc/group', name: string): number | undefined {
  const number = find(file, name)?.[2];
  return number === undefined ? undefined : Number(number);
}

/** In the order in which `cfn-init` goes through them. */
function names(given: Section): string[] {
  return Object.keys(given).sort();
}

function find(file: string, name: string): string[] | undefined {
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.map((each) => each.split(':')).find(([first]) => first === name);
}

/** Where the kernel knows one number for all users, numbers tell nothing. */
function oneAccount(): boolean {
  return find('/etc/passwd', 'nobody')?.[2] === '0';
}
