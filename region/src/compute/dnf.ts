import { passwdLine } from './accounts.ts';
import type { Guest, Question } from './guest.ts';
import { findPackage, type Package } from './packages.ts';

interface PackageSource {
  readonly guest: Pick<Guest, 'write' | 'append' | 'read' | 'makeFolder' | 'list' | 'unlink'>;
  readonly accounts: 'one' | 'many';
  /** Whether the kernel knows IPv6: what listens on `[::]` fails without. */
  readonly ipv6: boolean;
  /** Whether a layer below the instance has a program. */
  hasProgram(name: string): boolean;
}

const record = '/var/lib/terrace/packages';

/**
 * `dnf` inside an instance. A region has no package mirror: what the layers below have is laid down as Amazon Linux 2023
 * would, and whatever else is asked for fails and says why.
 */
export async function dnf(
  source: PackageSource,
  question: Pick<Question, 'name' | 'words' | 'uid' | 'say'>,
): Promise<number> {
  const { words, say } = question;
  const refuse = (text: string) => {
    say('err', `${question.name}: ${text}\n`);
    return 1;
  };
  const names: string[] = [];
  for (const word of words) {
    if (
      /^(-y|-q|-v|--assumeyes|--quiet|--best|--nobest|--allowerasing|--skip-broken|--refresh|--nogpgcheck|--setopt=.*|--releasever=.*|--exclude=.*|--security|-C|--cacheonly)$/.test(
        word,
      )
    )
      continue;
    if (word.startsWith('-')) return refuse(`option ${word} is not carried out in a rehearsal`);
    names.push(word);
  }
  const [verb = 'help', ...asked] = names;
  if (['clean', 'makecache', 'check-update', 'autoremove'].includes(verb)) return 0;
  if (['update', 'upgrade', 'upgrade-minimal', 'distro-sync'].includes(verb) && asked.length === 0) {
    say('out', 'Nothing to do: a rehearsal has no package mirror, programs are those of this machine.\n');
    return 0;
  }
  if (question.uid !== 0)
    return refuse('This command has to be run with superuser privileges (under the root user on most systems).');
  if (verb === 'install' || verb === 'reinstall' || verb === 'update' || verb === 'upgrade')
    return install(source, asked, say, refuse);
  if (verb === 'list' || verb === 'info') return list(source, asked, say);
  return refuse(`the command '${verb}' is not carried out in a rehearsal`);
}

async function install(
  source: PackageSource,
  asked: readonly string[],
  say: Question['say'],
  refuse: (text: string) => number,
): Promise<number> {
  if (asked.length === 0) return refuse('name a package');
  const found: (readonly [string, Package])[] = [];
  const troubles: string[] = [];
  for (const name of asked) {
    const known = /^[a-z]+:\/\/|\.rpm$|^@/.test(name) ? undefined : findPackage(name);
    if (!known)
      troubles.push(
        `${name}: not known to this rehearsal, which has no package mirror; bake it into an image, or put the program on this machine and install nothing`,
      );
    else if (known.program !== null && !source.hasProgram(known.program))
      troubles.push(`${name}: its program ${known.program} is not on this machine (looked in /usr and in the toolkit)`);
    else found.push([name, known]);
  }
  if (troubles.length > 0) return refuse(`Unable to find a match:\n${troubles.map((each) => `  ${each}`).join('\n')}`);
  const before = await installed(source);
  for (const [name, known] of found) {
    if (before.has(name)) {
      say('out', `Package ${name} is already installed.\n`);
      continue;
    }
    await lay(source, known);
    say('out', `Installed: ${name}${known.program === null ? ' (part of what the region supplies)' : ''}\n`);
  }
  await source.guest.makeFolder('/var/lib/terrace');
  await source.guest.write(record, `${[...new Set([...before, ...asked])].join('\n')}\n`);
  say('out', 'Complete!\n');
  return 0;
}

async function installed({ guest }: PackageSource): Promise<Set<string>> {
  const text = await guest.read(record).catch(() => '');
  return new Set(text.split('\n').filter((line) => line !== ''));
}

async function lay(source: PackageSource, { folders = [], files = {}, accounts = [] }: Package): Promise<void> {
  const { guest } = source;
  for (const folder of folders) await guest.makeFolder(folder);
  for (const [path, content] of Object.entries(files))
    await guest.write(path, source.ipv6 ? content : withoutIpv6(content));
  for (const { name, id, home } of accounts) {
    const number = source.accounts === 'one' ? 0 : id;
    if ((await guest.read('/etc/passwd')).includes(`\n${name}:`)) continue;
    await guest.append('/etc/passwd', `${passwdLine(name, number, number, home, '/sbin/nologin')}\n`);
    await guest.append('/etc/group', `${name}:x:${number}:\n`);
  }
}

function withoutIpv6(content: string): string {
  return content.replace(/^.*listen\s+\[::\].*\n/gm, '');
}

async function list(source: PackageSource, asked: readonly string[], say: Question['say']): Promise<number> {
  const names = [...(await installed(source))].filter(
    (name) => asked.length === 0 || asked.includes(name) || asked[0] === 'installed',
  );
  for (const name of names) say('out', `${name}\n`);
  return names.length > 0 ? 0 : 1;
}
