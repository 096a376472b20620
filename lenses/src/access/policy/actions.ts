import { failure, mistake, type Result, success } from '@terrace/cloud/mistake';
import { closest } from '@terrace/cloud/nearest';
import { words } from '@terrace/cloud/words';
import { dataFile } from './data.ts';
import { glob } from './pattern.ts';

/**
 * Every action there is, and what kind of access it gives.
 *
 * https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
export interface Action {
  /** As AWS writes it, for example `rds:CreateDBInstance`. */
  readonly name: string;
  readonly level: AccessLevel;
}

/** `permissions` is AWS's "Permissions management". */
export type AccessLevel = 'list' | 'read' | 'tagging' | 'write' | 'permissions';

const file = dataFile<Record<string, Partial<Record<AccessLevel, string>>>>('actions.json');

const byService = new Map<string, ReadonlyMap<string, Action>>();

/** The actions of a service by lower-case name; `undefined` for a service that does not exist. */
function actionsOf(service: string): ReadonlyMap<string, Action> | undefined {
  const known = byService.get(service);
  if (known !== undefined) return known;
  const levels = file()[service];
  if (levels === undefined) return undefined;
  const actions = new Map<string, Action>();
  for (const [level, names] of Object.entries(levels)) {
    for (const name of names.split(' '))
      actions.set(name.toLowerCase(), { name: `${service}:${name}`, level: level as AccessLevel });
  }
  byService.set(service, actions);
  return actions;
}

/** `undefined` where AWS has no such action; case does not matter. */
export function findAction(name: string): Action | undefined {
  const [service = '', rest = ''] = name.split(':');
  return actionsOf(service.toLowerCase())?.get(rest.toLowerCase());
}

/** An action that a user named: `UNKNOWN_ACTION` with the nearest names otherwise. */
export function requireAction(name: string): Result<Action> {
  const action = findAction(name);
  if (action !== undefined) return success(action);
  const service = name.split(':')[0]?.toLowerCase() ?? '';
  const known = actionsOf(service);
  const candidates = known ? [...known.values()].map((each) => each.name) : Object.keys(file());
  const close = closest(known ? name : service, candidates);
  return failure([
    mistake(
      'UNKNOWN_ACTION',
      {},
      {
        cause: words(`AWS has no action ${name}`, `AWS에 ${name}{이라/라}는 작업은 없습니다`),
        next: words(`the nearest are ${close.join(', ')}`, `가장 비슷한 이름은 ${close.join(', ')}입니다`),
      },
    ),
  ]);
}

/** Every action that a pattern of a policy describes. */
export function actionsMatching(pattern: string): readonly Action[] {
  const [services, names = '*'] = pattern === '*' ? ['*'] : pattern.toLowerCase().split(':');
  const found: Action[] = [];
  for (const service of Object.keys(file())) {
    if (!glob(services ?? '', service)) continue;
    for (const [name, action] of actionsOf(service)!) if (glob(names, name)) found.push(action);
  }
  return found;
}

/** Number of actions that AWS has in all. */
export function actionCount(): number {
  return actionsMatching('*').length;
}
