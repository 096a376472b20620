import { isObject, type Json } from '../json.ts';
import type { Place } from '../mistake.ts';
import { placeOf } from './marks.ts';

/**
 * Where the path of a resolved value stands in what was written: as deep as the two agree. Where the template has a function in
 * the way, such as `Fn::If`, that is the place.
 */
export function locate(written: Json | undefined, path: readonly (string | number)[]): Place | undefined {
  let place: Place | undefined;
  let at = written;
  for (const key of path) {
    if (Array.isArray(at) && typeof key === 'number' && key < at.length) {
      place = placeOf(at, key) ?? place;
      at = at[key];
    } else if (isObject(at) && Object.hasOwn(at, key)) {
      place = placeOf(at, String(key)) ?? place;
      at = at[String(key)];
    } else {
      return placeOf(at) ?? place;
    }
  }
  return place ?? placeOf(written);
}

/** Whether something is written at this path, or a function that may give it. */
export function isWritten(written: Json | undefined, path: readonly (string | number)[]): boolean {
  let at = written;
  for (const key of path) {
    if (Array.isArray(at) && typeof key === 'number') at = at[key];
    else if (isObject(at) && Object.hasOwn(at, key)) at = at[String(key)];
    else return isObject(at) && Object.keys(at).some((name) => name.startsWith('Fn::'));
  }
  return at !== undefined;
}
