import type { TypeNeeds } from '@terrace/cloud/families/contract/need';
import { launchData } from '@terrace/cloud/families/launch-template/launch-data';
import { type Inventory, type Resource, shownProperty, unknownProperties } from '@terrace/cloud/inventory';
import type { Json } from '@terrace/cloud/json';
import { isObject } from '@terrace/cloud/json';
import { needsOfType } from '../needs/table.ts';
import { findAction } from '../policy/actions.ts';
import { fillForm, resourcesOf } from '../policy/resource-types.ts';

export interface ArnOf {
  readonly inventory: Inventory;
  readonly resource: Resource;
  readonly needs: TypeNeeds;
}

/**
 * The ARNs that AWS compares an action of a deployment with: the resource's own, those of what it refers to, and a
 * pattern for what AWS names itself. `*` alone where the action cannot be limited by resource.
 */
export function arnsFor(action: string, known: ArnOf): readonly string[] {
  const taken = resourcesOf(action);
  if (taken === undefined || taken.length === 0) return ['*'];
  const own = ownType(known.needs);
  const mine = taken.find((each) => own !== null && sameType(each.type, own));
  const launched = action === 'ec2:RunInstances' ? launchTakes(known) : [];
  const required = taken.filter((each) => (each.required || launched.includes(each.type)) && each !== mine);
  // Tags are written on the thing itself, whatever else could carry tags.
  const besides = mine !== undefined && findAction(action)?.level === 'tagging' ? [] : required;
  const arns = [
    ...(mine ? [ownArn(known, mine.form)] : []),
    ...besides.flatMap((each) => {
      const others = referred(known, each.type);
      return others.length > 0 ? others : [fillForm(each.form, known.inventory)];
    }),
  ];
  if (arns.length > 0) return [...new Set(arns)];
  const others = taken.flatMap((each) => referred(known, each.type));
  return others.length > 0 ? [...new Set(others)] : [fillForm(taken[0]!.form, known.inventory)];
}

/**
 * What a launch takes besides: its volumes (an image without any is rare), and what it names.
 *
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/iam-policies-for-amazon-ec2.html
 */
function launchTakes({ inventory, resource }: ArnOf): readonly string[] {
  const data = launchData(inventory, resource);
  const isByTemplate =
    resource.properties.LaunchTemplate !== undefined || resource.properties.MixedInstancesPolicy !== undefined;
  return [
    'volume',
    ...(data.KeyName === undefined ? [] : ['key-pair']),
    ...(isByTemplate ? ['launch-template'] : []),
    ...(data.PlacementGroupName === undefined ? [] : ['placement-group']),
  ];
}

/** The property that names a resource, where its value is not known. */
export function unknownNameOf(inventory: Inventory, resource: Resource): string | null {
  const thing = resource.type.split('::').at(-1)!.toLowerCase();
  const open = unknownProperties(inventory, resource).find((each) => {
    const named = /^(.*)(?:Name|Identifier)$/.exec(each);
    return each === 'Path' || (named !== null && thing.endsWith(named[1]!.toLowerCase()));
  });
  return open === undefined ? null : shownProperty(resource, open);
}

function ownType({ arn }: TypeNeeds): string | null {
  return arn === null ? null : arn.slice(arn.indexOf('/') + 1);
}

/** Classic load balancers and today's share their actions, under names that differ in the end only. */
function sameType(one: string, other: string): boolean {
  return one === other || (one.startsWith('loadbalancer') && other.startsWith('loadbalancer'));
}

/** What AWS calls a resource of the template; with `*` for the part that AWS makes up when it creates it. */
function ownArn({ inventory, resource, needs }: ArnOf, form: string): string {
  const { Arn } = resource.attributes;
  if (unknownNameOf(inventory, resource) !== null) return fillForm(form, inventory);
  if (typeof Arn === 'string' && !madeUpByAws(needs)) return Arn;
  if (resource.physicalId.startsWith('arn:')) return withoutGenerated(resource.physicalId, needs);
  const filled = fillForm(form, inventory);
  if (madeUpByAws(needs)) return filled;
  // The last part of the form is the name; RDS and others keep names in lower case.
  const last = filled.lastIndexOf('*');
  return last < 0 ? filled : `${filled.slice(0, last)}${resource.physicalId}`;
}

/** EC2's, KMS's, CloudFront's and Route 53's identifiers are not known before they exist. */
function madeUpByAws(needs: TypeNeeds): boolean {
  return /^(ec2|kms\/key|cloudfront|route53|globalaccelerator|wafv2|elasticfilesystem|acm|backup\/backupPlan)/.test(
    needs.arn ?? '',
  );
}

/** Load balancers, target groups and secrets end in characters that AWS makes up. */
function withoutGenerated(arn: string, needs: TypeNeeds): string {
  if (needs.arn?.startsWith('elasticloadbalancing')) return arn.replace(/\/[0-9a-f]{8,}(?=$|\/)/g, '/*');
  if (needs.arn?.startsWith('secretsmanager')) return arn.replace(/-[A-Za-z0-9]{6}$/, '-*');
  return madeUpByAws(needs) ? arn.replace(/[^/:]+$/, '*') : arn;
}

/** ARNs of resources of the template, of the type that AWS calls `type`, that the properties refer to. */
function referred(known: ArnOf, type: string): string[] {
  return mentionedBy(known.inventory, known.resource).flatMap((other) => {
    const needs = needsOfType(other.type);
    const own = needs ? ownType(needs) : null;
    if (needs === undefined || own === null || !sameType(own, type)) return [];
    const form = forms(needs);
    return form === undefined ? [] : [ownArn({ inventory: known.inventory, resource: other, needs }, form)];
  });
}

const mentions = new WeakMap<Resource, readonly Resource[]>();
const names = new WeakMap<Inventory, ReadonlyMap<string, readonly Resource[]>>();

/** The resources whose id or attributes stand in the properties of another. */
function mentionedBy(inventory: Inventory, resource: Resource): readonly Resource[] {
  const known = mentions.get(resource);
  if (known !== undefined) return known;
  const all = names.get(inventory) ?? namesOf(inventory);
  names.set(inventory, all);
  const found = new Set(texts(resource.properties).flatMap((text) => all.get(text) ?? []));
  found.delete(resource);
  const list = [...found];
  mentions.set(resource, list);
  return list;
}

/** Several may answer to one name: what attaches a secret to a database is called by the secret's own ARN. */
function namesOf(inventory: Inventory): Map<string, readonly Resource[]> {
  const all = new Map<string, readonly Resource[]>();
  for (const resource of inventory.resources) {
    for (const name of new Set([resource.physicalId, ...Object.values(resource.attributes)])) {
      if (typeof name === 'string' && name !== '') all.set(name, [...(all.get(name) ?? []), resource]);
    }
  }
  return all;
}

function forms(needs: TypeNeeds): string | undefined {
  const type = ownType(needs)!;
  for (const need of [...needs.phases.create, ...needs.phases.delete]) {
    for (const action of need.actions) {
      const found = resourcesOf(action)?.find((each) => sameType(each.type, type));
      if (found) return found.form;
    }
  }
  return undefined;
}

/** Keys named by ARN, by id or by alias, or made by the template. */
export function keyArns(inventory: Inventory, keys: readonly Json[]): string[] {
  return [
    ...new Set(
      keys.map((key) => {
        const text = String(key);
        if (
          inventory.resources.some(
            (each) => each.type === 'AWS::KMS::Key' && (each.physicalId === text || each.attributes.Arn === text),
          )
        )
          return `arn:aws:kms:${inventory.region}:${inventory.account}:key/*`;
        if (text.startsWith('arn:')) return text;
        // An alias stands for a key that is not known here.
        return `arn:aws:kms:${inventory.region}:${inventory.account}:key/${text.startsWith('alias/') ? '*' : text}`;
      }),
    ),
  ];
}

function texts(value: Json): string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(texts);
  return isObject(value) ? Object.values(value).flatMap(texts) : [];
}
