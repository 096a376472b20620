import { type Estate, isKnown } from '../families/contract/rule.ts';
import { rules } from '../families/rules.ts';
import type { Resource } from '../inventory.ts';
import type { Json } from '../json.ts';
import { type Mistake, mistake, type Place } from '../mistake.ts';
import { words } from '../words.ts';

/**
 * Runs the rules of all families over the resolved resources. Of one place only the first mistake is reported: the others mostly follow
 * from it.
 */
export function checkRefusals(
  resources: readonly Resource[],
  outside: readonly Resource[],
  homeOf: (resource: Resource) => string,
  at: (resource: Resource, ...path: readonly (string | number)[]) => Place,
  report: (mistake: Mistake) => void,
): void {
  const estate = estateOf(resources, outside, homeOf);
  const seen = new Set<string>();
  for (const rule of rules) {
    for (const resource of estate.ofType(...rule.types)) {
      for (const fault of rule.check(resource, estate)) {
        const name = [resource.key, ...fault.at].join(' ');
        if (seen.has(name)) continue;
        seen.add(name);
        const cause = fault.aws
          ? words(
              `${fault.cause.en} AWS refuses it in words such as "${fault.aws}"`,
              `${fault.cause.ko} AWS의 오류 예: "${fault.aws}"`,
            )
          : fault.cause;
        report(mistake(rule.code, at(resource, 'Properties', ...fault.at), { cause, next: fault.next }));
      }
    }
  }
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
