import { actionsMatching } from './actions.ts';
import type { Demand, Demands } from './demand.ts';
import { evaluate, onlyIdentity } from './evaluate.ts';
import { managedPolicy, managedPolicyNames } from './managed.ts';
import type { Policy } from './policy.ts';
import { type Missing, type PreflightOptions, preflightOf } from './preflight.ts';
import { type PolicyDocument, smallestPolicies } from './smallest-policy.ts';
import type { Subject } from './subject.ts';

/** Three ways to mend what is missing. */
export interface Fixes {
  /** Just what is missing. Does not help against an explicit deny. */
  readonly smallest: readonly PolicyDocument[];
  /** AWS managed policies, the one that grants least else first among those that mend as much. */
  readonly managed: readonly ManagedFix[];
  /** Personas of the template that lack nothing. */
  readonly personas: readonly Subject[];
  /** What no added policy mends, because a statement forbids it. */
  readonly forbidden: readonly Missing[];
}

export interface ManagedFix {
  readonly name: string;
  /** Actions of what is missing that it allows. */
  readonly mends: readonly string[];
  readonly of: number;
  /** How many other actions it allows besides. */
  readonly grantsBesides: number;
}

export function fixesFor(
  missing: readonly Missing[],
  options: PreflightOptions & { demands: Demands; personas: readonly Subject[]; subject: Subject },
): Fixes {
  const forbidden = missing.filter((each) => each.decision.verdict === 'explicit-deny');
  const absent = missing.filter((each) => each.decision.verdict !== 'explicit-deny');
  return {
    smallest: absent.length === 0 ? [] : smallestPolicies(absent.map((each) => ({ ...each.demand, arns: each.arns }))),
    managed: absent.length === 0 ? [] : rankManaged(absent),
    personas:
      missing.length === 0
        ? []
        : options.personas.filter(
            (each) =>
              each.name !== options.subject.name &&
              preflightOf(options.demands, each, { ...options, executionRole: null }).allowed,
          ),
    forbidden,
  };
}

/** Enough of them that a person can choose. */
const shown = 6;

export function rankManaged(missing: readonly Missing[]): ManagedFix[] {
  const wanted = new Map<string, { demand: Demand; arn: string }>();
  for (const { demand, arns } of missing)
    for (const arn of arns) wanted.set(`${demand.action} ${arn}`, { demand, arn });
  const actions = new Set([...wanted.values()].map(({ demand }) => demand.action));
  const services = [...new Set([...actions].map((action) => action.split(':')[0]!))];
  const found: ManagedFix[] = [];
  for (const name of managedPolicyNames()) {
    const policy = managedPolicy(name);
    if (!policy.ok || !mentions(policy.value, services)) continue;
    const unmended = new Set<string>();
    for (const { demand, arn } of wanted.values())
      if (!unmended.has(demand.action) && !allows(policy.value, demand, arn)) unmended.add(demand.action);
    const mends = [...actions].filter((action) => !unmended.has(action));
    if (mends.length > 0) found.push({ name, mends, of: actions.size, grantsBesides: -1 });
  }
  // Counting what a policy grants is slow: only for the best few of each extent.
  return best(found)
    .map((fix) => ({ ...fix, grantsBesides: grants(fix.name) - fix.mends.length }))
    .sort(byWorth)
    .slice(0, shown);
}

function best(found: readonly ManagedFix[]): ManagedFix[] {
  const byExtent = [...found].sort((one, other) => other.mends.length - one.mends.length);
  return byExtent.slice(0, 60);
}

function byWorth(one: ManagedFix, other: ManagedFix): number {
  return (
    other.mends.length - one.mends.length ||
    one.grantsBesides - other.grantsBesides ||
    one.name.localeCompare(other.name)
  );
}

function mentions(policy: Policy, services: readonly string[]): boolean {
  return policy.statements.some(
    ({ effect, actions }) =>
      effect === 'Allow' &&
      (actions.negated ||
        actions.patterns.some((pattern) => pattern === '*' || services.includes(pattern.split(':')[0]!.toLowerCase()))),
  );
}

const nobody = { kind: 'user', arn: 'arn:aws:iam::000000000000:user/you' } as const;

function allows(policy: Policy, demand: Demand, arn: string): boolean {
  return evaluate(
    { principal: nobody, action: demand.action, resource: arn, context: demand.context },
    onlyIdentity([policy]),
  ).allowed;
}

const counted = new Map<string, number>();

/** How many actions a managed policy allows at all. */
export function grants(name: string): number {
  const known = counted.get(name);
  if (known !== undefined) return known;
  const policy = managedPolicy(name);
  if (!policy.ok) throw new Error(`no managed policy ${name}`);
  const allowed = new Set<string>();
  for (const { effect, actions } of policy.value.statements) {
    if (effect !== 'Allow') continue;
    const named = new Set(actions.patterns.flatMap((pattern) => actionsMatching(pattern).map((action) => action.name)));
    const granted = actions.negated
      ? actionsMatching('*')
          .map((action) => action.name)
          .filter((action) => !named.has(action))
      : named;
    for (const action of granted) allowed.add(action);
  }
  counted.set(name, allowed.size);
  return allowed.size;
}
