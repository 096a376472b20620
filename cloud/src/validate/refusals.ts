import { type Estate, type Fault, isKnown, type Path } from '../families/contract/rule.ts';
import { isFormed } from '../families/identify.ts';
import { rules } from '../families/rules.ts';
import type { Resource } from '../inventory.ts';
import type { Json } from '../json.ts';
import { type Mistake, mistake, type Place } from '../mistake.ts';
import { words } from '../words.ts';
import { type CodedFault, constraintFaults } from './constraints.ts';

/**
 * Runs the rules of all families over the resolved resources, and then the constraints of AWS's schemas, which have fewer words for a fault.
 * Of one place only the first mistake is reported: the others mostly follow from it. `reported` are all mistakes so far.
 */
export function checkRefusals(
  resources: readonly Resource[],
  outside: readonly Resource[],
  homeOf: (resource: Resource) => string,
  imageNames: Readonly<Record<string, readonly string[]>>,
  at: (resource: Resource, ...path: readonly (string | number)[]) => Place,
  reported: readonly Mistake[],
  report: (mistake: Mistake) => void,
): void {
  const estate = estateOf(resources, outside, homeOf, imageNames);
  // A name that the template states is no stand-in.
  const standIns = resources
    .filter(({ type, physicalId, properties }) => !isFormed(type) && !Object.values(properties).includes(physicalId))
    .map(({ physicalId }) => physicalId);
  const isStandIn = (value: string) => standIns.some((each) => value.includes(each));
  const isJudged = (resource: Resource, { at: place }: Fault) => {
    const value = valueAt(resource, place);
    return typeof value !== 'string' || !isStandIn(value);
  };
  const found = rules.flatMap((rule) =>
    estate.ofType(...rule.types).flatMap((resource) =>
      rule
        .check(resource, estate)
        .filter((fault) => isJudged(resource, fault))
        .map((fault) => ({ resource, fault: { ...fault, code: rule.code } })),
    ),
  );
  for (const resource of resources) {
    const faults = constraintFaults(resource, estate, isStandIn);
    if (faults.length === 0) continue;
    const { file, logicalId } = resource.place;
    const said = [
      ...reported
        .filter(({ place }) => place.file === file && place.logicalId === logicalId)
        .map(({ code, place }) => ({ code, path: place.path ?? '' })),
      ...found
        .filter((each) => each.resource === resource)
        .map(({ fault }) => ({ code: fault.code, path: pathOf(fault) })),
    ];
    for (const fault of faults) if (!said.some((other) => isSaidBy(fault, other))) found.push({ resource, fault });
  }
  const seen = new Set<string>();
  const places = new Set(found.map(({ resource, fault }) => nameOf(resource, fault.at)));
  for (const { resource, fault } of found) {
    const name = nameOf(resource, fault.at);
    if (seen.has(name) || followsFromName(resource, fault, estate, places)) continue;
    seen.add(name);
    const cause = fault.aws
      ? words(
          `${fault.cause.en} AWS refuses it in words such as "${fault.aws}"`,
          `${fault.cause.ko} AWS의 오류 예: "${fault.aws}"`,
        )
      : fault.cause;
    report(mistake(fault.code, at(resource, 'Properties', ...fault.at), { cause, next: fault.next }));
  }
}

function nameOf(resource: Resource, at: Path): string {
  return [resource.key, ...at].join(' ');
}

function valueAt(resource: Resource, at: Path): Json | undefined {
  return at.reduce<Json | undefined>(
    (inner, step) =>
      typeof inner === 'object' && inner !== null ? (inner as Record<string | number, Json>)[step] : undefined,
    resource.properties,
  );
}

/** Whether a value is the name of another resource, which is wrong there already. */
function followsFromName(resource: Resource, { at }: CodedFault, estate: Estate, places: ReadonlySet<string>): boolean {
  const value = valueAt(resource, at);
  const named = typeof value === 'string' ? estate.find(value) : undefined;
  if (!named || named === resource || named.physicalId !== value) return false;
  return Object.entries(named.properties).some(([key, each]) => each === value && places.has(nameOf(named, [key])));
}

/** Whether a mistake is about the place of a fault, about what holds it or a part of it, or about the same pair of properties. */
function isSaidBy(fault: CodedFault, { code, path }: { readonly code: string; readonly path: string }): boolean {
  const one = pathOf(fault);
  if (fault.code === 'EXCLUSIVE_PROPERTIES' && code === fault.code) return true;
  return one === path || one.startsWith(`${path}.`) || path.startsWith(`${one}.`);
}

function pathOf({ at }: CodedFault): string {
  return ['Properties', ...at].join('.');
}

function estateOf(
  resources: readonly Resource[],
  outside: readonly Resource[],
  homeOf: (resource: Resource) => string,
  imageNames: Readonly<Record<string, readonly string[]>>,
): Estate {
  const byType = new Map<string, Resource[]>();
  const byId = new Map<Json, Resource>();
  for (const resource of resources) {
    const same = byType.get(resource.type) ?? [];
    byType.set(resource.type, same);
    same.push(resource);
    // A policy is called as its bucket, which is made before it.
    for (const id of [resource.physicalId, resource.attributes.Arn, resource.attributes.GroupId])
      if (id !== undefined && !byId.has(id)) byId.set(id, resource);
  }
  for (const each of outside) if (!byId.has(each.physicalId)) byId.set(each.physicalId, each);
  return {
    ofType: (...types) => types.flatMap((type) => byType.get(type) ?? []),
    find: (id) => (id !== undefined && isKnown(id) ? byId.get(id) : undefined),
    imageNames: (id) => (Object.hasOwn(imageNames, id) ? (imageNames[id] ?? []) : []),
    homeOf,
  };
}
