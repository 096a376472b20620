import type { Phase } from '@terrace/cloud/families/contract/need';
import type { Inventory } from '@terrace/cloud/inventory';
import type { Mistake } from '@terrace/cloud/mistake';
import type { Decision } from '../evaluation/evaluate.ts';
import type { Subject } from '../evaluation/subject.ts';
import { withSignIn } from '../evaluation/subject.ts';
import { type Context, contextOf, withKeys } from '../policy/context.ts';
import type { Demand } from './demand.ts';
import { decisionOn } from './demand-decision.ts';
import { type Demands, demandsOf, type Via } from './demands.ts';
import { isStackDemand } from './stack-demand.ts';

/** What is missing before anything is created. */
export interface Preflight {
  readonly subject: Subject;
  readonly via: Via;
  /** The role that CloudFormation is given, which then makes the resources in the subject's place. */
  readonly executionRole: Subject | null;
  readonly allowed: boolean;
  /** How many actions on how many resources were asked about. */
  readonly checked: { readonly actions: number; readonly resources: number };
  /** In the order in which a deployment would run into it. */
  readonly missing: readonly Missing[];
  /** Types whose needs are not known: where there are any, it is not known whether the deployment is allowed, which counts as no. */
  readonly unknown: readonly Mistake[];
}

export interface Missing {
  readonly demand: Demand;
  /** Those of the demand's ARNs that are refused. */
  readonly arns: readonly string[];
  readonly decision: Decision;
  /** Whose permission it is that is missing. */
  readonly of: Subject;
}

export interface PreflightOptions {
  readonly via: Via;
  readonly phases?: readonly Phase[];
  readonly executionRole?: Subject | null;
  /** Whether the subject signed in with a second factor; true unless said otherwise. */
  readonly mfa?: boolean;
}

/** Walks a deployment in order and collects all that is missing at once. */
export function preflight(inventory: Inventory, subject: Subject, options: PreflightOptions): Preflight {
  return preflightOf(demandsOf(inventory, options), subject, options);
}

/** The same for demands at hand, so that several subjects are judged by one walk. */
export function preflightOf({ demands, unknown }: Demands, subject: Subject, options: PreflightOptions): Preflight {
  const role = options.executionRole ?? null;
  const asked = role === null ? demands : [...demands, passing(demands, role)];
  const answers = new Map<string, Decision>();
  const missing: Missing[] = [];
  for (const demand of asked) {
    const of = role !== null && !isStackDemand(demand) ? role : subject;
    const base = requestContext(demand, options, of !== subject);
    const refused = demand.arns
      .map((arn) => ({ arn, decision: decisionOn(demand, arn, of, base, answers) }))
      .filter(({ decision }) => !decision.allowed);
    if (refused.length > 0)
      missing.push({ demand, arns: refused.map(({ arn }) => arn), decision: refused[0]!.decision, of });
  }
  return {
    subject,
    via: options.via,
    executionRole: role,
    allowed: missing.length === 0 && unknown.length === 0,
    checked: {
      actions: new Set(asked.map(({ action }) => action)).size,
      resources: new Set(asked.flatMap(({ resource }) => resource?.key ?? [])).size,
    },
    missing,
    unknown,
  };
}

/**
 * How a call reaches the service: from CloudFormation on the caller's session, from CloudFormation by the role that it was given, or from the
 * caller. On the caller's session, AWS's pages disagree about the address that the service sees, so that is not known.
 *
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/access_forward_access_sessions.html
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-sourceip
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-viaawsservice
 */
function requestContext(demand: Demand, options: PreflightOptions, byRole: boolean): Context {
  const every = withKeys(demand.context, { 'aws:PrincipalIsAWSService': 'false' });
  if (byRole) return withKeys(every, { 'aws:ViaAWSService': 'false' });
  const signedIn = withSignIn(every, options.mfa ?? true);
  if (options.via !== 'cloudformation' || isStackDemand(demand)) return signedIn;
  return withKeys(signedIn, {
    'aws:CalledVia': ['cloudformation.amazonaws.com'],
    'aws:CalledViaFirst': 'cloudformation.amazonaws.com',
    'aws:CalledViaLast': 'cloudformation.amazonaws.com',
    'aws:ViaAWSService': 'true',
  });
}

/** Whoever gives CloudFormation a role has to be allowed to pass it. */
function passing(demands: readonly Demand[], role: Subject): Demand {
  const first = demands[0]!;
  const arn = role.principal.kind === 'session' ? role.principal.role : '*';
  return {
    ...first,
    resource: null,
    subject: first.stack,
    action: 'iam:PassRole',
    arns: [arn],
    context: contextOf({ 'iam:PassedToService': 'cloudformation.amazonaws.com' }),
    why: {
      en: 'hands CloudFormation the role that makes the resources',
      ko: '리소스를 만들 역할을 CloudFormation에 넘깁니다',
    },
    page: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-iam-servicerole.html',
  };
}
