import { failure, type Mistake, mistake, type Result, success } from '@terrace/cloud/mistake';
import { resolveReference } from '@terrace/cloud/views/reference';
import { words } from '@terrace/cloud/words';
import type { ControlEvent, DatabaseRequest } from '../control/protocol.ts';
import type { Outline } from '../outline.ts';
import type { DatabaseKeeper } from './keepers/database-keeper.ts';
import { notUpYet } from './questions.ts';
import type { Region } from './region.ts';

/** Looks at the databases of a region, or does to one what RDS's own interface is asked to do. */
export async function answerDatabaseRequest(region: Region, request: DatabaseRequest): Promise<ControlEvent> {
  const present = region.outline;
  if (!present) return { kind: 'mistakes', mistakes: [notUpYet()] };
  const { action } = request;
  if (action.kind === 'list') return { kind: 'result', value: { databases: await region.parts.databases.describe() } };
  const named = databaseNamed(present, request.name);
  if (!named.ok) return { kind: 'mistakes', mistakes: named.mistakes };
  const id = named.value;
  return region.operate(async (databases): Promise<Result<unknown>> => {
    const done = await carryOut(databases, id, action);
    if (!done.ok) return done;
    const database = (await databases.describe()).find((each) => each.id === id);
    return { ...done, value: { ...done.value, database } };
  });
}

function carryOut(
  databases: DatabaseKeeper,
  id: string,
  action: Exclude<DatabaseRequest['action'], { kind: 'list' }>,
): Promise<Result<object>> {
  switch (action.kind) {
    case 'restore':
      return databases.restore(id, action.moment);
    case 'failover':
      return databases.failOver(id);
    case 'backup':
      return databases.backUp(id);
    case 'stop':
      return databases.stop(id);
    case 'start':
      return databases.start(id);
  }
}

function databaseNamed({ inventory, network }: Outline, name: string): Result<string> {
  const found = resolveReference(name, inventory, network);
  if (!found.ok) return found;
  const owner = found.value.interfaces.map((each) => each.owner).find(({ kind }) => kind === 'database');
  return owner?.kind === 'database' ? success(owner.id) : failure([noDatabase(name)]);
}

function noDatabase(name: string): Mistake {
  return mistake(
    'NOT_A_DATABASE',
    {},
    {
      cause: words(`${name} is no database.`, `${name}{은/는} 데이터베이스가 아닙니다.`),
      next: words('terrace database lists them', 'terrace database로 목록을 보세요'),
    },
  );
}
