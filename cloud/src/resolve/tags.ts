import { isObject, type JsonObject } from '../json.ts';

/** Tags by key, whether the type writes them as a list of Key and Value or as an object. */
export function tagsOf(properties: JsonObject): Record<string, string> {
  const stated = properties.Tags ?? properties.HostedZoneTags;
  const tags: Record<string, string> = {};
  if (Array.isArray(stated)) {
    for (const tag of stated) {
      if (isObject(tag) && tag.Key !== undefined) tags[String(tag.Key)] = String(tag.Value ?? '');
    }
  } else if (isObject(stated)) {
    for (const [key, value] of Object.entries(stated)) tags[key] = String(value);
  }
  return tags;
}
