import { words } from '@terrace/cloud/words';
import { PackagesNotFetched } from '../../host/package-store.ts';
import type { Connection } from '../connection.ts';
import type { Question } from '../guest.ts';
import type { Trouble } from '../trouble.ts';
import { findDebianPackage } from './debian-table.ts';
import type { PackageSource } from './dnf.ts';
import { lay } from './lay.ts';
import { patience } from './repository.ts';

/** There once the lists were read: an image for EC2 has none, so that a package is not found before `apt-get update`. */
const lists = '/var/lib/apt/lists/terrace';
const record = '/var/lib/terrace/packages';

/** What `apt-get` needs of the instance besides a package tool's other needs. */
interface DebianSource extends PackageSource {
  /** Starts a unit and enables it, as Debian's packages do when they are installed. */
  startUnit(name: string): Promise<void>;
}

/**
 * `apt-get` and `apt` inside an instance of Ubuntu or Debian: over the region's network, with apt's own messages and exit codes where there is no way.
 * A service starts when its package is installed, as on Debian.
 *
 * https://manpages.debian.org/bookworm/apt/apt-get.8.en.html
 */
export async function apt(
  source: DebianSource,
  question: Pick<Question, 'name' | 'words' | 'uid' | 'say'>,
): Promise<number> {
  const { name: tool, words: given, say } = question;
  const command = [tool, ...given].join(' ');
  const fail = (text: string, code = 100, trouble: Partial<Pick<Trouble, 'cause' | 'unreached'>> = {}) => {
    say('err', `${text}\n`);
    const first = text.split('\n')[0] ?? '';
    source.troubles.add({ kind: 'install', command, cause: words(first, first), unreached: null, ...trouble });
    return code;
  };
  const plain: string[] = [];
  for (const word of given) {
    if (
      /^(-y|-q+|--yes|--assume-yes|--quiet|--no-install-recommends|--fix-missing|-f|--allow-.*|-o.+|--only-upgrade)$/.test(
        word,
      )
    )
      continue;
    if (/^(Dpkg|DPkg|APT|Acquire|DEBIAN_FRONTEND)\b/.test(word)) continue;
    if (word === '-o') continue;
    if (word.startsWith('-')) return fail(`E: Command line option '${word}' is not carried out in a rehearsal`);
    plain.push(word);
  }
  const [verb = 'help', ...asked] = plain;
  if (['clean', 'autoclean', 'autoremove'].includes(verb)) return 0;
  if (question.uid !== 0)
    return fail(
      'E: Could not open lock file /var/lib/dpkg/lock-frontend - open (13: Permission denied)\nE: Unable to acquire the dpkg frontend lock (/var/lib/dpkg/lock-frontend), are you root?',
    );
  if (verb === 'update') return update(source, question, fail);
  if (verb === 'upgrade' || verb === 'dist-upgrade' || verb === 'full-upgrade') {
    // Without lists nothing is known to upgrade, and nothing is fetched.
    const connection = (await hasLists(source)) ? await source.connect() : undefined;
    if (connection && connection.outcome !== 'connected') return notFetched(connection, source.repository, fail);
    say('out', '0 upgraded, 0 newly installed, 0 to remove and 0 not upgraded.\n');
    return 0;
  }
  if (verb !== 'install') return fail(`E: the operation ${verb} is not carried out in a rehearsal`);
  const code = await install(source, asked, say, fail);
  if (code === 0) source.troubles.resolve(command);
  return code;
}

type Fail = (text: string, code?: number, trouble?: Partial<Pick<Trouble, 'cause' | 'unreached'>>) => number;

/** It ends with 0 although nothing was read, as `apt-get` does. */
async function update(
  source: DebianSource,
  { say, name, words: given }: Pick<Question, 'say' | 'name' | 'words'>,
  fail: Fail,
): Promise<number> {
  const { repository, guest } = source;
  const connection = await source.connect();
  if (connection.outcome !== 'connected') {
    say('out', `Err:1 ${repository.url}\n  ${reason(connection, repository)}\nReading package lists...\n`);
    return fail(
      `W: Failed to fetch ${repository.url}  ${reason(connection, repository)}\nW: Some index files failed to download. They have been ignored, or old ones used instead.`,
      0,
      unreached(connection, repository),
    );
  }
  source.troubles.resolve([name, ...given].join(' '));
  await guest.makeFolder('/var/lib/apt/lists');
  await guest.write(lists, '');
  say('out', `Get:1 ${repository.url}\nReading package lists...\n`);
  return 0;
}

async function install(
  source: DebianSource,
  asked: readonly string[],
  say: Question['say'],
  fail: Fail,
): Promise<number> {
  const { guest, repository } = source;
  say('out', 'Reading package lists...\nBuilding dependency tree...\nReading state information...\n');
  const names = asked.map((each) => each.replace(/[=/].*$/, ''));
  const listed = await hasLists(source);
  const absent = names.find((each) => !listed || findDebianPackage(each) === undefined);
  if (absent !== undefined) {
    const why = listed
      ? `not in the table of packages (docs/instances.md): name one of the table, or lay its files down in the user data`
      : 'the image has no lists of packages before apt-get update';
    return fail(`E: Unable to locate package ${absent}`, 100, {
      cause: words(`E: Unable to locate package ${absent} (${why})`, `E: Unable to locate package ${absent} (${why})`),
    });
  }
  const connection = await source.connect();
  if (connection.outcome !== 'connected') return notFetched(connection, repository, fail);
  const before = new Set((await guest.read(record).catch(() => '')).split('\n').filter((line) => line !== ''));
  for (const each of names) {
    const known = findDebianPackage(each)!;
    if (before.has(each)) {
      say('out', `${each} is already the newest version.\n`);
      continue;
    }
    try {
      await lay(source, known);
    } catch (error) {
      const kind = error instanceof PackagesNotFetched ? 'this machine could not fetch it' : 'it was not laid down';
      return fail(`E: ${each}: ${kind}: ${(error as Error).message.replaceAll('\n', ' ')}`);
    }
    say('out', `Setting up ${each} ...\n`);
    before.add(each);
    if (known.starts !== undefined) await source.startUnit(known.starts);
  }
  await guest.makeFolder('/var/lib/terrace');
  await guest.write(record, `${[...before].join('\n')}\n`);
  return 0;
}

async function hasLists({ guest }: DebianSource): Promise<boolean> {
  return (await guest.read(lists).catch(() => undefined)) !== undefined;
}

function notFetched(connection: Connection, repository: PackageSource['repository'], fail: Fail): number {
  return fail(
    `E: Failed to fetch ${repository.url}  ${reason(connection, repository)}\nE: Unable to fetch some archives, maybe run apt-get update or try with --fix-missing?`,
    100,
    unreached(connection, repository),
  );
}

function reason({ outcome, address }: Connection, { host, port }: PackageSource['repository']): string {
  switch (outcome) {
    case 'no-name':
    case 'no-resolver':
      return `Could not resolve '${host}'`;
    case 'refused':
      return `Could not connect to ${host}:${port} (${address}). - connect (111: Connection refused)`;
    case 'unreachable':
      return `Cannot initiate the connection to ${host}:${port} (${address}). - connect (113: No route to host)`;
    default:
      return `Could not connect to ${host}:${port} (${address}), connection timed out after ${patience} s`;
  }
}

function unreached(connection: Connection, repository: PackageSource['repository']) {
  const text = reason(connection, repository);
  const { host, port } = repository;
  return { cause: words(text, text), unreached: { host, port, ...connection } };
}
