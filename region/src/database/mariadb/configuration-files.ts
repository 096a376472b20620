import { createHash } from 'node:crypto';
import type { DatabaseConfiguration } from '../configuration.ts';
import { asker } from './answers.ts';

/** Where things are within the server's view. */
export const inside = {
  programs: '/opt/mariadb',
  data: '/data',
  socket: '/run/mariadb',
  files: '/etc/mariadb',
} as const;

/** The whole of the server's option file; the parameter group's settings come first, so that none undoes what follows. */
export function serverOptions({
  address,
  dualStack = false,
  port,
  forceTls,
  settings,
}: Pick<DatabaseConfiguration, 'address' | 'dualStack' | 'port' | 'forceTls' | 'settings'>): string {
  const own: Record<string, string> = {
    basedir: inside.programs,
    'lc-messages-dir': `${inside.programs}/share/mysql`,
    'character-sets-dir': `${inside.programs}/share/mysql/charsets`,
    datadir: inside.data,
    // One socket of MariaDB's takes both families.
    'bind-address': dualStack ? '::' : address,
    port: String(port),
    socket: `${inside.socket}/socket`,
    'pid-file': `${inside.socket}/process`,
    'init-file': `${inside.files}/start.sql`,
    'ssl-cert': `${inside.files}/server.crt`,
    'ssl-key': `${inside.files}/server.key`,
    'require-secure-transport': forceTls ? 'ON' : 'OFF',
    'local-infile': settings.local_infile ?? 'ON',
    'secure-file-priv': '/tmp',
    'skip-name-resolve': 'ON',
    'innodb-flush-log-at-trx-commit': settings.innodb_flush_log_at_trx_commit ?? '1',
  };
  const stated = { ...defaults, ...settings };
  const lines = [...Object.entries(stated), ...Object.entries(own)].map(
    ([name, value]) => `${name} = ${oneLine(value)}`,
  );
  return ['[mariadbd]', ...lines, ''].join('\n');
}

const defaults = {
  'character-set-server': 'utf8mb4',
  'collation-server': 'utf8mb4_general_ci',
  'innodb-buffer-pool-size': '64M',
  'max-connections': '200',
  'performance-schema': 'OFF',
};

function oneLine(value: string): string {
  return `"${value
    .replace(/[\r\n]/g, ' ')
    .replaceAll('\\', '\\\\')
    .replaceAll('"', '\\"')}"`;
}

/**
 * What the server runs at each start: the master user with what RDS gives it, and the first database. A password stands in
 * it as the server keeps it, never as it is.
 *
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.MasterAccounts.html
 *
 * @param news What is to be passed on: everything at first, later only a changed password.
 */
export function startStatements(
  {
    masterUser,
    masterPassword,
    databaseName,
  }: Pick<DatabaseConfiguration, 'masterUser' | 'masterPassword' | 'databaseName'>,
  news: { readonly password: boolean; readonly database: boolean },
): string {
  const user = `${quoted(masterUser)}@'%'`;
  const password = `IDENTIFIED BY PASSWORD ${quoted(nativePassword(masterPassword))}`;
  const lines = [
    "DROP USER IF EXISTS ''@'localhost';",
    `CREATE USER IF NOT EXISTS '${asker}'@'localhost';`,
    'DROP DATABASE IF EXISTS test;',
    `CREATE USER IF NOT EXISTS ${user} ${password};`,
    ...(news.password ? [`ALTER USER ${user} ${password};`] : []),
    `GRANT ${privileges.join(', ')} ON *.* TO ${user} WITH GRANT OPTION;`,
    ...(news.database && databaseName !== null
      ? [`CREATE DATABASE IF NOT EXISTS \`${databaseName.replaceAll('`', '``')}\`;`]
      : []),
  ];
  return `${lines.join('\n')}\n`;
}

const privileges = [
  'SELECT',
  'INSERT',
  'UPDATE',
  'DELETE',
  'CREATE',
  'DROP',
  'RELOAD',
  'PROCESS',
  'REFERENCES',
  'INDEX',
  'ALTER',
  'SHOW DATABASES',
  'CREATE TEMPORARY TABLES',
  'LOCK TABLES',
  'EXECUTE',
  'REPLICATION SLAVE',
  'REPLICATION CLIENT',
  'CREATE VIEW',
  'SHOW VIEW',
  'CREATE ROUTINE',
  'ALTER ROUTINE',
  'CREATE USER',
  'EVENT',
  'TRIGGER',
];

/** `*` and the hexadecimal digits of SHA-1 twice: https://mariadb.com/kb/en/authentication-plugin-mysql_native_password/ */
function nativePassword(password: string): string {
  const once = createHash('sha1').update(password).digest();
  return `*${createHash('sha1').update(once).digest('hex').toUpperCase()}`;
}

function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
}
