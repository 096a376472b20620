import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { firstAnswer } from './first-answer.ts';

/** Serves pages by path: a status, or a place to redirect to. */
async function ask(pages: Readonly<Record<string, number | string>>) {
  const server = createServer(({ url = '' }, response) => {
    const page = pages[url] ?? 404;
    const { port } = server.address() as AddressInfo;
    if (typeof page === 'number') response.writeHead(page).end();
    else response.writeHead(301, { location: page.replace('PORT', String(port)) }).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const over = new AbortController();
  const timer = setTimeout(() => over.abort(), 400);
  const { port } = server.address() as AddressInfo;
  const answer = await firstAnswer(`http://127.0.0.1:${port}/`, {
    booted: new Promise(() => undefined),
    failed: over.signal,
  });
  clearTimeout(timer);
  server.closeAllConnections();
  server.close();
  return answer;
}

test.each<[string, Record<string, number | string>, boolean, number | null]>([
  ['a page', { '/': 200 }, true, 200],
  ['a redirect to a page', { '/': 'http://127.0.0.1:PORT/in', '/in': 200 }, true, 200],
  ['a redirect without a host', { '/': '/in', '/in': 204 }, true, 204],
  ['a redirect to elsewhere', { '/': 'https://shop.example/' }, true, 301],
  ['a redirect to a failure', { '/': '/in', '/in': 503 }, false, 503],
  ['a redirect to where nobody is', { '/': 'http://127.0.0.1:1/' }, false, null],
  ['a circle', { '/': '/in', '/in': '/' }, false, null],
])('%s as the first answer', async (_, pages, answered, status) => {
  expect(await ask(pages)).toEqual({ answered, status });
});
