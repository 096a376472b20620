import type { JsonObject } from '../../json.ts';

/** A list of `{ Key, Value }`, as load balancers and target groups state their attributes, as a record. */
export function attributesOf(list: readonly JsonObject[]): Record<string, string> {
  return Object.fromEntries(list.map((each) => [String(each.Key), String(each.Value)]));
}
