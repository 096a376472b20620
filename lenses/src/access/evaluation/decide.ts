import { findResource, type Inventory, type Resource, unknownProperties } from '@terrace/cloud/inventory';
import { identityView } from '@terrace/cloud/views/identity';
import { parseArn } from '../policy/arn.ts';
import { contextOf, withNotKnown } from '../policy/context.ts';
import { type Policy, parsePolicy } from '../policy/policy.ts';
import { requestContexts } from '../request-keys/request-contexts.ts';
import { type Decision, evaluate } from './evaluate.ts';
import { defaultKeyPolicy } from './key-policy.ts';
import { type Subject, withSignIn } from './subject.ts';

export interface ActionQuestion {
  readonly action: string;
  readonly arn: string;
  /** Whether the subject signed in with a second factor. */
  readonly mfa: boolean;
  /** Condition keys of the request that are known besides. */
  readonly keys?: Readonly<Record<string, string>>;
}

/**
 * Whether a subject may do one thing to one resource, called directly. The template's own resource policies, key policies and trust policies have
 * their say; the tags of what is not in the template, and what depends on the caller, are not known.
 */
export function decide(inventory: Inventory, subject: Subject, question: ActionQuestion): Decision {
  const { action, arn, mfa, keys = {} } = question;
  const resource = resourceOf(inventory, arn);
  const known = withSignIn(
    contextOf({
      'aws:RequestedRegion': parseArn(arn)?.region || regionOf(action, inventory),
      'aws:ResourceAccount': parseArn(arn)?.account || inventory.account,
      'aws:SecureTransport': 'true',
      'aws:PrincipalIsAWSService': 'false',
      ...(resource ? tagKeys(resource) : {}),
      ...keys,
    }),
    mfa,
  );
  const knowsTags = resource !== undefined && !unknownProperties(inventory, resource).includes('Tags');
  const base = withNotKnown(known, (key) =>
    knowsTags ? /^aws:(requesttag\/|tagkeys$)/.test(key) : /^aws:(re(source|quest)tag\/|tagkeys$)/.test(key),
  );
  const [context] = requestContexts(inventory, null, action, arn, base);
  const policy = policyOn(inventory, arn, resource);
  const decision = evaluate(
    { principal: subject.principal, action, resource: arn, context: context! },
    {
      ...subject.policies,
      resource: policy === 'not known' ? null : policy,
      unknown: [...(subject.policies.unknown ?? []), ...unknownPolicies(inventory, arn)],
    },
  );
  return policy === 'not known' && decision.layer === 'resource' && decision.verdict === 'implicit-deny'
    ? openPolicy(inventory, subject, question, decision)
    : decision;
}

/** A key or role that the template does not have: its policy must allow, and is not known. Whoever could not even if it did, may not. */
function openPolicy(inventory: Inventory, subject: Subject, question: ActionQuestion, decision: Decision): Decision {
  const isKey = question.action.startsWith('kms:');
  const context = contextOf({ 'aws:SecureTransport': 'true' });
  const own = evaluate(
    {
      principal: subject.principal,
      action: question.action,
      resource: question.arn,
      context: withNotKnown(context, () => true),
    },
    { ...subject.policies, resource: defaultKeyPolicy(inventory.account) },
  );
  if (isKey && own.verdict === 'explicit-deny') return own;
  return { ...decision, verdict: 'depends', dependsOn: [isKey ? 'key policy' : 'trust policy'] };
}

/** Properties that state the policy of what an ARN names, where their values are not known. */
function unknownPolicies(inventory: Inventory, arn: string): string[] {
  return identityView(inventory).resourcePolicies.flatMap(({ resourceArn, unknown }) =>
    unknown !== null && covers(resourceArn, arn) ? unknown : [],
  );
}

/** The policy of what an ARN names; `not known` for a key or a role that is not the template's. */
function policyOn(inventory: Inventory, arn: string, resource: Resource | undefined): Policy | 'not known' | null {
  const found = identityView(inventory).resourcePolicies.find(
    ({ resourceArn, unknown }) => unknown === null && covers(resourceArn, arn),
  );
  if (found) {
    const policy = parsePolicy(found.document, {
      name: found.statedBy.split('/').at(-1)!,
      kind: found.isTrust ? 'trust' : 'resource',
      place: found.place,
    });
    // One that cannot be read allows nothing; `validate` says what is wrong with it.
    return policy.ok ? policy.value : null;
  }
  if (resource?.type === 'AWS::KMS::Key') return defaultKeyPolicy(inventory.account);
  return /^arn:aws[\w-]*:(kms:[^:]*:[^:]*:key\/|iam:[^:]*:[^:]*:role\/)/.test(arn) ? 'not known' : null;
}

/** An object's policy is its bucket's. */
function covers(holder: string, arn: string): boolean {
  return holder === arn || (holder.startsWith('arn:aws:s3:::') && arn.startsWith(`${holder}/`));
}

function resourceOf(inventory: Inventory, arn: string): Resource | undefined {
  const bucket = /^arn:aws:s3:::([^/]+)/.exec(arn)?.[1];
  return (
    findResource(inventory, arn) ??
    inventory.resources.find(({ attributes }) => attributes.Arn === arn) ??
    (bucket === undefined
      ? undefined
      : inventory.resources.find(({ type, physicalId }) => type === 'AWS::S3::Bucket' && physicalId === bucket))
  );
}

function tagKeys({ tags, stack }: Resource): Record<string, string> {
  return {
    ...Object.fromEntries(Object.entries(tags).map(([key, value]) => [`aws:ResourceTag/${key}`, value])),
    'aws:ResourceTag/aws:cloudformation:stack-name': stack,
  };
}

/**
 * Global services answer in one region.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-requestedregion
 */
function regionOf(action: string, inventory: Inventory): string {
  const service = action.split(':')[0]!;
  if (service === 'globalaccelerator') return 'us-west-2';
  return ['iam', 'cloudfront', 'route53', 'organizations', 'budgets', 'support'].includes(service)
    ? 'us-east-1'
    : inventory.region;
}
