import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { application } from './application.ts';
import { Database } from './database/database.ts';
import { LiveBoard } from './game/live-board.ts';

/** Nothing here comes as far as the database. */
const database = new Database({ host: '127.0.0.1', port: 1, name: 'none', caFiles: [] }, async () => {
  throw new Error('no database');
});
const server = application({
  database,
  board: new LiveBoard(database),
  identity: async () => ({ instance: null, zone: null }),
});
let port = 0;

beforeAll(async () => {
  port = Number(new URL(await server.listen({ host: '127.0.0.1', port: 0 })).port);
});
afterAll(() => server.close());

/** Writes a request piece by piece, as a proxy does, and answers what came back; an error where it came too early. */
async function sendSlowly(headers: string, pieces: readonly string[]): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  let answer = '';
  socket.on('data', (chunk) => {
    answer += chunk;
  });
  const ended = new Promise<void>((resolve, reject) => {
    socket.once('error', reject);
    socket.once('close', () => resolve());
  });
  await once(socket, 'connect');
  socket.write(`POST /api/scores HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n${headers}\r\n\r\n`);
  for (const piece of pieces) {
    if (socket.readyState !== 'open') throw new Error('closed while the request was still being written');
    socket.write(piece);
    await new Promise((resolve) => setTimeout(resolve, 40));
  }
  await ended;
  return answer;
}

describe('a body that is too large', () => {
  const piece = 'x'.repeat(25_000);

  test('is refused with its reason, not with a reset, while it is still being written', async () => {
    const answer = await sendSlowly('Content-Length: 100000', [piece, piece, piece, piece]);
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
    expect(answer).toContain('"error":"BODY_TOO_LARGE"');
  });

  test('is refused with its reason where it does not say how large it is', async () => {
    const chunk = `${piece.length.toString(16)}\r\n${piece}\r\n`;
    const answer = await sendSlowly('Transfer-Encoding: chunked', [chunk, chunk, chunk, '0\r\n\r\n']);
    expect(answer).toContain('"error":"BODY_TOO_LARGE"');
  });

  test('is not read at all where it announces ten megabytes', async () => {
    const answer = await sendSlowly('Content-Length: 10000000', []);
    expect(answer).toContain('"error":"BODY_TOO_LARGE"');
  });
});
