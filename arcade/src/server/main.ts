import { application } from './application.ts';
import { readConfiguration } from './configuration.ts';
import { credentialsFrom } from './database/credentials.ts';
import { Database } from './database/database.ts';
import { LiveBoard } from './game/live-board.ts';
import { identityOf } from './identity.ts';
import { log } from './log.ts';

const read = readConfiguration(process.env);
if ('wrong' in read) {
  process.stderr.write(`${read.wrong.join('\n')}\n`);
  process.exit(2);
}
const { configuration } = read;

const database = new Database(
  configuration.database,
  credentialsFrom(configuration.database.secretArn, configuration.region),
);
const identity = identityOf(configuration);
const board = new LiveBoard(database);
const server = application({ database, board, identity });

for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void stop(signal));

await server.listen({ host: '0.0.0.0', port: configuration.port });
log(`listening on port ${configuration.port}`);
void identity();
void database.start().then(() => log('the database is ready'));
void board.start();

/** Answers what has been asked, takes nothing new, and then ends; ten seconds at most, less than systemd's patience. */
async function stop(signal: string): Promise<void> {
  log(`${signal}: finishing what is under way`);
  setTimeout(() => process.exit(1), 10_000).unref();
  await server.close();
  await board.end();
  await database.end();
  process.exit(0);
}
