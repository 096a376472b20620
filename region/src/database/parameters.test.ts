import { describe, expect, test } from 'vitest';
import { postgresqlSettings } from './parameters.ts';
import { hostBasedAuthentication, postgresqlConf } from './postgresql/configuration-files.ts';

describe('a parameter group', () => {
  // rds-postgres-15-forces-tls
  test.each<[number, Record<string, string>, boolean]>([
    [14, {}, false],
    [15, {}, true],
    [17, {}, true],
    [17, { 'rds.force_ssl': '0' }, false],
    [14, { 'rds.force_ssl': '1' }, true],
  ])('of version %d with %j enforces TLS: %s', (major, parameters, forced) => {
    const { forceTls } = postgresqlSettings(parameters, major);
    expect(forceTls).toBe(forced);
    expect(hostBasedAuthentication({ forceTls })).toContain(forced ? 'hostssl all all all' : 'host all all all');
  });

  test('is carried out where it can be, and says what is not', () => {
    const settings = postgresqlSettings(
      {
        log_min_duration_statement: '500',
        max_connections: 'LEAST({DBInstanceClassMemory/9531392},5000)',
        shared_buffers: '100000',
        'rds.logical_replication': '1',
        'rds.log_retention_period': '1440',
        shared_preload_libraries: 'pg_stat_statements,pg_cron',
        listen_addresses: '*',
      },
      17,
    );
    expect(settings.carriedOut).toEqual({
      log_min_duration_statement: '500',
      wal_level: 'logical',
      shared_preload_libraries: 'pg_stat_statements',
    });
    expect(settings.modelled).toEqual([
      'max_connections',
      'shared_buffers',
      'rds.log_retention_period',
      'shared_preload_libraries=pg_cron',
      'listen_addresses',
    ]);
  });

  test('cannot write anything but values into the configuration', () => {
    const text = postgresqlConf({
      address: '10.0.0.1',
      port: 5432,
      forceTls: true,
      settings: { search_path: "'\nport = '1" },
    });
    expect(text.split('\n').filter((line) => line.startsWith('port ='))).toEqual(["port = '5432'"]);
  });
});
