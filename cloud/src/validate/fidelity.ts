import type { Fidelity, TypeFidelity } from '../families/contract/fidelity.ts';
import { fidelities } from '../families/registry.ts';
import type { Inventory, Resource } from '../inventory.ts';
import { type Mistake, mistake } from '../mistake.ts';
import { type Words, words } from '../words.ts';
import { unableOf } from './standing.ts';

const notKnown: TypeFidelity = {
  fidelity: 'ignored',
  how: words(
    'Read and checked against AWS’s specification, without effect here.',
    '읽고 AWS 사양과 대조하지만 여기서는 효과가 없습니다.',
  ),
  acts: new Set(),
  modelled: new Set(),
};

const ofOthers: TypeFidelity = {
  ...notKnown,
  how: words(
    'Not a type of AWS’s own: who provides it would run on AWS. Without effect here.',
    'AWS의 타입이 아닙니다. 제공자는 AWS에서 실행되며 여기서는 효과가 없습니다.',
  ),
};

/** What becomes of a type; `ignored` for all that the table does not name. */
export function fidelityOfType(type: string): TypeFidelity {
  const entry = Object.hasOwn(fidelities, type) ? fidelities[type] : undefined;
  return entry ?? (type.startsWith('AWS::') ? notKnown : ofOthers);
}

export function fidelityOf(resource: Pick<Resource, 'type' | 'properties'>): Fidelity {
  return explainFidelity(resource).fidelity;
}

/** What becomes of a resource in its inventory: `unable` is one that would act and cannot. */
export type Outcome = Fidelity | 'unable';

/** What becomes of each resource of an inventory, and why. */
export function outcomesOf(
  inventory: Inventory,
): (resource: Resource) => { readonly outcome: Outcome; readonly how: Words } {
  const unable = unableOf(inventory);
  return (resource) => {
    const { fidelity, how } = explainFidelity(resource);
    const why = fidelity === 'real' ? unable.get(resource.key) : undefined;
    return why ? { outcome: 'unable', how: why } : { outcome: fidelity, how };
  };
}

/** The same, with what it means. */
function explainFidelity({ type, properties }: Pick<Resource, 'type' | 'properties'>): {
  readonly fidelity: Fidelity;
  readonly how: Words;
} {
  const entry = fidelityOfType(type);
  return entry.unless?.(properties) ?? entry;
}

/** What becomes of a property of the topmost level of a type. */
export function fidelityOfProperty(type: string, property: string): Fidelity {
  const entry = fidelityOfType(type);
  if (entry.acts.has(property)) return 'real';
  if (entry.modelled.has('*') || entry.modelled.has(property) || descriptive.has(property)) return 'modelled';
  return 'ignored';
}

/** Tags and remarks: shown, searched for and counted, wherever they stand. */
const descriptive = new Set(['Tags', 'Description', 'Comment', 'GroupDescription']);

export interface FidelityOfResources {
  readonly type: string;
  readonly fidelity: Outcome;
  readonly how: Words;
  /** Keys of the resources. */
  readonly resources: readonly string[];
  /** Properties that these resources state and that have no effect. */
  readonly ignoredProperties: readonly string[];
}

/** By type, in the order of the inventory; a type of which some resources are real and others not has two entries, one more for each reason why some cannot act. */
export function fidelityReport(inventory: Inventory): FidelityOfResources[] {
  const groups = new Map<string, FidelityOfResources & { resources: string[]; ignoredProperties: string[] }>();
  const outcomeOf = outcomesOf(inventory);
  for (const resource of inventory.resources) {
    const { outcome: fidelity, how } = outcomeOf(resource);
    const name = `${resource.type} ${fidelity}${fidelity === 'unable' ? how.en : ''}`;
    const group = groups.get(name) ?? { type: resource.type, fidelity, how, resources: [], ignoredProperties: [] };
    groups.set(name, group);
    group.resources.push(resource.key);
    for (const property of Object.keys(resource.properties)) {
      if (fidelity === 'ignored' || fidelityOfProperty(resource.type, property) !== 'ignored') continue;
      if (!group.ignoredProperties.includes(property)) group.ignoredProperties.push(property);
    }
  }
  return [...groups.values()];
}

/**
 * What `--strict` refuses: each resource that is ignored or cannot act, each property that has no effect on one that is not, and each value that
 * is not known.
 */
export function ignoredMistakes(inventory: Inventory): Mistake[] {
  const outcomeOf = outcomesOf(inventory);
  return inventory.resources.flatMap((resource) => {
    const { outcome, how } = outcomeOf(resource);
    const place = resource.place;
    if (outcome === 'ignored') return [ignoredType(resource, how)];
    if (outcome === 'unable') return [cannotAct(resource, how)];
    const open = inventory.notKnown.filter(({ key }) => key === resource.key);
    const unknown = open.map(({ path, why }) =>
      mistake('NOT_KNOWN', { ...place, path }, { cause: why, next: strictNext }),
    );
    const without = Object.keys(resource.properties)
      .filter((property) => fidelityOfProperty(resource.type, property) === 'ignored')
      .map((property) =>
        mistake(
          'IGNORED_PROPERTY',
          { ...place, path: `Properties.${property}` },
          {
            cause: words(
              `${property} of ${resource.type} has no effect here.`,
              `${resource.type}의 ${property} 속성은 여기서 효과가 없습니다.`,
            ),
            next: strictNext,
          },
        ),
      );
    return [...unknown, ...without];
  });
}

const strictNext = words('Leave --strict out to rehearse the rest.', '나머지만 리허설하려면 --strict를 빼세요.');

function cannotAct(resource: Resource, why: Words): Mistake {
  return mistake('CANNOT_ACT', resource.place, {
    cause: words(
      `${resource.logicalId} (${resource.type}) cannot act: ${why.en.replace(/\.$/, '')}.`,
      `${resource.logicalId}(${resource.type}){은/는} 실행할 수 없습니다: ${why.ko.replace(/\.$/, '')}.`,
    ),
    next: strictNext,
  });
}

function ignoredType(resource: Resource, how: Words): Mistake {
  return mistake('IGNORED_TYPE', resource.place, {
    cause: words(`${resource.type} is ignored here. ${how.en}`, `${resource.type}{은/는} 여기서 무시됩니다. ${how.ko}`),
    next: strictNext,
  });
}
