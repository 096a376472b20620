import { createServer } from 'node:http';
import { hostname } from 'node:os';

createServer((request, response) => {
  if (request.url === '/alive') return response.end('alive\n');
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify({ says: process.env.GREETING, server: hostname(), database: process.env.DATABASE_HOST }));
}).listen(Number(process.env.PORT));
