import { cpus, totalmem } from 'node:os';
import { measureAccess } from './access.ts';
import { measureCost } from './cost.ts';
import { measureFabric } from './fabric.ts';
import { measureFirstPath } from './first-path.ts';
import { measureGame } from './game.ts';
import { measureIdle } from './idle.ts';
import { measureLoad } from './load.ts';
import { measureManyInstances } from './many-instances.ts';
import { measureReach } from './reach.ts';
import { RegionUnderTest } from './region-under-test.ts';
import { measureThroughput } from './throughput.ts';

/** Every benchmark by name; `npm run bench -- NAME …` runs some of them. Each figure stands beside its peer or its limit. */
const benchmarks: Readonly<Record<string, () => Promise<unknown> | unknown>> = {
  'first-path': () => measureFirstPath(),
  throughput: () => measureThroughput(),
  fabric: async () => [await measureFabric(250), await measureFabric(500), await measureFabric(1000)],
  instances: async () => [await measureManyInstances(50), await measureManyInstances(200)],
  load: measureLoad,
  idle: () => measureIdle(),
  reach: measureReach,
  access: async () => {
    await using project = await RegionUnderTest.make();
    return measureAccess(await project.synthesize());
  },
  cost: measureCost,
  game: measureGame,
};

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !Object.hasOwn(benchmarks, name));
if (unknown.length > 0) {
  process.stderr.write(
    `no benchmark is called ${unknown.join(', ')}; there are ${Object.keys(benchmarks).join(', ')}\n`,
  );
  process.exit(2);
}
const machine = {
  processor: cpus()[0]?.model,
  cores: cpus().length,
  gibibytes: Math.round(totalmem() / 1024 ** 3),
  node: process.version,
  date: new Date().toISOString().slice(0, 10),
};
process.stdout.write(`${JSON.stringify({ machine })}\n`);
for (const [name, measure] of Object.entries(benchmarks)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  process.stderr.write(`${name} …\n`);
  process.stdout.write(`${JSON.stringify({ [name]: await measure() }, null, 1)}\n`);
}
