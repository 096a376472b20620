import { resourceMatches } from '../policy/arn.ts';
import { meets } from '../policy/condition.ts';
import type { Condition } from '../policy/condition-operator.ts';
import { type Context, contextOf } from '../policy/context.ts';
import type { Policy, Statement } from '../policy/policy.ts';
import { selects, statementsOn } from '../policy/statement.ts';
import type { Policies } from './evaluate.ts';
import type { Subject } from './subject.ts';

/**
 * Whether somebody might be allowed an action under some circumstances: what is not known about a request is taken to be as
 * it suits them. So a "no" is a proof, and a "yes" a suspicion worth a look.
 */
export interface Circumstances {
  /** Keys whose values are certain. A key that is certainly absent has an empty list. */
  readonly known: Readonly<Record<string, string | readonly string[]>>;
}

export interface Possibility {
  readonly resource: string;
  /** The statement that allows it. */
  readonly statement: Statement;
}

/** On one certain resource. */
export function mayOn(
  subject: Subject,
  action: string,
  resource: string,
  circumstances: Circumstances,
): Possibility | null {
  const statement = allowedBy(subject.policies, subject, action, resource, circumstances);
  return statement === null ? null : { resource, statement };
}

/** On any resource at all: those that its own policies name are tried, wildcards standing for anything. */
export function mayAnywhere(subject: Subject, action: string, circumstances: Circumstances): Possibility | null {
  for (const resource of candidates(subject.policies.identity, action)) {
    const found = mayOn(subject, action, resource, circumstances);
    if (found) return found;
  }
  return null;
}

function candidates(policies: readonly Policy[], action: string): string[] {
  const found = new Set<string>();
  for (const policy of policies) {
    for (const { effect, resources } of statementsOn(policy, action)) {
      if (effect !== 'Allow') continue;
      if (resources === null || resources.negated) found.add(anything);
      else
        for (const pattern of resources.patterns)
          found.add(pattern === '*' ? anything : pattern.replaceAll('*', 'x').replaceAll('?', 'x'));
    }
  }
  return [...found];
}

/** Stands for something that no policy names. */
const anything = 'arn:aws:anything:anywhere:000000000000:anything';

function allowedBy(
  policies: Policies,
  subject: Subject,
  action: string,
  resource: string,
  circumstances: Circumstances,
): Statement | null {
  const layers = [policies.identity, ...(policies.boundary ? [policies.boundary] : []), ...policies.serviceControl];
  const certain = certainContext(subject, circumstances);
  const all = layers.flat().flatMap((policy) => statementsOn(policy, action));
  if (all.some((statement) => statement.effect === 'Deny' && applies(statement, resource, certain, false))) return null;
  const allows = layers.map((layer) =>
    layer
      .flatMap((policy) => statementsOn(policy, action))
      .find((statement) => statement.effect === 'Allow' && applies(statement, resource, certain, true)),
  );
  return allows.every((each) => each !== undefined) ? (allows[0] ?? null) : null;
}

/** `whereUnknown`: what to take a condition for whose key is not known. */
function applies(statement: Statement, resource: string, certain: Certain, whereUnknown: boolean): boolean {
  const fits = (pattern: string) => resourceMatches(pattern, resource, certain.context, statement.variables);
  if (statement.resources !== null && !selects(statement.resources, fits)) return false;
  return statement.conditions.every((condition) =>
    certain.knows(condition) ? meets(condition, certain.context, statement.variables) : whereUnknown,
  );
}

interface Certain {
  readonly context: Context;
  knows(condition: Condition): boolean;
}

function certainContext(subject: Subject, { known }: Circumstances): Certain {
  const { principal } = subject;
  const who =
    principal.kind === 'user'
      ? { 'aws:username': principal.arn.split('/').at(-1)!, 'aws:PrincipalArn': principal.arn }
      : {};
  const absent = new Set(
    Object.entries(known).flatMap(([key, value]) => (value.length === 0 ? [key.toLowerCase()] : [])),
  );
  const present = Object.fromEntries(Object.entries({ ...who, ...known }).filter(([, value]) => value.length > 0));
  const context = contextOf(present);
  const isAbsent = (key: string) => [...absent].some((prefix) => key.toLowerCase().startsWith(prefix));
  return { context, knows: ({ key }) => context.get(key) !== undefined || isAbsent(key) };
}
