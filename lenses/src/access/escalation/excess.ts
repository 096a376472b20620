import type { Demand } from '../deployment/demand.ts';
import { mayAnywhere } from '../evaluation/possible.ts';
import type { Subject } from '../evaluation/subject.ts';
import { type AccessLevel, type Action, actionsMatching } from '../policy/actions.ts';
import type { Statement } from '../policy/policy.ts';
import { type Escalation, escalationsOf, isAdministrator, type Surroundings } from './escalation.ts';

/** What somebody can do beyond what deploying and running this template asks for, worst first. */
export interface Excess {
  readonly subject: Subject;
  readonly administrator: boolean;
  /** Every published way to become an administrator. Any at all is worse than anything below. */
  readonly escalations: readonly Escalation[];
  readonly services: readonly ServiceExcess[];
}

export interface ServiceExcess {
  readonly service: string;
  /** The worst kind of access among them. */
  readonly level: AccessLevel;
  readonly actions: readonly Action[];
  /** The policies that give it. */
  readonly from: readonly string[];
}

/** Worst first. */
const levels: readonly AccessLevel[] = ['permissions', 'write', 'tagging', 'read', 'list'];

/** `needed`: all that the template's deployment asks for, in every phase. */
export function excessOf(subject: Subject, needed: readonly Demand[], surroundings: Surroundings): Excess {
  const wanted = new Set(needed.map(({ action }) => action));
  const byService = new Map<string, { actions: Action[]; from: Set<string> }>();
  for (const action of granted(subject)) {
    if (wanted.has(action.name)) continue;
    const found = mayAnywhere(subject, action.name, {
      known: { 'aws:MultiFactorAuthPresent': 'true', 'aws:ViaAWSService': 'false' },
    });
    if (found === null) continue;
    const service = action.name.split(':')[0]!;
    const entry = byService.get(service) ?? { actions: [], from: new Set<string>() };
    entry.actions.push(action);
    entry.from.add(found.statement.policy);
    byService.set(service, entry);
  }
  return {
    subject,
    administrator: isAdministrator(subject, surroundings),
    escalations: escalationsOf(subject, surroundings),
    services: [...byService]
      .map(([service, { actions, from }]) => summary(service, actions, [...from]))
      .sort(worstFirst),
  };
}

/** Every action that some Allow statement names. */
function granted(subject: Subject): Action[] {
  const statements: readonly Statement[] = subject.policies.identity.flatMap((policy) => policy.statements);
  const found = new Map<string, Action>();
  for (const { effect, actions } of statements) {
    if (effect !== 'Allow') continue;
    const named = actions.patterns.flatMap((pattern) => actionsMatching(pattern));
    if (!actions.negated) for (const action of named) found.set(action.name, action);
    else {
      const excepted = new Set(named.map(({ name }) => name));
      for (const action of actionsMatching('*')) if (!excepted.has(action.name)) found.set(action.name, action);
    }
  }
  return [...found.values()];
}

function summary(service: string, actions: readonly Action[], from: readonly string[]): ServiceExcess {
  const sorted = [...actions].sort(
    (one, other) => levels.indexOf(one.level) - levels.indexOf(other.level) || one.name.localeCompare(other.name),
  );
  return { service, level: sorted[0]!.level, actions: sorted, from };
}

function worstFirst(one: ServiceExcess, other: ServiceExcess): number {
  return (
    levels.indexOf(one.level) - levels.indexOf(other.level) ||
    other.actions.length - one.actions.length ||
    one.service.localeCompare(other.service)
  );
}
