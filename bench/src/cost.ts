import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadAssembly } from '@terrace/cloud/assembly/load';
import { initialFleet } from '@terrace/cloud/views/initial-fleet';
import { compareRegions } from '@terrace/lenses/cost/alternatives/regions';
import { newestMonth, useOf } from '@terrace/lenses/cost/bill/bill';
import { usageOf } from '@terrace/lenses/cost/bill/usage';
import { loadPrices } from '@terrace/lenses/cost/prices/prices';

export interface CostMeasurement {
  readonly regions: number;
  readonly lines: number;
  readonly loadPricesSeconds: number;
  /** The first time, nothing warm. */
  readonly firstSeconds: number;
  /** The median of twenty more. */
  readonly medianSeconds: number;
  /** The bar: every region of the blueprint within this after loading. */
  readonly limitSeconds: 0.2;
  readonly holds: boolean;
}

/** Prices the blueprint in every region of the data. Needs `npm run build` and the arcade's bundles. */
export async function measureCost(): Promise<CostMeasurement> {
  const folder = mkdtempSync(join(tmpdir(), 'terrace-bench-cost-'));
  try {
    const app = fileURLToPath(new URL('../../blueprint/dist/app.js', import.meta.url));
    const run = spawnSync(process.execPath, [app], { env: { ...process.env, CDK_OUTDIR: folder }, encoding: 'utf8' });
    if (run.status !== 0) throw new Error(`the blueprint did not synthesize: ${run.stderr}`);
    const loaded = await loadAssembly(folder, { directory: folder, parameters: {}, allocations: {} });
    if (!loaded.ok) throw new Error(JSON.stringify(loaded.mistakes));
    const inventory = loaded.value;
    const estate = { inventory, fleet: initialFleet(inventory) };
    const [book, loadPricesSeconds] = timed(() => loadPrices());
    const once = () => compareRegions(useOf(estate, usageOf(), newestMonth(book)), book, inventory.region);
    const [regions, firstSeconds] = timed(once);
    const times = Array.from({ length: 20 }, () => timed(once)[1]).sort((one, other) => one - other);
    return {
      regions: regions.length,
      lines: regions[0]?.bill.lines.length ?? 0,
      loadPricesSeconds,
      firstSeconds,
      medianSeconds: times[10]!,
      limitSeconds: 0.2,
      holds: firstSeconds <= 0.2,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function timed<T>(work: () => T): [T, number] {
  const start = performance.now();
  const result = work();
  return [result, (performance.now() - start) / 1000];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  process.stdout.write(`${JSON.stringify(await measureCost(), null, 2)}\n`);
}
