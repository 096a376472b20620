import { notKnown } from '@terrace/cloud/families/contract/request-keys';
import { resourceMatches } from './arn.ts';
import { meets } from './condition.ts';
import type { Condition } from './condition-operator.ts';
import type { Context } from './context.ts';
import { globsMeet, hasUnknownVariable, matchesAction } from './pattern.ts';
import type { Policy, Selection, Statement } from './policy.ts';
import { exceptionOf, type Naming, namingOf, type Principal } from './principal.ts';

export interface Request {
  readonly principal: Principal;
  /** `service:Name`. */
  readonly action: string;
  /** An ARN, or `*` for an action that concerns no resource. */
  readonly resource: string;
  readonly context: Context;
  /** The property that names the resource, where its value is not known: `resource` then has a `*` for it. */
  readonly unknownName?: string | null;
}

/** Whether one statement applies to one request. */
export type Outcome =
  | { readonly applies: true; readonly naming: Naming | null }
  /** It depends on these: condition keys whose values are not known, or an exception that AWS's page leaves open. */
  | { readonly applies: typeof notKnown; readonly naming: Naming | null; readonly dependsOn: readonly string[] }
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

/** For a statement that speaks of the request's action. `hasBoundary`: whether a permissions boundary is attached to the principal. */
export function judge(statement: Statement, request: Request, hasBoundary = false): Outcome {
  const dependsOn: string[] = [...statement.open];
  const naming = namingBy(statement, request, hasBoundary);
  if (naming === null && statement.principals !== null) return { applies: false, failed: 'principal' };
  if (naming === notKnown) dependsOn.push('NotPrincipal');
  const context = withRequestKeys(request);
  const fits = (pattern: string, resource = request.resource) =>
    resourceMatches(pattern, resource, context, statement.variables);
  if (statement.resources !== null) {
    const open = statement.variables
      ? statement.resources.patterns.filter((each) => hasUnknownVariable(each, context))
      : [];
    if (open.length > 0) dependsOn.push(...open);
    else {
      const selected = request.unknownName
        ? selectsUnknown(statement.resources, request.resource, fits)
        : selects(statement.resources, (pattern) => fits(pattern));
      if (selected === false) return { applies: false, failed: 'resource' };
      if (selected === notKnown) dependsOn.push(request.unknownName!);
    }
  }
  for (const condition of statement.conditions) {
    const met = meets(condition, context, statement.variables);
    if (met === false) return { applies: false, failed: 'condition', condition };
    if (met === notKnown) dependsOn.push(condition.key);
  }
  const named = naming === notKnown ? 'itself' : naming;
  return dependsOn.length === 0
    ? { applies: true, naming: named }
    : { applies: notKnown, naming: named, dependsOn: [...new Set(dependsOn)] };
}

function namingBy(
  { principals, effect }: Statement,
  { principal }: Request,
  hasBoundary: boolean,
): Naming | typeof notKnown | null {
  if (principals === null) return null;
  if (!principals.negated || effect === 'Allow') return namingOf(principals, principal);
  const excepted = exceptionOf(principals, principal, hasBoundary);
  return excepted === notKnown ? notKnown : excepted ? null : 'itself';
}

/** Whether a selection has a resource of which a part of the name is not known. */
function selectsUnknown(
  { patterns, negated }: Selection,
  resource: string,
  fits: (pattern: string, resource: string) => boolean,
): boolean | typeof notKnown {
  const names = ['\u0001', '\u0002\u0002'].map((part) => resource.replaceAll('*', part));
  if (patterns.some((pattern) => names.every((name) => fits(pattern, name)))) return !negated;
  const mayFit = patterns.some((pattern) => globsMeet(pattern.replace(/\$\{[^}]*\}/g, '*'), resource));
  return mayFit ? notKnown : negated;
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
