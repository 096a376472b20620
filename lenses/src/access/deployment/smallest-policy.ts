import { knownValue } from '../policy/context.ts';
import type { Demand } from './demand.ts';

/** A policy document as IAM takes it. */
export interface PolicyDocument {
  readonly Version: '2012-10-17';
  readonly Statement: readonly PolicyStatement[];
}

export interface PolicyStatement {
  readonly Sid: string;
  readonly Effect: 'Allow';
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/**
 * Non-white characters that IAM allows a managed policy.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
export const managedPolicyLimit = 6144;

/**
 * The smallest policies that allow these demands: by resource where AWS allows it, roles passed only to the service that gets
 * them, and in as many documents as IAM's size limit asks for.
 */
export function smallestPolicies(demands: readonly Pick<Demand, 'action' | 'arns' | 'context'>[]): PolicyDocument[] {
  const byTarget = new Map<
    string,
    { resources: readonly string[]; condition: PolicyStatement['Condition']; actions: Set<string> }
  >();
  for (const { action, arns, context } of demands) {
    const resources = [...arns].sort();
    const condition = conditionOf(
      action,
      knownValue(context, 'iam:PassedToService'),
      knownValue(context, 'iam:AWSServiceName'),
    );
    const key = JSON.stringify([resources, condition]);
    const entry = byTarget.get(key) ?? { resources, condition, actions: new Set<string>() };
    entry.actions.add(action);
    byTarget.set(key, entry);
  }
  return pack(mergeEqualActions([...byTarget.values()]));
}

function conditionOf(action: string, passedTo?: string, linked?: string): PolicyStatement['Condition'] {
  if (action === 'iam:PassRole' && passedTo) return { StringEquals: { 'iam:PassedToService': passedTo } };
  if (action === 'iam:CreateServiceLinkedRole' && linked) return { StringEquals: { 'iam:AWSServiceName': linked } };
  return undefined;
}

/** Targets that need just the same actions share a statement. */
function mergeEqualActions(
  entries: readonly {
    resources: readonly string[];
    condition: PolicyStatement['Condition'];
    actions: ReadonlySet<string>;
  }[],
): Omit<PolicyStatement, 'Sid'>[] {
  const merged = new Map<string, Omit<PolicyStatement, 'Sid'>>();
  // What is allowed on everything needs not be allowed on a part again.
  const everywhere = new Set(
    entries.filter((each) => each.resources.includes('*')).flatMap((each) => [...each.actions]),
  );
  for (const { resources, condition, actions } of entries) {
    const left = resources.includes('*') ? actions : new Set([...actions].filter((action) => !everywhere.has(action)));
    if (left.size === 0) continue;
    const Action = [...left].sort();
    const key = JSON.stringify([Action, condition]);
    const before = merged.get(key);
    merged.set(key, {
      Effect: 'Allow',
      Action,
      Resource: before ? [...new Set([...before.Resource, ...resources])].sort() : resources,
      ...(condition ? { Condition: condition } : {}),
    });
  }
  return [...merged.values()].sort((one, other) => one.Action[0]!.localeCompare(other.Action[0]!));
}

/** First fit, so that documents stay few. A statement too long for one document is parted. */
function pack(statements: readonly Omit<PolicyStatement, 'Sid'>[]): PolicyDocument[] {
  const documents: Omit<PolicyStatement, 'Sid'>[][] = [];
  for (const statement of statements.flatMap(part)) {
    const home = documents.find((each) => sizeOf(numbered([...each, statement])) <= managedPolicyLimit);
    if (home) home.push(statement);
    else documents.push([statement]);
  }
  return documents.map(numbered);
}

function part(statement: Omit<PolicyStatement, 'Sid'>): Omit<PolicyStatement, 'Sid'>[] {
  if (sizeOf(numbered([statement])) <= managedPolicyLimit) return [statement];
  const list = statement.Resource.length > 1 ? 'Resource' : 'Action';
  const middle = Math.ceil(statement[list].length / 2);
  return [statement[list].slice(0, middle), statement[list].slice(middle)].flatMap((half) =>
    part({ ...statement, [list]: half }),
  );
}

export function sizeOf(document: PolicyDocument): number {
  return JSON.stringify(document).replace(/\s/g, '').length;
}

function numbered(statements: readonly Omit<PolicyStatement, 'Sid'>[]): PolicyDocument {
  return {
    Version: '2012-10-17',
    Statement: statements.map((statement, index) => ({ Sid: sidOf(statement, index), ...statement })),
  };
}

function sidOf(statement: Omit<PolicyStatement, 'Sid'>, index: number): string {
  const service = statement.Action[0]!.split(':')[0]!.replace(/[^a-zA-Z0-9]/g, '');
  return `${service[0]!.toUpperCase()}${service.slice(1)}${index + 1}`;
}
