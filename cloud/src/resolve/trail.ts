import type { Json } from '../json.ts';
import type { Place } from '../mistake.ts';
import { placeOf } from '../template/marks.ts';

/** The way from a resource, or another named part of a template, down to the value that is looked at. */
export interface Trail {
  readonly parent: Trail | null;
  readonly container: Json;
  readonly key: string | number;
  /** Set where the trail begins. */
  readonly logicalId?: string;
}

export function beginTrail(container: Json, key: string, logicalId?: string): Trail {
  return logicalId === undefined ? { parent: null, container, key } : { parent: null, container, key, logicalId };
}

export function step(parent: Trail, container: Json, key: string | number): Trail {
  return { parent, container, key };
}

/** File, line and column of the innermost part that has a position, with the logical id and the path below it. */
export function placeOfTrail(trail: Trail): Place {
  const path: (string | number)[] = [];
  let position: Place | undefined;
  let logicalId: string | undefined;
  for (let at: Trail | null = trail; at; at = at.parent) {
    position ??= placeOf(at.container, at.key);
    if (at.logicalId !== undefined) logicalId = at.logicalId;
    if (at.parent !== null || at.logicalId === undefined) path.unshift(at.key);
  }
  return {
    ...position,
    ...(logicalId === undefined ? {} : { logicalId }),
    ...(path.length > 0 ? { path: path.join('.') } : {}),
  };
}
