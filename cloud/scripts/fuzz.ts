import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { isMainThread, Worker, workerData } from 'node:worker_threads';
import { type FuzzOutcome, fuzzCase, runFuzzCase } from '../src/assembly/fuzz.fixture.ts';

/**
 * `npm run fuzz -- [--seconds 600] [--seed N] [--count N] [--show]`: damaged templates into the loader until the time is over, a case throws, or one
 * takes longer than ten seconds. A number names each case, so that a failure can be repeated: `--seed N --count 1 --show`.
 */
interface Task {
  readonly first: number;
  readonly count: number;
  readonly until: number;
  readonly show: boolean;
  /** The seed in progress, and how many are done. */
  readonly progress: Int32Array;
}

const hangAfterMilliseconds = 10_000;

if (isMainThread) await supervise();
else await work(workerData as Task);

async function supervise(): Promise<void> {
  const { values } = parseArgs({
    options: {
      seconds: { type: 'string', default: '60' },
      seed: { type: 'string', default: String(Date.now() % 1_000_000_000) },
      count: { type: 'string', default: '1000000000' },
      show: { type: 'boolean', default: false },
    },
  });
  const progress = new Int32Array(new SharedArrayBuffer(8));
  const until = Date.now() + Number(values.seconds) * 1000;
  const task: Task = { first: Number(values.seed), count: Number(values.count), until, show: values.show, progress };
  const worker = new Worker(fileURLToPath(import.meta.url), { workerData: task });
  let last = -1;
  let since = Date.now();
  const watch = setInterval(() => {
    if (progress[1] !== last) {
      last = progress[1] as number;
      since = Date.now();
    } else if (Date.now() - since > hangAfterMilliseconds) {
      process.stderr.write(`hangs: npm run fuzz -- --seed ${progress[0]} --count 1 --show\n`);
      process.exit(1);
    }
  }, 500);
  worker.on('message', (failure: FuzzOutcome) => {
    process.stderr.write(`crashes: npm run fuzz -- --seed ${failure.seed} --count 1 --show\n${failure.crash}\n`);
    process.exitCode = 1;
  });
  await new Promise<void>((resolve, reject) => worker.once('exit', () => resolve()).once('error', reject));
  clearInterval(watch);
  process.stdout.write(
    `${progress[1]} cases from seed ${task.first}${process.exitCode ? '' : ', no crash and no hang'}\n`,
  );
}

async function work(task: Task): Promise<void> {
  const { parentPort } = await import('node:worker_threads');
  const examples = new URL('../examples/', pathToFileURL(`${process.cwd()}/`));
  const corpus = readdirSync(examples, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(ya?ml|json)$/.test(file))
    .map((file) => readFileSync(new URL(file, examples), 'utf8'));
  for (let index = 0; index < task.count && Date.now() < task.until; index++) {
    const next = fuzzCase(task.first + index, corpus);
    task.progress[0] = next.seed;
    if (task.show) process.stdout.write(`${JSON.stringify(next.texts, null, 1)}\n`);
    const outcome = await runFuzzCase(next);
    task.progress[1] = index + 1;
    if (outcome.crash === null) continue;
    parentPort?.postMessage(outcome);
    return;
  }
}
