import { at, type Need, type Phase, type TypeNeeds } from '@terrace/cloud/families/contract/need';
import { permissions } from '@terrace/cloud/families/registry';
import { type Inventory, type Resource, shownProperty, unknownProperties } from '@terrace/cloud/inventory';
import { isObject } from '@terrace/cloud/json';
import { type Mistake, mistake } from '@terrace/cloud/mistake';
import { closest } from '@terrace/cloud/nearest';
import { words } from '@terrace/cloud/words';
import { keyPolicyFor, unknownKeyPolicy } from '../evaluation/key-policy.ts';
import { needsOfType } from '../needs/table.ts';
import { whyOf } from '../needs/why.ts';
import { findAction } from '../policy/actions.ts';
import { type Context, contextOf, withNotKnown } from '../policy/context.ts';
import type { Demand } from './demand.ts';
import { type ArnOf, arnsFor, keyArns, unknownNameOf } from './demand-arn.ts';
import { passedRoles } from './passed-roles.ts';
import { stackDemands } from './stack-demand.ts';

/** How a deployment is carried out: by CloudFormation (CDK as well), or by a person who clicks through the console. */
export type Via = 'cloudformation' | 'console';

export interface Demands {
  readonly demands: readonly Demand[];
  /** `ACCESS_TYPE_UNKNOWN` for each type whose needs are not known: never taken to be none. */
  readonly unknown: readonly Mistake[];
}

/**
 * What deploying an inventory asks for, in the order in which it is made.
 *
 * @param options `stack` for one of its stacks only; what that refers to in others is known all the same
 */
export function demandsOf(
  inventory: Inventory,
  options: { via: Via; phases?: readonly Phase[]; stack?: string },
): Demands {
  const phases = options.phases ?? defaultPhases(options.via);
  const demands: Demand[] = [];
  const unknown = new Map<string, Resource[]>();
  let stack: string | null = null;
  for (const resource of inventory.resources) {
    if (options.stack !== undefined && resource.stack !== options.stack) continue;
    if (options.via === 'cloudformation' && resource.stack !== stack)
      demands.push(...stackDemands(inventory, resource.stack));
    stack = resource.stack;
    const needs = needsOfType(resource.type);
    if (needs === undefined) unknown.set(resource.type, [...(unknown.get(resource.type) ?? []), resource]);
    else demands.push(...ofResource(inventory, resource, needs, phases, options.via));
  }
  // A launch template without a profile hands no role over.
  const asked = demands.filter(({ arns }) => arns.length > 0);
  return { demands: distinct(asked), unknown: [...unknown].map(([type, resources]) => unknownType(type, resources)) };
}

/** CloudFormation reads back what it made; a person also needs the lists that the console shows. */
function defaultPhases(via: Via): readonly Phase[] {
  return via === 'console' ? ['create', 'console'] : ['create', 'read'];
}

function ofResource(
  inventory: Inventory,
  resource: Resource,
  needs: TypeNeeds,
  phases: readonly Phase[],
  via: Via,
): Demand[] {
  return phases.flatMap((phase) =>
    needs.phases[phase]
      .map((need) => ({ need, dependsOn: openOf(inventory, resource, need) }))
      .filter(({ dependsOn }) => dependsOn !== null)
      .flatMap(({ need, dependsOn }) =>
        need.actions
          .filter((action) => via === 'cloudformation' || !onlyForCloudFormation(needs, need, action, phase))
          .map((action) => toDemand(inventory, resource, needs, need, phase, action, dependsOn ?? [])),
      ),
  );
}

/** Whether a resource needs it: always (nothing is open), never (`null`), or as the properties say whose values are not known. */
function openOf(inventory: Inventory, resource: Resource, { when, decidedBy, reason }: Need): readonly string[] | null {
  const unknown = unknownProperties(inventory, resource);
  const named = [...(reason?.passes?.paths ?? []), ...(reason?.key ?? [])].map((path) => path.split('.')[0]);
  const isAsked = when === null || when(resource.properties);
  const open = unknown.filter(
    (each) => named.includes(each) || (!isAsked && (decidedBy.length === 0 || decidedBy.includes(each))),
  );
  return !isAsked && open.length === 0 ? null : open.map((each) => shownProperty(resource, each));
}

/**
 * What CloudFormation's handlers ask for and a person who clicks does not: watching every part of a thing until it is
 * ready. The console looks at the list of such things, and at what the page shows to choose from.
 */
function onlyForCloudFormation(needs: TypeNeeds, need: Need, action: string, phase: Phase): boolean {
  if (phase !== 'create' || need.reason !== null) return false;
  const level = findAction(action)?.level;
  return (level === 'list' || level === 'read') && action !== needs.phases.read[0]?.actions[0];
}

function toDemand(
  inventory: Inventory,
  resource: Resource,
  needs: TypeNeeds,
  need: Need,
  phase: Phase,
  action: string,
  dependsOn: readonly string[],
): Demand {
  const { reason } = need;
  const linked = reason?.serviceLinkedRole;
  const keys = reason?.key?.flatMap((path) => at(resource.properties, path)) ?? [];
  const known: ArnOf = { inventory, resource, needs };
  const passed = action === 'iam:PassRole' && reason?.passes ? passedRoles(inventory, resource, reason.passes) : null;
  const arns =
    linked !== undefined
      ? [`arn:aws:iam::${inventory.account}:role/aws-service-role/${linked}/*`]
      : passed !== null
        ? [...passed.arns, ...(dependsOn.length > 0 ? [`arn:aws:iam::${inventory.account}:role/*`] : [])]
        : action.startsWith('kms:') && keys.length > 0
          ? keyArns(inventory, keys)
          : reason?.on !== undefined
            ? [reason.on.replace('REGION', inventory.region).replace('ACCOUNT', inventory.account)]
            : arnsFor(action, known);
  return {
    inventory,
    resource,
    subject: resource.logicalId,
    stack: resource.stack,
    phase,
    action,
    arns,
    context: contextFor(inventory, resource, needs, action, { linked, passedTo: passed?.to }),
    resourcePolicy: action.startsWith('kms:') ? keyPolicyFor(inventory, keys) : null,
    ...whyOf(needs, need, action, phase),
    firstTimeOnly: linked !== undefined,
    dependsOn,
    unknownName: unknownNameOf(inventory, resource),
    unknownPolicy: action.startsWith('kms:') ? unknownKeyPolicy(inventory, keys) : null,
  };
}

/** Keys that AWS puts into such a request and that follow from the template. Who signs in adds the rest. */
function contextFor(
  inventory: Inventory,
  resource: Resource,
  needs: TypeNeeds,
  action: string,
  known: { linked: string | undefined; passedTo: string | undefined },
): Context {
  const tags = Object.entries(tagsOf(resource));
  const isTagged = (key: string) => /^aws:(re(source|quest)tag\/|tagkeys$)/.test(key);
  const knowsTags = !unknownProperties(inventory, resource).some((each) => /Tag/.test(each));
  const service = resource.type.split('::')[1]?.toLowerCase() ?? '';
  const context = contextOf({
    'aws:RequestedRegion': inventory.region,
    'aws:SecureTransport': 'true',
    'iam:AWSServiceName': known.linked,
    'iam:PassedToService': known.passedTo,
    ...(action.startsWith('kms:') && service !== 'kms' ? byService(service, inventory.region) : {}),
    // https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/supported-iam-actions-tagging.html
    'ec2:CreateAction': action === 'ec2:CreateTags' ? needs.phases.create[0]?.actions[0]?.split(':')[1] : undefined,
    'aws:TagKeys': tags.length > 0 ? tags.map(([key]) => key) : undefined,
    ...Object.fromEntries(tags.map(([key, value]) => [`aws:RequestTag/${key}`, value])),
    ...Object.fromEntries(tags.map(([key, value]) => [`aws:ResourceTag/${key}`, value])),
    'aws:ResourceTag/aws:cloudformation:stack-name': resource.stack,
    'aws:ResourceAccount': inventory.account,
  });
  return knowsTags ? context : withNotKnown(context, isTagged);
}

/**
 * The service that keeps the data asks KMS in the caller's name, from its own endpoint, and makes its grants for itself.
 *
 * https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-via-service
 */
function byService(service: string, region: string): Record<string, string> {
  const endpoint = { efs: 'elasticfilesystem', documentdb: 'rds', docdb: 'rds', neptune: 'rds' }[service] ?? service;
  return { 'kms:ViaService': `${endpoint}.${region}.amazonaws.com`, 'kms:GrantIsForAWSResource': 'true' };
}

/** Launch templates write theirs in `TagSpecifications`. */
function tagsOf(resource: Resource): Readonly<Record<string, string>> {
  const own = at(resource.properties, 'TagSpecifications.*.Tags.*').filter(isObject);
  return { ...resource.tags, ...Object.fromEntries(own.map(({ Key, Value }) => [String(Key), String(Value)])) };
}

/** The same action on the same resources for the same resource is asked for once, by the first reason. */
function distinct(demands: readonly Demand[]): Demand[] {
  const seen = new Set<string>();
  return demands.filter((demand) => {
    const key = `${demand.stack}/${demand.subject} ${demand.action} ${demand.arns.join(' ')}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function unknownType(type: string, resources: readonly Resource[]): Mistake {
  const close = closest(
    type,
    permissions.map((each) => each.type),
    1,
  )[0];
  const which = resources.map((each) => each.logicalId).join(', ');
  return mistake('ACCESS_TYPE_UNKNOWN', resources[0]!.place, {
    cause: words(
      `what ${type} (${which}) asks for is not known, so nothing is said about it`,
      `${type}(${which})에 필요한 권한은 알려져 있지 않아 판단에서 뺐습니다`,
    ),
    next: words(
      `see \`aws cloudformation describe-type --type RESOURCE --type-name ${type}\`; the nearest type that is known is ${close}`,
      `\`aws cloudformation describe-type --type RESOURCE --type-name ${type}\`로 확인하세요. 알려진 것 중 가장 비슷한 유형은 ${close}입니다`,
    ),
  });
}
