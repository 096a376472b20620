import { onlyIdentity } from '../evaluation/evaluate.ts';
import type { Subject } from '../evaluation/subject.ts';
import { actionsMatching } from '../policy/actions.ts';
import { managedPolicy, managedPolicyNames } from '../policy/managed.ts';
import type { Policy } from '../policy/policy.ts';
import type { Demand } from './demand.ts';
import { decisionOn } from './demand-decision.ts';
import type { Demands } from './demands.ts';
import { type Missing, type PreflightOptions, preflightOf } from './preflight.ts';
import { type PolicyDocument, smallestPolicies } from './smallest-policy.ts';

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
  /**
   * What a statement allows under a condition that the template does not meet. The condition was set on purpose, so no policy without it is
   * offered: the template is to meet it.
   */
  readonly conditional: readonly Missing[];
  /** What is allowed or not by a value that is not known. */
  readonly open: readonly Missing[];
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
  const open = missing.filter((each) => each.decision.verdict === 'depends');
  const lacking = missing.filter((each) => each.decision.verdict === 'implicit-deny');
  const conditional = lacking.filter(isConditional);
  const absent = lacking.filter((each) => !isConditional(each));
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
    conditional,
    open,
  };
}

function isConditional({ decision }: Missing): boolean {
  return decision.layer === 'identity' && decision.near.some(({ because }) => because.failed === 'condition');
}

/** Enough of them that a person can choose. */
const shown = 6;

function rankManaged(missing: readonly Missing[]): ManagedFix[] {
  const wanted = new Map<string, { demand: Demand; arn: string; by: Missing }>();
  for (const by of missing)
    for (const arn of by.arns) wanted.set(`${by.demand.action} ${arn}`, { demand: by.demand, arn, by });
  const actions = new Set([...wanted.values()].map(({ demand }) => demand.action));
  const services = [...new Set([...actions].map((action) => action.split(':')[0]!))];
  const found: ManagedFix[] = [];
  for (const name of managedPolicyNames()) {
    const policy = managedPolicy(name);
    if (!policy.ok || !mentions(policy.value, services)) continue;
    const unmended = new Set<string>();
    for (const { demand, arn, by } of wanted.values())
      if (!unmended.has(demand.action) && !allows(policy.value, by, arn)) unmended.add(demand.action);
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

/** Whether the policy alone would do, held by whoever lacks it. */
function allows(policy: Policy, { demand, of }: Missing, arn: string): boolean {
  const held = { name: policy.name, principal: of.principal, policies: onlyIdentity([policy]) };
  return decisionOn(demand, arn, held, demand.context, new Map()).allowed;
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

/** Of the policies that somebody holds, those that a deployment could do without, the widest left out first. */
export function notNeeded(demands: Demands, subject: Subject, options: PreflightOptions): string[] {
  const lacks = (identity: readonly Policy[]) =>
    preflightOf(demands, { ...subject, policies: { ...subject.policies, identity } }, options)
      .missing.map(({ demand, arns }) => `${demand.subject} ${demand.action} ${arns.join()}`)
      .join('\n');
  let held = [...subject.policies.identity];
  const before = lacks(held);
  const spare: string[] = [];
  for (const policy of [...held].sort((one, other) => breadth(other) - breadth(one))) {
    const rest = held.filter((each) => each !== policy);
    if (lacks(rest) !== before) continue;
    held = rest;
    spare.push(policy.name);
  }
  return spare;
}

function breadth(policy: Policy): number {
  return policy.statements
    .filter(({ effect }) => effect === 'Allow')
    .reduce(
      (sum, { actions }) =>
        sum +
        (actions.negated
          ? 1e5
          : actions.patterns.reduce((count, pattern) => count + actionsMatching(pattern).length, 0)),
      0,
    );
}
