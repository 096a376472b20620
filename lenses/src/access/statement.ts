import { resourceMatches } from './arn.ts';
import { meets } from './condition.ts';
import type { Condition } from './condition-operator.ts';
import type { Context } from './context.ts';
import { matchesAction } from './pattern.ts';
import type { Policy, Selection, Statement } from './policy.ts';
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
  | { readonly applies: false; readonly failed: 'principal' | 'resource' }
  | { readonly applies: false; readonly failed: 'condition'; readonly condition: Condition };

const byAction = new WeakMap<Policy, Map<string, readonly Statement[]>>();

/** The statements of a policy that speak of an action; found once, since the same actions are asked about over and over. */
export function statementsOn(policy: Policy, action: string): readonly Statement[] {
  let known = byAction.get(policy);
  if (known === undefined) {
    known = new Map();
    byAction.set(policy, known);
  }
  let found = known.get(action);
  if (found === undefined) {
    found = policy.statements.filter(({ actions }) => selects(actions, (pattern) => matchesAction(pattern, action)));
    known.set(action, found);
  }
  return found;
}

/** For a statement that speaks of the request's action. */
export function judge(statement: Statement, request: Request): Outcome {
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

export function selects(selection: Selection, fits: (pattern: string) => boolean): boolean {
  return selection.patterns.some(fits) !== selection.negated;
}

/** Keys that every request carries and that follow from who asks, where the context does not say otherwise. */
function withRequestKeys(request: Request): Context {
  const { principal, context } = request;
  if (principal.kind === 'service') return context;
  return { get: (key) => context.get(key) ?? derived(principal, key.toLowerCase()) };
}

function derived(principal: Exclude<Principal, { kind: 'service' }>, key: string): readonly string[] | undefined {
  switch (key) {
    case 'aws:principalarn':
      return [principal.kind === 'session' ? principal.role : principal.arn];
    case 'aws:principalaccount':
      return [principal.arn.split(':')[4] ?? ''];
    case 'aws:principaltype':
      return [principalTypes[principal.kind]];
    case 'aws:username':
      return principal.kind === 'user' ? [principal.arn.split('/').at(-1)!] : undefined;
    default:
      return undefined;
  }
}

const principalTypes = { user: 'User', session: 'AssumedRole', 'federated-user': 'FederatedUser', root: 'Account' };
