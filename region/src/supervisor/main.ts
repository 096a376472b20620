import { fstatSync } from 'node:fs';
import { ControlServer } from '../control/server.ts';
import { failed, type Incident, incidentText } from '../incident.ts';
import { answerDatabaseRequest } from './database-requests.ts';
import { Questions } from './questions.ts';
import { Region } from './region.ts';

/** Process 1 of a region. Arguments: the project's state directory, and the path of the control socket. */
const [stateDirectory, socket] = process.argv.slice(2);
if (!stateDirectory || !socket) throw new Error('usage: main STATE_DIRECTORY SOCKET');

/** The socket comes first: of two regions that begin at once for one project, only one has it, and the other ends before it touches anything. */
let begun: (region: Region) => void;
const region = new Promise<Region>((resolve) => {
  begun = resolve;
});
const questions = region.then((each) => new Questions(each));
const control = await ControlServer.start(
  socket,
  {
    '/apply': async (request, tell) => (await region).apply(request, tell),
    '/inventory': async () => (await questions).inventory(),
    '/status': async () => (await questions).status(),
    '/probe': async (request) => (await questions).probe(request),
    '/observe': async (request) => (await questions).observe(request),
    '/database': async (request) => answerDatabaseRequest(await region, request),
    '/logs': async (request) => (await questions).logs(request),
    '/stop': async () => {
      await windUp();
      setImmediate(end);
      return { kind: 'result', value: { stopped: true } };
    },
  },
  { '/execute': async (request, stream) => (await questions).execute(request, stream) },
  log,
);
begun!(await Region.start(stateDirectory, log));

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, windUpAndEnd);
// The kernel ends this process with a launcher in the foreground, but not if that was killed in the very moment in which `unshare` made it.
if (fstatSync(0).isSocket()) process.stdin.once('close', windUpAndEnd).resume();

/** This process's standard error is the region's own log, `supervisor.log`. */
function log(incident: Incident): void {
  process.stderr.write(`${incidentText(incident)}\n`);
}

async function windUpAndEnd(): Promise<void> {
  await windUp();
  await end();
}

/** Databases are stopped in good order. What cannot be, while a change is under way, is told in the log: the kernel ends it with this process. */
async function windUp(): Promise<void> {
  try {
    await (await region)[Symbol.asyncDispose]();
  } catch (error) {
    log(failed('winding up', error));
  }
}

async function end(): Promise<void> {
  await control[Symbol.asyncDispose]();
  process.exit(0);
}
