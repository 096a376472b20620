import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { instanceSize } from '@terrace/cloud/instance-size';
import type { DatabaseInstance } from '@terrace/cloud/views/database';
import { connectionsTo, type DatabaseReading } from '../../families/database/database-metrics.ts';
import { processTree } from '../../families/instance/process-times.ts';

const gibibyte = 1024 ** 3;
/** Milliseconds of the wall's time between two looks at what a database's files hold. */
const pace = 10_000;

/** A database whose server runs. */
interface Served {
  readonly instance: DatabaseInstance;
  readonly processId: number;
  /** The folder of its data. */
  readonly data: string;
}

/** Reads databases: what the kernel has counted of their servers, who is connected, and how much their files hold. */
export class DatabaseReadings {
  readonly #sizes = new Map<string, { readonly at: number; readonly bytes: number }>();

  /** @param now milliseconds of the wall's time */
  read(served: readonly Served[], now: number): DatabaseReading[] {
    return served.flatMap(({ instance, processId, data }) => {
      const tree = processTree(processId);
      if (!tree) return [];
      const { id, instanceClass, engine, port, allocatedStorage, primary, standby } = instance;
      // A standby is connected too, and is nobody's client.
      const own = new Set([primary.address, ...(standby ? [standby.address] : [])]);
      const tables = tablesOf(tree.processes, port);
      const held = this.#held(id, data, now);
      return [
        {
          id,
          instanceClass,
          engine,
          vcpus: instanceSize(instanceClass.replace(/^db\./, ''))?.vcpus ?? null,
          processorTime: tree.seconds,
          connections: tables && connectionsTo(port, own, tables),
          freeStorage: allocatedStorage === null ? null : Math.max(0, allocatedStorage * gibibyte - held),
        },
      ];
    });
  }

  #held(id: string, data: string, now: number): number {
    const known = this.#sizes.get(id);
    if (known && now - known.at < pace) return known.bytes;
    const bytes = bytesIn(data);
    this.#sizes.set(id, { at: now, bytes });
    return bytes;
  }
}

/** What the kernel says of connections where the server listens: whoever started it may stand in another network namespace. */
function tablesOf(processes: readonly number[], port: number): string[] | null {
  const listens = new RegExp(
    `^ *\\d+: [0-9A-F]+:${port.toString(16).toUpperCase().padStart(4, '0')} [0-9A-F]+:0000 0A `,
    'm',
  );
  for (const process of processes) {
    const tables = ['tcp', 'tcp6'].flatMap((name) => textOf(`/proc/${process}/net/${name}`) ?? []);
    if (tables.some((each) => listens.test(each))) return tables;
  }
  return null;
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

/** As the disk has them. Files come and go meanwhile. */
function bytesIn(directory: string): number {
  let bytes = 0;
  try {
    for (const each of readdirSync(directory, { withFileTypes: true })) {
      const path = join(directory, each.name);
      if (each.isDirectory()) bytes += bytesIn(path);
      else bytes += (lstatSync(path, { throwIfNoEntry: false })?.blocks ?? 0) * 512;
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  return bytes;
}
