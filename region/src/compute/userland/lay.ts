import { passwdLine } from '../accounts.ts';
import type { Guest } from '../guest.ts';
import { linesOf } from '../lines.ts';
import type { Package } from './laid/package.ts';
import { findPackage } from './packages.ts';

/** Where an instance sees the store of Debian packages. */
const store = '/usr/lib/terrace/packages';

export interface LayingGround {
  readonly guest: Pick<Guest, 'write' | 'append' | 'read' | 'makeFolder' | 'spawn'>;
  readonly accounts: 'one' | 'many';
  /** Whether the kernel knows IPv6: what listens on `[::]` fails without. */
  readonly ipv6: boolean;
  /** Brings Debian packages into the store; resolves to the folder's name. */
  fetch(packages: readonly string[]): Promise<string>;
}

/** A package with all that it needs of the table, which comes first. */
export function withNeeds(known: Package): Package[] {
  const needed = (known.needs ?? []).flatMap((name) => {
    const other = findPackage(name);
    if (!other) throw new Error(`the package ${name} is not in the table`);
    return withNeeds(other);
  });
  return [...needed, known];
}

/**
 * Lays a package down as its distribution does: accounts, the programs of Debian's packages as links to the store, folders, files, and its script.
 *
 * @throws Error where a step fails inside the instance
 */
export async function lay(ground: LayingGround, known: Package): Promise<void> {
  const { guest } = ground;
  const { folders = [], files = {}, programs = {}, accounts = [], debian, keeps = [], script } = known;
  await addAccounts(ground, accounts);
  if (debian) {
    const folder = `${store}/${await ground.fetch(debian)}`;
    await run(guest, ['/usr/lib/terrace/lay.pl', folder, '/usr', ...keeps]);
  }
  for (const folder of folders) await guest.makeFolder(folder);
  for (const [path, content] of Object.entries(files))
    await guest.write(path, ground.ipv6 ? content : withoutIpv6(content));
  for (const [path, content] of Object.entries(programs)) {
    await run(guest, ['/usr/bin/rm', '-f', path]);
    await guest.write(path, content, '0755');
  }
  if (script !== undefined) await run(guest, ['/bin/sh', '-ec', script]);
}

async function addAccounts({ guest, accounts: many }: LayingGround, accounts: NonNullable<Package['accounts']>) {
  for (const { name, id, home } of accounts) {
    const number = many === 'one' ? 0 : id;
    if ((await guest.read('/etc/passwd')).includes(`\n${name}:`)) continue;
    await guest.append('/etc/passwd', `${passwdLine(name, number, number, home, '/sbin/nologin')}\n`);
    await guest.append('/etc/group', `${name}:x:${number}:\n`);
  }
}

async function run(guest: Pick<Guest, 'spawn'>, words: readonly string[]): Promise<void> {
  const said: string[] = [];
  const { onOutput, end } = linesOf((line) => {
    if (said.length < 5) said.push(line);
  });
  const process = await guest.spawn({
    words,
    environment: { PATH: '/usr/sbin:/usr/bin', LANG: 'C.UTF-8' },
    onOutput,
  });
  const { code } = await process.ended;
  end();
  if (code !== 0) throw new Error(`${words[0]} ended with ${code ?? 'a signal'}: ${said.join('; ')}`);
}

function withoutIpv6(content: string): string {
  return content.replace(/^.*listen\s+\[::\].*\n/gm, '');
}
