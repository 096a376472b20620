import {
  type Inventory,
  ofType,
  type Resource,
  type ResourceKey,
  shownProperty,
  unknownProperties,
} from '../inventory.ts';
import { isObject, type Json, type JsonObject } from '../json.ts';
import type { Place } from '../mistake.ts';
import { type Words, words } from '../words.ts';

/**
 * Who there is in an inventory and what documents say about them: users, groups and roles with their policies, and
 * policies of resources. Documents stay as the template wrote them; the access lens reads their language.
 */
export interface IdentityView {
  readonly account: string;
  readonly region: string;
  readonly principals: readonly IdentityPrincipal[];
  /** The template's own managed policies, whoever holds them: a bootstrap may be given them. */
  readonly managedPolicies: readonly StatedPolicy[];
  readonly resourcePolicies: readonly ResourcePolicy[];
}

export interface IdentityPrincipal {
  readonly kind: 'user' | 'group' | 'role';
  readonly arn: string;
  readonly name: string;
  readonly statedBy: ResourceKey;
  readonly place: Place;
  readonly policies: readonly StatedPolicy[];
  readonly boundary: PolicySource | null;
  /** Names of groups; only of users. */
  readonly groups: readonly string[];
  /** Who may assume it; only of roles. */
  readonly trust: Json | null;
  /** From the metadata `Terrace::Persona`. */
  readonly persona: Persona | null;
  /** Properties that give it policies, a boundary or groups, where their values are not known. */
  readonly unknown: readonly string[];
}

interface Persona {
  readonly name: string;
  readonly purpose: Words;
}

export interface StatedPolicy {
  /** What a person calls it: the managed policy's name, or the logical id and the inline policy's name. */
  readonly name: string;
  readonly source: PolicySource;
  readonly statedBy: ResourceKey | null;
  readonly place: Place;
  /** `Terrace::Reason` of the policy, if it states one. */
  readonly reason: Words | null;
  /** `Terrace::Reasons` of its statements, by their position. */
  readonly statementReasons: readonly (Words | null)[];
  /** The property that says to whom it is attached, where its value is not known. */
  readonly attachedBy: string | null;
}

/** A document in the template, or the ARN of one that is not (an AWS managed policy, as a rule). */
export type PolicySource =
  | { readonly kind: 'document'; readonly arn: string | null; readonly document: Json }
  | { readonly kind: 'arn'; readonly arn: string };

interface ResourcePolicy {
  readonly resourceArn: string;
  readonly statedBy: ResourceKey;
  readonly place: Place;
  readonly document: Json;
  /** The property that states the document, where its value is not known. */
  readonly unknown: string | null;
  /** Who may assume a role: a policy that names no resource. */
  readonly isTrust: boolean;
}

export function identityView(inventory: Inventory): IdentityView {
  return {
    account: inventory.account,
    region: inventory.region,
    principals: [
      ...ofType(inventory, 'AWS::IAM::User').map((resource) => principal(inventory, resource, 'user')),
      ...ofType(inventory, 'AWS::IAM::Group').map((resource) => principal(inventory, resource, 'group')),
      ...ofType(inventory, 'AWS::IAM::Role').map((resource) => principal(inventory, resource, 'role')),
    ],
    managedPolicies: ofType(inventory, 'AWS::IAM::ManagedPolicy').map(managed),
    resourcePolicies: resourcePolicies(inventory),
  };
}

function managed(policy: Resource): StatedPolicy {
  return {
    name: policy.logicalId,
    source: { kind: 'document', arn: policy.physicalId, document: policy.properties.PolicyDocument ?? null },
    statedBy: policy.key,
    place: policy.place,
    reason: reasonOf(policy),
    statementReasons: statementReasons(policy),
    attachedBy: null,
  };
}

function principal(inventory: Inventory, resource: Resource, kind: IdentityPrincipal['kind']): IdentityPrincipal {
  const { properties } = resource;
  return {
    kind,
    arn: arnOf(resource, inventory, kind),
    name: resource.physicalId,
    statedBy: resource.key,
    place: resource.place,
    policies: [...inline(resource), ...attached(inventory, resource), ...fromPolicies(inventory, resource, kind)],
    boundary: boundaryOf(inventory, properties.PermissionsBoundary),
    groups: kind === 'user' ? [...texts(properties.Groups), ...additions(inventory, resource.physicalId)] : [],
    trust: properties.AssumeRolePolicyDocument ?? null,
    persona: personaOf(resource.metadata['Terrace::Persona']),
    unknown: unknownOf(inventory, resource, kind),
  };
}

/** One whose document is not known is among what is `unknown`. */
function boundaryOf(inventory: Inventory, arn: Json | undefined): PolicySource | null {
  if (typeof arn !== 'string') return null;
  const stated = managedByArn(inventory, arn);
  return stated && unknownDocument(inventory, stated) ? null : sourceOf(inventory, arn);
}

function arnOf(resource: Resource, inventory: Inventory, kind: string): string {
  const { Arn } = resource.attributes;
  if (typeof Arn === 'string') return Arn;
  const path = typeof resource.properties.Path === 'string' ? resource.properties.Path : '/';
  return `arn:aws:iam::${inventory.account}:${kind}${path}${resource.physicalId}`;
}

function inline(resource: Resource): StatedPolicy[] {
  return objects(resource.properties.Policies).map((policy) => ({
    name: `${resource.logicalId}/${String(policy.PolicyName ?? '')}`,
    source: { kind: 'document', arn: null, document: policy.PolicyDocument ?? null },
    statedBy: resource.key,
    place: resource.place,
    reason: reasonOf(resource),
    statementReasons: [],
    attachedBy: null,
  }));
}

/** `ManagedPolicyArns`. */
function attached(inventory: Inventory, resource: Resource): StatedPolicy[] {
  return texts(resource.properties.ManagedPolicyArns).flatMap((arn) => {
    const stated = managedByArn(inventory, arn);
    if (stated && unknownDocument(inventory, stated)) return [];
    return {
      name: stated?.logicalId ?? arn.split('/').at(-1) ?? arn,
      source: sourceOf(inventory, arn),
      statedBy: stated?.key ?? null,
      place: stated?.place ?? resource.place,
      reason: stated ? reasonOf(stated) : null,
      statementReasons: stated ? statementReasons(stated) : [],
      attachedBy: null,
    };
  });
}

const listsOf = { user: 'Users', group: 'Groups', role: 'Roles' } as const;
const attachmentTypes = {
  user: ['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy', 'AWS::IAM::UserPolicy'],
  group: ['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy', 'AWS::IAM::GroupPolicy'],
  role: ['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy', 'AWS::IAM::RolePolicy'],
} as const;

/** Policies that are resources of their own and name who they are for. */
function fromPolicies(inventory: Inventory, resource: Resource, kind: IdentityPrincipal['kind']): StatedPolicy[] {
  return ofType(inventory, ...attachmentTypes[kind]).flatMap((policy) => {
    const attachment = attachmentOf(inventory, policy, resource, kind);
    if (attachment === null || unknownDocument(inventory, policy)) return [];
    return {
      name: policy.logicalId,
      source: {
        kind: 'document' as const,
        arn: policy.type === 'AWS::IAM::ManagedPolicy' ? policy.physicalId : null,
        document: policy.properties.PolicyDocument ?? null,
      },
      statedBy: policy.key,
      place: policy.place,
      reason: reasonOf(policy),
      statementReasons: statementReasons(policy),
      attachedBy: attachment.unknown,
    };
  });
}

/** Whether a policy names a principal; `unknown` is the property that may, where its value is not known. */
function attachmentOf(
  inventory: Inventory,
  policy: Resource,
  { physicalId }: Resource,
  kind: IdentityPrincipal['kind'],
): { readonly unknown: string | null } | null {
  const list = listsOf[kind];
  const single = { user: 'UserName', group: 'GroupName', role: 'RoleName' }[kind];
  const { properties } = policy;
  if (texts(properties[list]).includes(physicalId) || properties[single] === physicalId) return { unknown: null };
  const open = unknownProperties(inventory, policy).find((each) => each === list || each === single);
  return open === undefined ? null : { unknown: shownProperty(policy, open) };
}

/** Properties of a principal, of its policies and of its memberships that say what it may, where their values are not known. */
function unknownOf(inventory: Inventory, resource: Resource, kind: IdentityPrincipal['kind']): string[] {
  const own = unknownProperties(inventory, resource)
    .filter((each) => ['Policies', 'ManagedPolicyArns', 'PermissionsBoundary', 'Groups'].includes(each))
    .map((each) => shownProperty(resource, each));
  const named = [...texts(resource.properties.ManagedPolicyArns), resource.properties.PermissionsBoundary].flatMap(
    (arn) => (typeof arn === 'string' ? (managedByArn(inventory, arn) ?? []) : []),
  );
  const naming = ofType(inventory, ...attachmentTypes[kind]).filter((policy) =>
    attachmentOf(inventory, policy, resource, kind),
  );
  const documents = [...named, ...naming].flatMap((policy) => unknownDocument(inventory, policy) ?? []);
  return [...new Set([...own, ...documents, ...(kind === 'user' ? unknownMemberships(inventory, resource) : [])])];
}

function unknownDocument(inventory: Inventory, policy: Resource): string | undefined {
  const open = unknownProperties(inventory, policy).includes('PolicyDocument');
  return open ? shownProperty(policy, 'PolicyDocument') : undefined;
}

function unknownMemberships(inventory: Inventory, user: Resource): string[] {
  return ofType(inventory, 'AWS::IAM::UserToGroupAddition').flatMap((addition) => {
    const open = unknownProperties(inventory, addition);
    if (open.includes('Users')) return [shownProperty(addition, 'Users')];
    const isMember = texts(addition.properties.Users).includes(user.physicalId);
    return isMember && open.includes('GroupName') ? [shownProperty(addition, 'GroupName')] : [];
  });
}

function sourceOf(inventory: Inventory, arn: string): PolicySource {
  const stated = managedByArn(inventory, arn);
  return stated ? { kind: 'document', arn, document: stated.properties.PolicyDocument ?? null } : { kind: 'arn', arn };
}

function managedByArn(inventory: Inventory, arn: string): Resource | undefined {
  return ofType(inventory, 'AWS::IAM::ManagedPolicy').find((policy) => policy.physicalId === arn);
}

function additions(inventory: Inventory, user: string): string[] {
  return ofType(inventory, 'AWS::IAM::UserToGroupAddition')
    .filter(({ properties }) => texts(properties.Users).includes(user))
    .flatMap(({ properties }) => (properties.GroupName === undefined ? [] : String(properties.GroupName)));
}

function resourcePolicies(inventory: Inventory): ResourcePolicy[] {
  const found: ResourcePolicy[] = [];
  const add = (resource: Resource, arn: Json | undefined, property: string, isTrust = false) => {
    const document = resource.properties[property] ?? null;
    const unknown = unknownProperties(inventory, resource).includes(property)
      ? shownProperty(resource, property)
      : null;
    if (typeof arn === 'string' && (document !== null || unknown !== null))
      found.push({ resourceArn: arn, statedBy: resource.key, place: resource.place, document, unknown, isTrust });
  };
  for (const resource of inventory.resources) {
    const { properties, attributes } = resource;
    switch (resource.type) {
      case 'AWS::S3::BucketPolicy':
        add(resource, `arn:aws:s3:::${String(properties.Bucket)}`, 'PolicyDocument');
        break;
      case 'AWS::KMS::Key':
        add(resource, attributes.Arn, 'KeyPolicy');
        break;
      case 'AWS::SNS::TopicPolicy':
        for (const topic of texts(properties.Topics)) add(resource, topic, 'PolicyDocument');
        break;
      case 'AWS::SQS::QueuePolicy':
        for (const url of texts(properties.Queues))
          add(
            resource,
            ofType(inventory, 'AWS::SQS::Queue').find((queue) => queue.physicalId === url)?.attributes.Arn,
            'PolicyDocument',
          );
        break;
      case 'AWS::IAM::Role':
        add(resource, arnOf(resource, inventory, 'role'), 'AssumeRolePolicyDocument', true);
        break;
      case 'AWS::SecretsManager::ResourcePolicy':
        add(resource, properties.SecretId, 'ResourcePolicy');
        break;
    }
  }
  return found;
}

function personaOf(value: Json | undefined): Persona | null {
  if (!isObject(value) || typeof value.name !== 'string') return null;
  return { name: value.name, purpose: wordsOf(value.purpose) ?? words('', '') };
}

function reasonOf(resource: Resource): Words | null {
  return wordsOf(resource.metadata['Terrace::Reason']);
}

/** Of a policy that is a resource of its own: `Statement/0`, `Statement/1` and so on. */
function statementReasons(policy: Resource): (Words | null)[] {
  const stated = policy.metadata['Terrace::Reasons'];
  if (!isObject(stated)) return [];
  const count = Object.keys(stated).filter((key) => key.startsWith('Statement/')).length;
  return Array.from({ length: count }, (_, index) => wordsOf(stated[`Statement/${index}`]));
}

function wordsOf(value: Json | undefined): Words | null {
  if (!isObject(value)) return null;
  return typeof value.en === 'string' && typeof value.ko === 'string' ? words(value.en, value.ko) : null;
}

function texts(value: Json | undefined): string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}

function objects(value: Json | undefined): JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}
