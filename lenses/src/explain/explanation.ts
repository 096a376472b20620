import { constructPath } from '@terrace/cloud/construct';
import type { Usage } from '@terrace/cloud/families/contract/usage';
import { fidelities, permissions } from '@terrace/cloud/families/registry';
import type { Inventory, Resource, ResourceKey } from '@terrace/cloud/inventory';
import { isObject } from '@terrace/cloud/json';
import { nameOf } from '@terrace/cloud/property';
import { initialFleet } from '@terrace/cloud/views/initial-fleet';
import { reasonOf } from '@terrace/cloud/views/intents';
import type { Words } from '@terrace/cloud/words';
import { needsOfType } from '../access/needs/table.ts';
import { type Bill, billOf } from '../cost/bill/bill.ts';
import type { PriceBook } from '../cost/prices/prices.ts';
import { type Break, breaksWithout, type Standing } from './breaks.ts';
import { withoutElement, withoutResource } from './without.ts';

/** What is known of one thing of a template: what its author says, and what the lenses compute. */
export interface Explanation {
  readonly key: ResourceKey;
  readonly type: string;
  readonly name: string;
  /** What it becomes on this machine; `null` for a type that is not known. */
  readonly what: Words | null;
  /** AWS's page of the type. */
  readonly page: string;
  /** What the template states under `Terrace::Reason`. */
  readonly reason: Words | null;
  /** Resources that name it. */
  readonly namedBy: readonly ResourceKey[];
  readonly cannotBeCreated: readonly ResourceKey[];
  readonly breaks: readonly Break[];
  /** Of a thing with inline rules: what each is for. */
  readonly elements: readonly ExplainedElement[];
  /** US dollars a month that the bill is lower by without it, and what cannot be created then; `null` where a part of it has no price. */
  readonly usd: number | null;
  /** Actions that its creation needs; `null` where they are not known. */
  readonly actions: readonly string[] | null;
}

export interface ExplainedElement {
  readonly list: string;
  readonly index: number;
  /** As the template writes it, in short. */
  readonly text: string;
  readonly reason: Words | null;
  readonly breaks: readonly Break[];
}

/** By what money is counted. */
export interface Pricing {
  readonly usage: Usage;
  readonly book: PriceBook;
}

/** Explains one resource. What only a fault in a running region could show is not among the breaks. */
export function explain(standing: Standing, resource: Resource, pricing: Pricing): Explanation {
  const { inventory } = standing;
  const { key, type, metadata } = resource;
  const without = withoutResource(inventory, key);
  return {
    key,
    type,
    name: constructPath(resource) ?? nameOf(resource),
    what: whatOf(resource),
    page: pageOf(type),
    reason: reasonOf(metadata['Terrace::Reason']),
    namedBy: inventory.resources.filter((each) => each.dependsOn.includes(key)).map((each) => each.key),
    cannotBeCreated: without.cannotBeCreated,
    breaks: breaksWithout(standing, without),
    elements: elementsOf(standing, resource),
    usd: saved(inventory, without.inventory, pricing),
    actions: needsOfType(type)
      ? [
          ...new Set(
            needsOfType(type)!.phases.create.flatMap(({ when, actions }) =>
              !when || when(resource.properties) ? actions : [],
            ),
          ),
        ]
      : null,
  };
}

/** A call that a template's deployment makes: which resources cause it. */
export interface CausedBy {
  readonly key: ResourceKey;
  readonly phase: 'create' | 'update' | 'delete';
  readonly page: string;
}

/** The resources whose creation, change or removal needs an action, such as `rds:CreateDBInstance`. */
export function whoNeeds(inventory: Inventory, action: string): CausedBy[] {
  const asked = action.toLowerCase();
  const phases = ['create', 'update', 'delete'] as const;
  return inventory.resources.flatMap(({ key, type, properties }) => {
    const needs = needsOfType(type);
    if (!needs) return [];
    return phases
      .filter((phase) =>
        needs.phases[phase].some(
          ({ when, actions }) => (!when || when(properties)) && actions.some((each) => each.toLowerCase() === asked),
        ),
      )
      .map((phase) => ({ key, phase, page: needs.page }));
  });
}

/** Every action that the needs of some type name. */
export function knownActions(): string[] {
  return [
    ...new Set(
      permissions.flatMap(({ phases }) =>
        Object.values(phases).flatMap((needs) => needs.flatMap(({ actions }) => actions)),
      ),
    ),
  ];
}

function whatOf({ type, properties }: Resource): Words | null {
  const fidelity = Object.hasOwn(fidelities, type) ? fidelities[type] : undefined;
  return fidelity ? (fidelity.unless?.(properties)?.how ?? fidelity.how) : null;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-template-resource-type-ref.html */
function pageOf(type: string): string {
  const [vendor, service, thing] = type.toLowerCase().split('::');
  return vendor === 'aws' && thing
    ? `https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-${service}-${thing}.html`
    : 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/template-custom-resources.html';
}

const lists = ['SecurityGroupIngress', 'SecurityGroupEgress'];

function elementsOf(standing: Standing, { key, properties, metadata }: Resource): ExplainedElement[] {
  const reasons = metadata['Terrace::Reasons'];
  return lists.flatMap((list) => {
    const stated = properties[list];
    if (!Array.isArray(stated)) return [];
    return stated.map((element, index) => ({
      list,
      index,
      text: isObject(element)
        ? Object.entries(element)
            .filter(([name]) => name !== 'Description')
            .map(([name, value]) => `${name} ${value}`)
            .join(', ')
        : String(element),
      reason: isObject(reasons) ? reasonOf(reasons[`${list}/${index}`]) : null,
      breaks: breaksWithout(standing, withoutElement(standing.inventory, key, list, index)),
    }));
  });
}

function saved(before: Inventory, after: Inventory, { usage, book }: Pricing): number | null {
  const [all, rest] = [before, after].map((inventory) =>
    billOf({ inventory, fleet: initialFleet(inventory) }, usage, book),
  ) as [Bill, Bill];
  const kept = new Set(rest.lines.map(({ resource }) => resource));
  const isUnknown = all.lines.some(({ resource, usd }) => usd === null && !kept.has(resource));
  return isUnknown ? null : all.usd - rest.usd;
}
