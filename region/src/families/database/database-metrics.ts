import type { Measurement } from '../../metrics/metric.ts';

/** What is read of a database that runs. */
export interface DatabaseReading {
  readonly id: string;
  /** `db.t4g.micro` */
  readonly instanceClass: string;
  readonly engine: string;
  /** Of its class; `null` where that is not known. */
  readonly vcpus: number | null;
  /** Seconds that the server's processes have taken. */
  readonly processorTime: number;
  /** Clients' connections over the network; `null` where they could not be read. */
  readonly connections: number | null;
  /** Bytes; `null` where the template does not say how much there is. */
  readonly freeStorage: number | null;
}

/**
 * Measures databases.
 *
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-metrics.html
 */
export class DatabaseMetrics {
  #before: ReadonlyMap<string, { readonly wall: number; readonly processorTime: number }> = new Map();

  /** @param wall milliseconds of the wall's time */
  measure(readings: readonly DatabaseReading[], wall: number): Measurement[] {
    const measured = readings.flatMap((reading) => {
      const values = [
        ...this.#processorShare(reading, wall),
        ...known('DatabaseConnections', 'Count', reading.connections),
        ...known('FreeStorageSpace', 'Bytes', reading.freeStorage),
      ];
      const { id: DBInstanceIdentifier, instanceClass: DatabaseClass, engine: EngineName } = reading;
      return values.flatMap((value) =>
        [{ DBInstanceIdentifier }, { DatabaseClass }, { EngineName }].map((dimensions) => ({
          ...value,
          namespace: 'AWS/RDS',
          dimensions,
        })),
      );
    });
    this.#before = new Map(readings.map(({ id, processorTime }) => [id, { wall, processorTime }]));
    return measured;
  }

  /** A server that was started anew counts from nothing. */
  #processorShare({ id, vcpus, processorTime }: DatabaseReading, wall: number): Value[] {
    const before = this.#before.get(id);
    if (!before || vcpus === null || processorTime < before.processorTime || wall <= before.wall) return [];
    const share = ((processorTime - before.processorTime) * 1000) / ((wall - before.wall) * vcpus);
    return known('CPUUtilization', 'Percent', Math.min(100, share * 100));
  }
}

type Value = Pick<Measurement, 'name' | 'unit' | 'value'>;

function known(name: string, unit: string, value: number | null): Value[] {
  return value === null ? [] : [{ name, unit, value }];
}

/**
 * Connections to a port that others than the given addresses hold, in what the kernel says of a network namespace.
 *
 * https://docs.kernel.org/networking/proc_net_tcp.html
 *
 * @param excluded IPv4 addresses, as numbers
 */
export function connectionsTo(port: number, excluded: ReadonlySet<number>, tables: readonly string[]): number {
  const established = '01';
  return tables
    .flatMap((table) => table.split('\n').slice(1))
    .map((line) => line.trim().split(/\s+/))
    .filter(([, local, remote, state]) => {
      if (state !== established || Number.parseInt(local?.split(':')[1] ?? '', 16) !== port) return false;
      return !excluded.has(addressIn(remote ?? ''));
    }).length;
}

/** The last eight digits are an IPv4 address in the order of the machine's bytes, which is little-endian wherever a region runs. */
function addressIn(remote: string): number {
  const bytes = remote.split(':')[0]!.slice(-8).match(/../g) ?? [];
  return bytes.reverse().reduce((sum, each) => sum * 256 + Number.parseInt(each, 16), 0);
}
