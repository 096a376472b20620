import type { FastifyInstance, FastifyReply } from 'fastify';
import { Refusal, refusals } from '../refusal.ts';
import type { LiveBoard } from './live-board.ts';
import type { Board } from './scores.ts';

/** Pages that one server shows the board to at the same time. */
const mostStreams = 5000;
/** Bytes that may wait for a page that does not read before it is let go; it comes back by itself. */
const mostWaiting = 64 * 1024;
/** Less than any idle timeout on the way: 60 s is a load balancer's default. */
const beat = 15_000;

/**
 * `GET /api/board/live`: server-sent events, `board` with each new board. The browser reconnects by itself, to whichever
 * server answers then.
 *
 * https://html.spec.whatwg.org/multipage/server-sent-events.html
 */
export function addLiveStream(server: FastifyInstance, board: LiveBoard, name: () => Promise<string>): void {
  const streams = new Set<FastifyReply['raw']>();

  server.get('/api/board/live', async (_request, reply) => {
    if (streams.size >= mostStreams) throw new Refusal(refusals.CROWDED);
    const by = await name();
    reply.hijack();
    const stream = reply.raw;
    stream.writeHead(200, {
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      // nginx would otherwise keep the events until a buffer is full.
      'x-accel-buffering': 'no',
      'x-served-by': by,
      // A stream is the last thing on its connection, so that a server which shuts down is rid of it at once.
      connection: 'close',
    });
    streams.add(stream);
    send(stream, `retry: 1500\nevent: server\ndata: ${JSON.stringify({ instance: by })}\n\n`);
    stream.once('close', () => streams.delete(stream));
    if (board.last) send(stream, eventOf(board.last));
    // Whatever this finds goes to every page, this one among them.
    else board.read().catch(() => {});
  });

  board.watch((current) => {
    const event = eventOf(current);
    for (const stream of streams) send(stream, event);
  });

  const beats = setInterval(() => {
    for (const stream of streams) send(stream, ': still here\n\n');
  }, beat).unref();

  server.addHook('preClose', async () => {
    clearInterval(beats);
    for (const stream of streams) stream.end();
  });
}

function eventOf(board: Board): string {
  return `event: board\ndata: ${JSON.stringify(board)}\n\n`;
}

function send(stream: FastifyReply['raw'], text: string): void {
  if (stream.writableLength > mostWaiting) stream.destroy();
  else stream.write(text);
}
