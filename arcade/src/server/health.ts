import type { FastifyInstance } from 'fastify';
import type { Database } from './database/database.ts';

/**
 * Liveness says that this process answers, and is what a load balancer and an Auto Scaling group should ask: a
 * server whose database is away is not to be replaced. Readiness says that it could also store a score.
 */
export function addHealth(server: FastifyInstance, database: Database): void {
  server.get('/health/live', async () => ({ status: 'live' }));
  server.get('/health/ready', async () => {
    await database.ping();
    return { status: 'ready' };
  });
}
