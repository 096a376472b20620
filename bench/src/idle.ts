import { setTimeout as wait } from 'node:timers/promises';
import { RegionUnderTest } from './region-under-test.ts';

export interface IdleMeasurement {
  /** Seconds that were looked at. */
  readonly seconds: number;
  /** Hundredths of one core that all processes of the region took while nobody asked anything of it. */
  readonly percentOfACore: number;
  /** Of them, the supervisor with the programs that it runs: the rest is services, servers, and what instances do by themselves. */
  readonly supervisorPercent: number;
  /** Of them, what hears from the kernel of changes that others make. */
  readonly watchPercent: number;
  readonly limits: { readonly percentOfACore: 5 };
}

/** The default blueprint, up and left alone. */
export async function measureIdle(seconds = 120): Promise<IdleMeasurement> {
  await using region = await RegionUnderTest.make();
  await region.up('--app', await region.synthesize());
  // What follows from coming up is over: first health checks, the first backup.
  await wait(30_000);
  const marks = ['', 'supervisor/main.js', 'terrace-kernel-watch'];
  const before = marks.map((mark) => region.processorSeconds(mark));
  await wait(seconds * 1_000);
  const [percentOfACore = 0, supervisorPercent = 0, watchPercent = 0] = marks.map((mark, index) => {
    const took = region.processorSeconds(mark) - before[index]!;
    return Math.round((took / seconds) * 10_000) / 100;
  });
  return {
    seconds,
    percentOfACore,
    supervisorPercent,
    watchPercent,
    limits: { percentOfACore: 5 },
  };
}
