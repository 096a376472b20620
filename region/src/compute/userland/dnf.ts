import { type Words, words } from '@terrace/cloud/words';
import { PackagesNotFetched } from '../../host/package-store.ts';
import type { Connection } from '../connection.ts';
import type { Guest, Question } from '../guest.ts';
import type { Trouble } from '../trouble.ts';
import type { Package } from './laid/package.ts';
import { type LayingGround, lay, withNeeds } from './lay.ts';
import { findPackage } from './packages.ts';
import { curlError, type PackageRepository } from './repository.ts';

/** What `dnf` needs of the instance in which it was called. */
export interface PackageSource extends LayingGround {
  readonly guest: Pick<Guest, 'write' | 'append' | 'read' | 'makeFolder' | 'spawn'>;
  readonly repository: PackageRepository;
  /** Connects to the repository from inside the instance. */
  connect(): Promise<Connection>;
  /** Whether a layer below the instance has a program. */
  hasProgram(name: string): boolean;
  troubles: { add(trouble: Trouble): void; resolve(command: string): void };
}

const record = '/var/lib/terrace/packages';

type Asked = Pick<Question, 'name' | 'words' | 'uid' | 'say'>;

/** Verbs that read what the repository has, and fail where it cannot be reached. */
const online = ['install', 'reinstall', 'update', 'upgrade', 'upgrade-minimal', 'distro-sync', 'makecache'];

/**
 * `dnf` inside an instance. It connects to Amazon Linux's repository over the region's network and fails as on AWS where there is no way to it;
 * the programs that it lays down are those of the layers below, as Amazon Linux 2023 would lay them down.
 */
export async function dnf(source: PackageSource, question: Asked): Promise<number> {
  const command = [question.name, ...question.words].join(' ');
  const refusal = (text: string, trouble: Pick<Trouble, 'cause' | 'unreached'>) => {
    question.say('err', text);
    source.troubles.add({ kind: 'install', command, ...trouble });
    return 1;
  };
  const refuse = (text: string) =>
    refusal(`${question.name}: ${text}\n`, { cause: words(firstLine(text), firstLine(text)), unreached: null });
  const code = await carryOut(source, question, { refuse, refusal });
  if (code === 0) source.troubles.resolve(command);
  return code;
}

interface Refusals {
  refuse(text: string): number;
  refusal(text: string, trouble: Pick<Trouble, 'cause' | 'unreached'>): number;
}

async function carryOut(source: PackageSource, question: Asked, { refuse, refusal }: Refusals): Promise<number> {
  const { words: given, say } = question;
  const names: string[] = [];
  for (const word of given) {
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
  if (['clean', 'autoremove'].includes(verb)) return 0;
  if (question.uid !== 0 && verb !== 'list' && verb !== 'info')
    return refuse('This command has to be run with superuser privileges (under the root user on most systems).');
  if (verb === 'list' || verb === 'info') return list(source, asked, say);
  if (![...online, 'check-update'].includes(verb))
    return refuse(`the command '${verb}' is not carried out in a rehearsal`);
  const connection = await source.connect();
  if (connection.outcome !== 'connected') return unreached(source, connection, refusal);
  if (verb === 'makecache' || verb === 'check-update') return 0;
  if (asked.length === 0 && verb !== 'install' && verb !== 'reinstall') {
    say('out', 'Nothing to do: programs are those of this machine.\n');
    return 0;
  }
  return install(source, asked, say, refuse);
}

/** As `dnf` 4 of Amazon Linux 2023 ends where it cannot read its repository. */
function unreached({ repository }: PackageSource, connection: Connection, refusal: Refusals['refusal']): number {
  const { short, whole } = curlError(connection, repository);
  const { id, title, host, port, bucket } = repository;
  const text = `${title.padEnd(48)}0.0  B/s |   0  B     00:0${connection.outcome === 'timed-out' ? 4 : 0}
Errors during downloading metadata for repository '${id}':
  - ${whole}
Error: Failed to download metadata for repo '${id}': Cannot prepare internal mirrorlist: ${whole}
`;
  if (connection.outcome === 'forbidden') return refusal(text, { cause: forbidden(bucket ?? host), unreached: null });
  const cause = words(
    `the repository ${host} was not reached: ${short}`,
    `리포지토리 ${host}에 연결하지 못했습니다: ${short}`,
  );
  return refusal(text, { cause, unreached: { host, port, ...connection } });
}

/** https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-s3.html#edit-vpc-endpoint-policy-s3 */
function forbidden(bucket: string): Words {
  const resource = `arn:aws:s3:::${bucket}/*`;
  return words(
    `Status code: 403: the policy of the VPC endpoint for S3 does not allow s3:GetObject on ${resource}`,
    `Status code: 403: S3의 VPC 엔드포인트 정책이 ${resource}에 s3:GetObject를 허용하지 않습니다`,
  );
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
        `${name}: not in the table of packages (docs/instances.md); name one of the table, or lay its files down in the user data`,
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
    try {
      for (const each of withNeeds(known)) await lay(source, each);
    } catch (error) {
      if (error instanceof PackagesNotFetched) return refuse(notFetched(name, error));
      return refuse(`${name} was not laid down: ${(error as Error).message}`);
    }
    const supplied = known.program === null && known.debian === undefined;
    const note = known.differs ?? (supplied ? 'part of what the region supplies' : undefined);
    say('out', `Installed: ${name}${note === undefined ? '' : ` (${note})`}\n`);
    before.add(name);
  }
  await source.guest.makeFolder('/var/lib/terrace');
  await source.guest.write(record, `${[...new Set([...before, ...asked])].join('\n')}\n`);
  say('out', 'Complete!\n');
  return 0;
}

function notFetched(name: string, error: PackagesNotFetched): string {
  return `${name}: this machine could not fetch it: ${error.message.replaceAll('\n', ' ')}; with a network, run: sudo apt-get update`;
}

function firstLine(text: string): string {
  const [first = '', second = ''] = text.split('\n');
  return first.endsWith(':') ? `${first} ${second.trim()}` : first;
}

async function installed({ guest }: PackageSource): Promise<Set<string>> {
  const text = await guest.read(record).catch(() => '');
  return new Set(text.split('\n').filter((line) => line !== ''));
}

async function list(source: PackageSource, asked: readonly string[], say: Question['say']): Promise<number> {
  const names = [...(await installed(source))].filter(
    (name) => asked.length === 0 || asked.includes(name) || asked[0] === 'installed',
  );
  for (const name of names) say('out', `${name}\n`);
  return names.length > 0 ? 0 : 1;
}
