/** What a parameter group asks for, told apart by what becomes of it. */
interface ServerSettings {
  /** In the server's words. */
  readonly carriedOut: Readonly<Record<string, string>>;
  /** Sized to the instance class, or RDS's own: kept in mind and not carried out here. */
  readonly modelled: readonly string[];
  readonly forceTls: boolean;
}

/**
 * Parameters of a PostgreSQL group. `rds.force_ssl` is on by default from version 15.
 *
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/PostgreSQL.Concepts.General.SSL.html
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Appendix.PostgreSQL.CommonDBATasks.Parameters.html
 */
export function postgresqlSettings(parameters: Readonly<Record<string, string>>, statedMajor: number): ServerSettings {
  const carriedOut: Record<string, string> = {};
  const modelled: string[] = [];
  for (const [name, value] of Object.entries(parameters)) {
    if (name === 'rds.force_ssl') continue;
    if (name === 'rds.logical_replication') {
      if (isOn(value)) carriedOut.wal_level = 'logical';
    } else if (name === 'shared_preload_libraries') {
      const [here, elsewhere] = libraries(value);
      if (here.length > 0) carriedOut[name] = here.join(',');
      modelled.push(...elsewhere.map((library) => `${name}=${library}`));
    } else if (
      value.includes('{') ||
      sizedToTheMachine.has(name) ||
      ownedByTheRegion.test(name) ||
      !/^[a-z][a-z0-9_.]*$/.test(name)
    ) {
      modelled.push(name);
    } else {
      carriedOut[name] = value;
    }
  }
  const stated = parameters['rds.force_ssl'];
  return { carriedOut, modelled, forceTls: stated === undefined ? statedMajor >= 15 : isOn(stated) };
}

/** Parameters of a MySQL or MariaDB group. TLS is asked for by `require_secure_transport`, which is off by default. */
export function mariadbSettings(parameters: Readonly<Record<string, string>>): ServerSettings {
  const entries = Object.entries(parameters).filter(([name]) => name !== 'require_secure_transport');
  const isModelled = ([name, value]: [string, string]) =>
    value.includes('{') || sizedOrOwnedOfMariadb.test(name) || !/^[a-z][a-z0-9_-]*$/.test(name);
  return {
    carriedOut: Object.fromEntries(entries.filter((entry) => !isModelled(entry))),
    modelled: entries.filter(isModelled).map(([name]) => name),
    forceTls: isOn(parameters.require_secure_transport ?? '0'),
  };
}

const sizedOrOwnedOfMariadb =
  /^(innodb_buffer_pool_|innodb_log_file_size|innodb_log_buffer_size|key_buffer_size|performance_schema|basedir|datadir|tmpdir|socket|port|bind_address|pid_file|init_file|secure_file_priv|ssl_|tls_|log_bin|log_error|gtid|server_id|plugin|general_log_file|slow_query_log_file|log_output|innodb_data_|innodb_undo_dir|lc_messages_dir|character_sets_dir)/;

function isOn(value: string): boolean {
  return ['1', 'on', 'true', 'yes'].includes(value.trim().toLowerCase());
}

const sizedToTheMachine = new Set([
  'shared_buffers',
  'effective_cache_size',
  'huge_pages',
  'max_wal_size',
  'min_wal_size',
  'autovacuum_work_mem',
  'maintenance_work_mem',
]);

/** Where it stands, who may come in and where its files are is for the region to say, as it is for RDS. */
const ownedByTheRegion =
  /^(rds\.|apg_|aurora|listen_addresses|port|data_directory|hba_file|ident_file|unix_socket_|ssl$|ssl_(cert|key|ca|crl)|archive_|restore_|primary_|hot_standby$|synchronous_standby_names|log_destination|logging_collector|log_directory|log_filename|config_file|external_pid_file)/;

const installed = ['pg_stat_statements', 'auto_explain', 'pg_prewarm', 'auth_delay', 'passwordcheck'];

function libraries(value: string): [here: string[], elsewhere: string[]] {
  const names = value
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '');
  return [names.filter((each) => installed.includes(each)), names.filter((each) => !installed.includes(each))];
}
