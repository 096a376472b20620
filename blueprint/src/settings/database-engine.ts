import type { DatabaseSettings } from './settings.ts';

/** What differs between the engines. */
export interface Engine {
  readonly name: 'postgres' | 'mysql';
  readonly port: number;
  /** For example `postgres17`, `mysql8.4`. */
  readonly parameterFamily: string;
  /** What makes the server refuse connections without TLS. */
  readonly encryptedOnly: Readonly<Record<string, string>>;
  /** Logs that RDS can hand to CloudWatch. */
  readonly logs: readonly string[];
}

/**
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/PostgreSQL.Concepts.General.SSL.html and
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/mysql-ssl-connections.require-ssl.html
 */
export function engineOf({ engine, engineVersion }: DatabaseSettings): Engine {
  const [major, minor] = engineVersion.split('.');
  return engine === 'postgres'
    ? {
        name: engine,
        port: 5432,
        parameterFamily: `postgres${major}`,
        encryptedOnly: { 'rds.force_ssl': '1' },
        logs: ['postgresql', 'upgrade'],
      }
    : {
        name: engine,
        port: 3306,
        parameterFamily: `mysql${major}.${minor}`,
        encryptedOnly: { require_secure_transport: 'ON' },
        logs: ['error', 'slowquery'],
      };
}
