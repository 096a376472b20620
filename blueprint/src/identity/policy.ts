import { Fn } from 'aws-cdk-lib';
import { CfnManagedPolicy } from 'aws-cdk-lib/aws-iam';
import type { Construct, IConstruct } from 'constructs';
import { accept } from '../accepted.ts';
import { because, becauseOfRules } from '../reason.ts';
import type { Words } from '../words.ts';

/** One permission, or one refusal, and why. */
export interface Statement {
  readonly sid: string;
  /** `Allow` where nothing is said. */
  readonly effect?: 'Deny';
  readonly actions?: readonly string[];
  /** Everything but these. */
  readonly except?: readonly string[];
  /** ARNs without `arn:PARTITION:`, with `REGION` and `ACCOUNT` for the stack's own, or `*`. */
  readonly on?: readonly string[];
  readonly notOn?: readonly string[];
  readonly condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
  readonly reason: Words;
}

/** A managed policy of the project's own; every statement carries its reason. AWS allows 6,144 characters. */
export function managedPolicy(
  scope: Construct,
  name: string,
  policy: { readonly reason: Words; readonly description: string; readonly statements: readonly Statement[] },
): CfnManagedPolicy {
  const made = because(
    new CfnManagedPolicy(scope, name, {
      managedPolicyName: `Terrace${name}`,
      description: policy.description,
      policyDocument: policyDocument(policy.statements),
    }),
    'identity',
    policy.reason,
  );
  becauseOfRules(made, { Statement: policy.statements.map((statement) => statement.reason) });
  acceptWildcards(made, policy.statements);
  return made;
}

export function policyDocument(statements: readonly Statement[]): object {
  return {
    Version: '2012-10-17',
    Statement: statements.map(({ sid, effect, actions, except, on, notOn, condition }) => ({
      Sid: sid,
      Effect: effect ?? 'Allow',
      ...(actions ? { Action: [...actions] } : {}),
      ...(except ? { NotAction: [...except] } : {}),
      ...(on ? { Resource: on.map(arn) } : {}),
      ...(notOn ? { NotResource: notOn.map(arn) } : {}),
      ...(condition ? { Condition: condition } : {}),
    })),
  };
}

/** `ec2:REGION:ACCOUNT:instance/*` in full; `USERNAME` is the name of whoever asks. */
export function arn(short: string): string {
  return short === '*' ? short : Fn.sub(fullArn(short));
}

function fullArn(short: string): string {
  return `arn:\${AWS::Partition}:${short}`
    .replace('REGION', `\${AWS::Region}`)
    .replace('ACCOUNT', `\${AWS::AccountId}`)
    .replace('USERNAME', `\${!aws:username}`);
}

/** Each wildcard that cdk-nag finds is accepted for the statement's own reason. */
export function acceptWildcards(construct: IConstruct, statements: readonly Statement[]): void {
  for (const { effect, actions = [], on = [], reason } of statements) {
    if (effect === 'Deny') continue;
    for (const action of actions.filter((each) => each.includes('*'))) {
      accept(construct, `AwsSolutions-IAM5[Action::${action}]`, reason.en);
    }
    for (const resource of on.filter((each) => each.includes('*'))) {
      const full = resource === '*' ? resource : fullArn(resource).replace(/\$\{([^}]*)\}/g, '<$1>');
      accept(construct, `AwsSolutions-IAM5[Resource::${full}]`, reason.en);
    }
  }
}

export function acceptAwsPolicies(construct: IConstruct, names: readonly string[], reason: string): void {
  for (const name of names) {
    accept(construct, `AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/${name}]`, reason);
  }
}

export function awsManagedPolicy(name: string): string {
  return Fn.sub(`arn:\${AWS::Partition}:iam::aws:policy/${name}`);
}
