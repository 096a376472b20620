import type { DatabaseConfiguration } from '../configuration.ts';

/** Where things are within the server's view. */
export const inside = {
  programs: '/opt/postgresql',
  data: '/data',
  socket: '/run/postgresql',
  certificate: '/etc/postgresql',
} as const;

/** RDS's own administrator: may come in through the socket of the region's supervisor and by no other way. */
export const administrator = 'rdsadmin';

type Wanted = Pick<DatabaseConfiguration, 'address' | 'dualStack' | 'port' | 'forceTls' | 'settings'>;

/** The whole of `postgresql.conf`; the parameter group's settings come first, so that none undoes what follows. */
export function postgresqlConf(wanted: Wanted, replication: Readonly<Record<string, string>> = {}): string {
  const own: Record<string, string> = {
    listen_addresses: wanted.dualStack ? `${wanted.address}, ::` : wanted.address,
    port: String(wanted.port),
    unix_socket_directories: inside.socket,
    unix_socket_permissions: '0700',
    ssl: 'on',
    ssl_cert_file: `${inside.certificate}/server.crt`,
    ssl_key_file: `${inside.certificate}/server.key`,
    log_destination: 'stderr',
    logging_collector: 'off',
    ...replication,
  };
  const stated = { ...defaults, ...wanted.settings };
  return [...Object.entries(stated), ...Object.entries(own)]
    .map(([name, value]) => `${name} = '${escaped(value)}'\n`)
    .join('');
}

/** As the configuration file's own strings are written: one line, whatever the value. */
function escaped(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll("'", "''").replaceAll('\n', '\\n').replaceAll('\r', '\\r');
}

const defaults = {
  password_encryption: 'scram-sha-256',
  ssl_min_protocol_version: 'TLSv1.2',
  max_connections: '200',
  shared_buffers: '64MB',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_line_prefix: '%t:%r:%u@%d:[%p]:',
  lc_messages: 'C',
  datestyle: 'iso, mdy',
  wal_level: 'replica',
  max_wal_senders: '10',
  max_wal_size: '256MB',
};

/**
 * Who may connect and how. What no line names is refused with "no pg_hba.conf entry … no encryption", which is what a
 * client sees of RDS that connects without TLS where that is enforced.
 */
export function hostBasedAuthentication({ forceTls }: Pick<Wanted, 'forceTls'>): string {
  const host = forceTls ? 'hostssl' : 'host';
  return [
    `local all ${administrator} peer map=region`,
    `local replication ${administrator} peer map=region`,
    `host all ${administrator} all reject`,
    `${host} all all all scram-sha-256`,
    `${host} replication +rds_replication all scram-sha-256`,
    '',
  ].join('\n');
}

/** The supervisor is root in its own eyes, or the server's own user where there is only one. */
export const identityMap = `region root ${administrator}\nregion database ${administrator}\n`;
