import type { DatabaseEvent } from '../database/configuration.ts';
import { failed, type Incident } from '../incident.ts';

/** What of a database's life is an incident; `null` for what is no trouble. */
export function databaseIncident(event: DatabaseEvent): Incident | null {
  if (event.kind === 'crashed') return failed(`database ${event.database}`, `ended: ${event.said}`);
  if (event.kind === 'no-room') return { kind: 'no-room', part: `database ${event.database}`, undone: event.undone };
  if (event.kind !== 'silent' && event.kind !== 'answers' && event.kind !== 'hung') return null;
  const { kind, node, database, milliseconds } = event;
  return {
    kind,
    part: node === 'server' ? `database ${database}` : `the standby of database ${database}`,
    milliseconds,
  };
}
