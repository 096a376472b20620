import { type Decision, evaluate, type Policies } from '../evaluation/evaluate.ts';
import type { Subject } from '../evaluation/subject.ts';
import type { Context } from '../policy/context.ts';
import { statementsOn } from '../policy/statement.ts';
import { requestContexts } from '../request-keys/request-contexts.ts';
import type { Demand } from './demand.ts';

/**
 * Whether somebody is allowed one demand on one ARN: every request that it becomes. Where no statement asks for more than action and resource, the
 * same action on the same ARN is decided once.
 *
 * @param base what the way of the call adds to the demand's own context
 * @param answers what was decided before, for the same somebody
 */
export function decisionOn(
  demand: Demand,
  arn: string,
  of: Pick<Subject, 'name' | 'principal' | 'policies'>,
  base: Context,
  answers: Map<string, Decision>,
): Decision {
  const decision = decided(demand, arn, of, base, answers);
  // A value that is not known decides whether this is asked for, or on what.
  return decision.allowed || demand.dependsOn.length === 0
    ? decision
    : { ...decision, verdict: 'depends', decidedBy: [], dependsOn: [...demand.dependsOn] };
}

function decided(
  demand: Demand,
  arn: string,
  of: Pick<Subject, 'name' | 'principal' | 'policies'>,
  base: Context,
  answers: Map<string, Decision>,
): Decision {
  const { action, unknownName, unknownPolicy } = demand;
  const policies = {
    ...of.policies,
    resource: demand.resourcePolicy,
    unknown: [...(of.policies.unknown ?? []), ...(unknownPolicy === null ? [] : [unknownPolicy])],
  };
  const decide = (context: Context) =>
    evaluate({ principal: of.principal, action, resource: arn, context, unknownName }, policies);
  if (!isPlain(policies, demand.action)) {
    const contexts = requestContexts(demand.inventory, demand.resource, demand.action, arn, base);
    return worst(contexts.map(decide));
  }
  const key = [of.name, action, arn, demand.resourcePolicy?.name, unknownName, unknownPolicy].join(' ');
  const known = answers.get(key) ?? decide(base);
  answers.set(key, known);
  return known;
}

function isPlain(policies: Policies, action: string): boolean {
  const all = [
    ...policies.identity,
    ...(policies.boundary ?? []),
    ...(policies.session ?? []),
    ...policies.serviceControl.flat(),
    ...(policies.resource ? [policies.resource] : []),
  ];
  return all.every((policy) =>
    statementsOn(policy, action).every(
      ({ conditions, resources }) =>
        conditions.length === 0 && !(resources?.patterns ?? []).some((pattern) => pattern.includes('${')),
    ),
  );
}

/** Every request of a demand has to be allowed. */
function worst(decisions: readonly Decision[]): Decision {
  return (
    decisions.find(({ verdict }) => verdict !== 'allowed' && verdict !== 'depends') ??
    decisions.find(({ verdict }) => verdict === 'depends') ??
    decisions[0]!
  );
}
