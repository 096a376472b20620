import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';

/** Commands that failed before; one of them that succeeds takes back its report. */
const failed = '/run/terrace/failed-calls';

/** Tells the supervisor, by way of process 1, that a call to AWS failed, or came about after all; a boot script may pass over the exit status. */
export async function reportCall(name: string, words: readonly string[], code: number, cause: string): Promise<void> {
  const named = words.filter((word) => /^[a-z][a-z0-9-]*$/.test(word)).slice(0, 2);
  const objects = words.filter((word) => word.startsWith('s3://'));
  const command = [name, ...named, ...objects].join(' ');
  if (code === 0) {
    const before = existsSync(failed) ? readFileSync(failed, 'utf8').split('\n') : [];
    if (before.includes(command)) await report(command, 0, '');
    return;
  }
  try {
    appendFileSync(failed, `${command}\n`);
  } catch {
    // Only root may write there: the report of another user's call stays.
  }
  await report(command, code, cause.split('\n')[0] ?? '');
}

function report(command: string, code: number, cause: string): Promise<void> {
  return new Promise((done) => {
    const init = connect('/run/terrace/ask');
    const end = () => {
      init.destroy();
      done();
    };
    init.once('error', end);
    init.once('data', end);
    init.once('close', end);
    init.setTimeout(1000, end);
    const body = fields(['report', 'pipe', '/', 'aws-call', command, String(code), cause]);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(body.length);
    init.write(Buffer.concat([length, body]));
  });
}

function fields(words: readonly string[]): Buffer {
  return Buffer.concat(
    words.flatMap((word) => {
      const bytes = Buffer.from(word);
      const length = Buffer.alloc(4);
      length.writeUInt32BE(bytes.length);
      return [length, bytes];
    }),
  );
}
