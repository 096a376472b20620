import { type Estate, isKnown } from '../families/contract/rule.ts';
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
  at: (resource: Resource, ...path: readonly (string | number)[]) => Place,
  reported: readonly Mistake[],
  report: (mistake: Mistake) => void,
): void {
  const estate = estateOf(resources, outside, homeOf);
  const seen = new Set<string>();
  const tell = (resource: Resource, fault: CodedFault) => {
    const name = [resource.key, ...fault.at].join(' ');
    if (seen.has(name)) return;
    seen.add(name);
    const cause = fault.aws
      ? words(
          `${fault.cause.en} AWS refuses it in words such as "${fault.aws}"`,
          `${fault.cause.ko} AWS의 오류 예: "${fault.aws}"`,
        )
      : fault.cause;
    report(mistake(fault.code, at(resource, 'Properties', ...fault.at), { cause, next: fault.next }));
  };
  for (const rule of rules)
    for (const resource of estate.ofType(...rule.types))
      for (const fault of rule.check(resource, estate)) tell(resource, { ...fault, code: rule.code });
  const standIns = resources.filter(({ type }) => !isFormed(type)).map(({ physicalId }) => physicalId);
  const isStandIn = (value: string) => standIns.some((each) => value.includes(each));
  for (const resource of resources) {
    const faults = constraintFaults(resource, estate, isStandIn);
    if (faults.length === 0) continue;
    const { file, logicalId } = resource.place;
    const others = reported.filter(({ place }) => place.file === file && place.logicalId === logicalId);
    for (const fault of faults) if (!others.some((other) => isSaidBy(fault, other))) tell(resource, fault);
  }
}

/** Whether a mistake is about the place of a fault, about what holds it or a part of it, or about the same pair of properties. */
function isSaidBy(fault: CodedFault, { code, place }: Mistake): boolean {
  const one = ['Properties', ...fault.at].join('.');
  const other = place.path ?? '';
  if (fault.code === 'EXCLUSIVE_PROPERTIES' && code === fault.code) return true;
  return one === other || one.startsWith(`${other}.`) || other.startsWith(`${one}.`);
}

function estateOf(
  resources: readonly Resource[],
  outside: readonly Resource[],
  homeOf: (resource: Resource) => string,
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
    homeOf,
  };
}
