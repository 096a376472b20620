import { ControlServer } from '../control/server.ts';
import { Questions } from './questions.ts';
import { Region } from './region.ts';

/** Process 1 of a region. Arguments: the project's state directory, and the path of the control socket. */
const [stateDirectory, socket] = process.argv.slice(2);
if (!stateDirectory || !socket) throw new Error('usage: main STATE_DIRECTORY SOCKET');

const region = await Region.start(stateDirectory);
const questions = new Questions(region);
const control = await ControlServer.start(
  socket,
  {
    '/apply': (request, tell) => region.apply(request, tell),
    '/inventory': () => questions.inventory(),
    '/status': () => questions.status(),
    '/probe': (request) => questions.probe(request),
    '/observe': (request) => questions.observe(request),
    '/logs': (request) => questions.logs(request),
    '/stop': async () => {
      await region[Symbol.asyncDispose]();
      setImmediate(end);
      return { kind: 'result', value: { stopped: true } };
    },
  },
  { '/execute': (request, stream) => questions.execute(request, stream) },
);

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, async () => {
    await region[Symbol.asyncDispose]();
    await end();
  });
}

async function end(): Promise<void> {
  await control[Symbol.asyncDispose]();
  process.exit(0);
}
