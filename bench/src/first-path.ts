import { RegionUnderTest } from './region-under-test.ts';

export interface FirstPathMeasurement {
  /** Milliseconds from the command, given the synthesized assembly, to the first answer through all tiers; the median of the runs. */
  readonly databaseCreated: number;
  readonly databaseKept: number;
  readonly runs: { readonly created: readonly number[]; readonly kept: readonly number[] };
  readonly limits: { readonly databaseCreated: 5000; readonly databaseKept: 2000 };
}

/** `terrace up` of the blueprint, with its database to be made and with its data there, `count` times each. */
export async function measureFirstPath(count = 5): Promise<FirstPathMeasurement> {
  await using region = await RegionUnderTest.make();
  const assembly = await region.synthesize();
  const created: number[] = [];
  const kept: number[] = [];
  for (let index = 0; index < count; index++) {
    created.push((await region.up('--app', assembly)).timings.answered!);
    await region.terrace('down');
    kept.push((await region.up('--app', assembly)).timings.answered!);
    await region.terrace('down', '--purge', '--yes');
  }
  return {
    databaseCreated: median(created),
    databaseKept: median(kept),
    runs: { created, kept },
    limits: { databaseCreated: 5000, databaseKept: 2000 },
  };
}

export function median(values: readonly number[]): number {
  return [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)]!;
}
