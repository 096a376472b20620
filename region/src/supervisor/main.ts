import { fstatSync } from 'node:fs';
import { join } from 'node:path';
import type { ApplyRequest } from '../control/protocol.ts';
import { ControlServer } from '../control/server.ts';
import { eventText, isTrouble, type RegionEvent } from '../events/event.ts';
import { EventBus } from '../events/event-bus.ts';
import { failed, type Incident } from '../incident.ts';
import { hasRoom, isOutOfRoom } from '../keeping/disk-room.ts';
import { DroppingLog } from '../keeping/log.ts';
import { answerClockRequest } from '../operations/clock-request.ts';
import { answerMetricsRequest } from '../operations/metrics-request.ts';
import { SecretStore } from '../secrets/store.ts';
import { answerDatabaseRequest } from './database-requests.ts';
import { Discretion } from './discretion.ts';
import { answerEventsRequest } from './events-requests.ts';
import { answerForwardRequest } from './forward-requests.ts';
import { Questions } from './questions.ts';
import { Region } from './region.ts';

/** Process 1 of a region. Arguments: the project's state directory, and the path of the control socket. */
const [stateDirectory, socket] = process.argv.slice(2);
if (!stateDirectory || !socket) throw new Error('usage: main STATE_DIRECTORY SOCKET');

/** What is for its owner alone says so; the rest, such as the files that instances share, is as a machine has it. */
process.umask(0o022);

// Before anything that may be logged.
let store: SecretStore | undefined;
const discretion = new Discretion(() => store);

/** Since it was told to end. */
let isEnding = false;
/** This process's standard error is the region's own log, `supervisor.log`. */
const regionLog = new DroppingLog(2, () => hasRoom(stateDirectory));
// Nobody else in this process has to write there; who does anyway may not end it.
process.stderr.on('error', () => {});
// What a full disk keeps from being written ends no region; any other error that nobody expects does, and says so.
process.on('uncaughtException', (error) => {
  incident(failed('region', error));
  if (!isOutOfRoom(error)) process.exit(1);
});
const events = new EventBus();
events.subscribe(log);

/** The socket comes first: of two regions that begin at once for one project, only one has it, and the other ends before it touches anything. */
let begin: () => void;
const region = new Promise<void>((resolve) => {
  begin = resolve;
}).then(() => Region.start(stateDirectory, events));
const questions = region.then((each) => new Questions(each));
// A region that cannot begin, as with damaged state, says why to whoever asks for a change, and ends.
questions.catch((error) => incident(failed('region', error)));
const control = await ControlServer.start(
  socket,
  {
    '/apply': async (request: ApplyRequest, tell) => {
      discretion.learn(request.inventory);
      return (await begunOrOver()).apply(request, tell);
    },
    '/inventory': async () => (await questions).inventory(),
    '/status': async () => (await questions).status(),
    '/probe': async (request) => (await questions).probe(request),
    '/observe': async (request) => (await questions).observe(request),
    '/database': async (request) => answerDatabaseRequest(await region, request),
    '/clock': async (request, tell) => answerClockRequest((await region).clock, request, tell),
    '/metrics': async (request) =>
      answerMetricsRequest((await region).operations.metrics, (await region).clock, request),
    '/events': (request, tell, signal) => answerEventsRequest(events, request, tell, signal),
    '/logs': async (request) => (await questions).logs(request),
    '/open': async (request) => (await questions).open(request),
    '/forward': async (request, tell, gone) =>
      answerForwardRequest(await region, request, { controlSocket: socket, isEnding: () => isEnding }, tell, gone),
    '/stop': async () => {
      await windUp();
      setImmediate(end);
      return { kind: 'result', value: { stopped: true } };
    },
  },
  { '/execute': async (request, stream) => (await questions).execute(request, stream) },
  incident,
  // The command compares inventories by their values, and masks them itself.
  async (path, event) => (path === '/inventory' ? event : discretion.value(event)),
);
begin!();
store = await region.then(
  () => SecretStore.open(join(stateDirectory, 'secrets')),
  () => undefined,
);

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, windUpAndEnd);
// The kernel ends this process with a launcher in the foreground, but not if that was killed in the very moment in which `unshare` made it.
if (fstatSync(0).isSocket()) process.stdin.once('close', windUpAndEnd).resume();

function log(event: RegionEvent): void {
  if (isTrouble(event)) regionLog.write(discretion.text(eventText(event).en));
}

function incident(incident: Incident): void {
  events.publish({ kind: 'incident', incident });
}

async function begunOrOver(): Promise<Region> {
  try {
    return await region;
  } catch (error) {
    setImmediate(end);
    throw error;
  }
}

async function windUpAndEnd(): Promise<void> {
  await windUp();
  await end();
}

/** Databases are stopped in good order. What cannot be, while a change is under way, is told in the log: the kernel ends it with this process. */
async function windUp(): Promise<void> {
  isEnding = true;
  try {
    await (await region)[Symbol.asyncDispose]();
  } catch (error) {
    incident(failed('winding up', error));
  }
}

async function end(): Promise<void> {
  await control[Symbol.asyncDispose]();
  process.exit(0);
}
