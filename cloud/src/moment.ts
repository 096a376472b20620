import type { JsonObject } from './json.ts';
import { text } from './property.ts';

/** As AWS takes times, `YYYY-MM-DDThh:mm:ssZ` in UTC; `null` where none is stated, `undefined` for what is no time. */
export function moment(properties: JsonObject, name: string): number | null | undefined {
  const stated = text(properties, name);
  if (stated === undefined) return null;
  const parsed = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?Z?$/.test(stated)
    ? Date.parse(stated.endsWith('Z') ? stated : `${stated}Z`)
    : Number.NaN;
  return Number.isNaN(parsed) ? undefined : parsed;
}
