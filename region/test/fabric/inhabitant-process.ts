import { createSocket } from 'node:dgram';
import { promises as dns } from 'node:dns';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, request as requestHttp, type ServerResponse } from 'node:http';
import { createServer as createSecureServer, request as requestHttps } from 'node:https';
import { connect, createServer as createTcpServer, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import type { Answer, Asked, Question } from './inhabited-network.ts';

/**
 * Somebody who lives in a network namespace: serves and asks as told, line by line. Who it is stands in every answer it serves.
 */
const [name = '', trusted = ''] = process.argv.slice(2);
let health = 200;
/** Requests that were asked to be slow, and have no answer yet. */
let underWay = 0;
const connections = new Map<string, Socket>();
const heard = new Map<string, string>();
/** How a connection ended, once it has: `closed`, or the error's code. */
const ended = new Map<string, string>();

/** What a server is asked to do stands in the path. */
function serve(incoming: IncomingMessage, outgoing: ServerResponse): void {
  const [, deed = '', value = ''] = new URL(incoming.url ?? '/', 'http://any').pathname.split('/');
  switch (deed) {
    case 'health':
      outgoing.writeHead(health).end();
      return;
    case 'reset':
      incoming.socket.resetAndDestroy();
      return;
    case 'nonsense':
      incoming.socket.end('this is no HTTP\r\n\r\n');
      return;
    case 'slow':
      underWay += 1;
      outgoing.once('close', () => {
        underWay -= 1;
      });
      setTimeout(() => tell(incoming, outgoing), Number(value));
      return;
    case 'cookie':
      outgoing.setHeader('set-cookie', `${value}=${name}; path=/`);
      tell(incoming, outgoing);
      return;
    default:
      tell(incoming, outgoing);
  }
}

function tell(incoming: IncomingMessage, outgoing: ServerResponse): void {
  const asked: Asked = {
    server: name,
    client: incoming.socket.remoteAddress ?? '',
    method: incoming.method ?? '',
    url: incoming.url ?? '',
    headers: incoming.headers,
  };
  outgoing.setHeader('content-type', 'application/json').end(JSON.stringify(asked));
}

async function answer(question: Question): Promise<unknown> {
  switch (question.kind) {
    case 'serve': {
      const server =
        question.key === undefined
          ? createServer(serve)
          : createSecureServer({ key: question.key, cert: question.certificate }, serve);
      server.keepAliveTimeout = 120_000;
      return new Promise<void>((resolve) => server.listen(question.port, '0.0.0.0', () => resolve()));
    }
    case 'greet': {
      // Tells who called as soon as there is a connection, and gives back what it is sent.
      const server = createTcpServer((socket) => {
        socket.on('error', () => {});
        socket.write(`${name} ${socket.remoteAddress}\n`);
        socket.pipe(socket);
      });
      return new Promise<void>((resolve) => server.listen(question.port, '0.0.0.0', () => resolve()));
    }
    case 'greetUdp': {
      const socket = createSocket('udp4');
      socket.on('message', (_message, from) => socket.send(`${name} ${from.address}`, from.port, from.address));
      return new Promise<void>((resolve) => socket.bind(question.port, () => resolve()));
    }
    case 'health':
      health = question.status;
      return;
    case 'underWay':
      return underWay;
    case 'request':
      return request(question);
    case 'open':
      return open(question);
    case 'say':
      return say(question);
    case 'udp':
      return sendUdp(question);
    case 'resolve':
      return resolve(question);
    case 'time':
      return askTime(question.server);
    case 'close':
      connections.get(question.id)?.destroy();
      connections.delete(question.id);
      return;
  }
}

function request({
  url,
  method = 'GET',
  headers = {},
  milliseconds = 5000,
  serverName,
}: Extract<Question, { kind: 'request' }>): Promise<Answer> {
  const secure = url.startsWith('https:');
  return new Promise((resolve) => {
    const done = (answer: Answer) => {
      clearTimeout(timer);
      resolve(answer);
    };
    const outgoing = (secure ? requestHttps : requestHttp)(
      url,
      {
        method,
        headers,
        agent: false,
        insecureHTTPParser: true,
        ...(secure ? { ca: readFileSync(trusted), servername: serverName ?? 'localhost' } : {}),
      },
      (incoming) => {
        let body = '';
        incoming.setEncoding('utf8').on('data', (text: string) => {
          body += text;
        });
        incoming.on('end', () =>
          done({
            status: incoming.statusCode ?? 0,
            headers: incoming.headers,
            body,
            asked: incoming.headers['content-type'] === 'application/json' ? JSON.parse(body) : null,
            error: null,
          }),
        );
        incoming.on('error', (error) => done(nothing(error.message)));
      },
    );
    const timer = setTimeout(() => {
      outgoing.destroy();
      done(nothing('timeout'));
    }, milliseconds);
    outgoing.on('error', (error: NodeJS.ErrnoException) => done(nothing(error.code ?? error.message)));
    outgoing.end();
  });
}

function nothing(error: string): Answer {
  return { status: 0, headers: {}, body: '', asked: null, error };
}

/** The greeting of whom it got through to, or what came instead. */
function open({
  id,
  to,
  port,
  milliseconds = 5000,
  greeted = true,
}: Extract<Question, { kind: 'open' }>): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect({ host: to, port });
    connections.set(id, socket);
    heard.delete(id);
    ended.delete(id);
    const end = (said: string) => {
      clearTimeout(timer);
      resolve(said);
    };
    const timer = setTimeout(() => {
      socket.destroy();
      end('timeout');
    }, milliseconds);
    socket.setEncoding('utf8');
    if (!greeted) socket.once('connect', () => end('connected'));
    socket.on('data', (text: string) => {
      heard.set(id, (heard.get(id) ?? '') + text);
      end(text.trim());
    });
    socket.on('error', (error: NodeJS.ErrnoException) => {
      ended.set(id, error.code ?? error.message);
      end(error.code ?? error.message);
    });
    socket.on('close', () => ended.set(id, ended.get(id) ?? 'closed'));
  });
}

/** What comes back for it within the time: the same text if the connection lives, how it ended if it does not, `silence` if nothing comes. */
async function say({ id, text, milliseconds = 5000 }: Extract<Question, { kind: 'say' }>): Promise<string> {
  heard.set(id, '');
  if (!ended.has(id)) connections.get(id)?.write(text);
  const end = Date.now() + milliseconds;
  while (Date.now() < end && heard.get(id) === '' && !ended.has(id)) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return heard.get(id) || ended.get(id) || 'silence';
}

function askTime(server: string): Promise<number | null> {
  return new Promise((resolve) => {
    const socket = createSocket('udp4');
    const end = (told: number | null) => {
      clearTimeout(timer);
      socket.close();
      resolve(told);
    };
    const timer = setTimeout(() => end(null), 3000);
    socket.once('message', (said) => end((said.readUInt32BE(40) - 2_208_988_800) * 1000));
    socket.once('error', () => end(null));
    const question = Buffer.alloc(48);
    question[0] = 0b00_100_011;
    socket.connect(123, server, () => socket.send(question));
  });
}

async function resolve({
  name,
  type,
  resolver,
}: Extract<Question, { kind: 'resolve' }>): Promise<readonly string[] | string> {
  const asked = new dns.Resolver({ timeout: 3000, tries: 1 });
  asked.setServers([resolver]);
  try {
    return ((await asked.resolve(name, type)) as (string | string[])[]).flat();
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? String(error);
  }
}

function sendUdp({ to, port, milliseconds = 5000 }: Extract<Question, { kind: 'udp' }>): Promise<string> {
  return new Promise((resolve) => {
    const socket = createSocket('udp4');
    const end = (said: string) => {
      clearTimeout(timer);
      socket.close();
      resolve(said);
    };
    const timer = setTimeout(() => end('silence'), milliseconds);
    socket.once('message', (message) => end(message.toString()));
    socket.once('error', (error: NodeJS.ErrnoException) => end(error.code ?? error.message));
    socket.connect(port, to, () => socket.send('hello'));
  });
}

process.stdout.write('{"ready":true}\n');
for await (const line of createInterface({ input: process.stdin })) {
  const { number, question } = JSON.parse(line) as { number: number; question: Question };
  answer(question).then(
    (value) => process.stdout.write(`${JSON.stringify({ number, value: value ?? null })}\n`),
    (error: Error) => process.stdout.write(`${JSON.stringify({ number, error: error.message })}\n`),
  );
}
process.exit(0);
