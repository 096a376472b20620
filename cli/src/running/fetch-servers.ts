import { type Inventory, ofType } from '@terrace/cloud/inventory';
import { nameOf, text } from '@terrace/cloud/property';
import { type Words, words } from '@terrace/cloud/words';
import { mariadbBinaries, mariadbPackage } from '@terrace/region/database/mariadb/binaries';
import { setUp } from '@terrace/region/host/toolkit';
import type { Terminal } from '../terminal/terminal.ts';

/**
 * Fetches the server of MySQL and MariaDB databases where a template has one and this machine has no server yet, and says so. Where it cannot
 * be fetched, the databases stay modelled, which is said as well.
 */
export async function fetchServers(inventory: Inventory, terminal: Terminal): Promise<void> {
  const databases = mysqlDatabases(inventory);
  if (databases.length === 0 || mariadbBinaries() !== undefined) return;
  const names = databases.join(', ');
  terminal.note(
    words(
      `${names}: fetching Debian's MariaDB server, once, for the engines mysql and mariadb`,
      `${names}: mysql, mariadb 엔진을 실행할 데비안의 MariaDB 서버를 받습니다(한 번만)`,
    ),
  );
  const done = await setUp(() => undefined, [mariadbPackage]).catch((error: Error) => error);
  if (!(done instanceof Error) && done.ok && mariadbBinaries() !== undefined) return;
  const why = whyNot(done);
  terminal.note(
    words(
      `${names} cannot run: the MariaDB server could not be fetched. ${why.en} Try again: terrace setup --mariadb`,
      `${names}{을/를} 실행할 수 없습니다. MariaDB 서버를 받지 못했습니다. ${why.ko} 다시 시도: terrace setup --mariadb`,
    ),
  );
}

function whyNot(done: Awaited<ReturnType<typeof setUp>> | Error): Words {
  if (done instanceof Error) return words(done.message, done.message);
  const causes = done.ok ? [] : done.mistakes.map(({ cause }) => cause);
  return words(causes.map(({ en }) => en).join(' '), causes.map(({ ko }) => ko).join(' '));
}

/** Instances of the engines that MariaDB's server runs; RDS takes an engine in any case. */
export function mysqlDatabases(inventory: Inventory): string[] {
  return ofType(inventory, 'AWS::RDS::DBInstance')
    .filter(({ properties }) => ['mysql', 'mariadb'].includes((text(properties, 'Engine') ?? '').toLowerCase()))
    .map(nameOf);
}
