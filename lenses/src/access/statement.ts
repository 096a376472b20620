import { resourceMatches } from './arn.ts';
import { meets } from './condition.ts';
import type { Condition } from './condition-operator.ts';
import { type Context, contextOf } from './context.ts';
import { matchesAction } from './pattern.ts';
import type { Selection, Statement } from './policy.ts';
import { type Naming, namingOf, type Principal } from './principal.ts';

export interface Request {
  readonly principal: Principal;
  /** `service:Name`. */
  readonly action: string;
  /** An ARN, or `*` for an action that concerns no resource. */
  readonly resource: string;
  readonly context: Context;
}

/** What became of one statement for one request. */
export type Outcome =
  | { readonly applies: true; readonly naming: Naming | null }
  /** The first part that did not fit, in the order in which a person would look. */
  | { readonly applies: false; readonly failed: 'action' | 'principal' | 'resource' }
  | { readonly applies: false; readonly failed: 'condition'; readonly condition: Condition };

export function judge(statement: Statement, request: Request): Outcome {
  if (!selects(statement.actions, (pattern) => matchesAction(pattern, request.action)))
    return { applies: false, failed: 'action' };
  const naming = statement.principals === null ? null : namingOf(statement.principals, request.principal);
  if (statement.principals !== null && naming === null) return { applies: false, failed: 'principal' };
  const context = withRequestKeys(request);
  const fits = (pattern: string) => resourceMatches(pattern, request.resource, context, statement.variables);
  if (statement.resources !== null && !selects(statement.resources, fits))
    return { applies: false, failed: 'resource' };
  for (const condition of statement.conditions) {
    if (!meets(condition, context, statement.variables)) return { applies: false, failed: 'condition', condition };
  }
  return { applies: true, naming };
}

function selects(selection: Selection, fits: (pattern: string) => boolean): boolean {
  return selection.patterns.some(fits) !== selection.negated;
}

/** Keys that every request carries and that follow from who asks, where the context does not say otherwise. */
function withRequestKeys(request: Request): Context {
  const { principal } = request;
  if (principal.kind === 'service') return request.context;
  const parts = principal.arn.split(':');
  const derived = contextOf({
    'aws:PrincipalArn': principal.kind === 'session' ? principal.role : principal.arn,
    'aws:PrincipalAccount': parts[4],
    'aws:PrincipalType': principalTypes[principal.kind],
    'aws:username': principal.kind === 'user' ? parts[5]?.split('/').at(-1) : undefined,
  });
  return { get: (key) => request.context.get(key) ?? derived.get(key) };
}

const principalTypes = { user: 'User', session: 'AssumedRole', 'federated-user': 'FederatedUser', root: 'Account' };
