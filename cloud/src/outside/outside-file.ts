import { isObject, type Json } from '../json.ts';
import type { Standing } from './standing.ts';

/** The project's file of what stands already. */
export const outsideFileName = 'terrace.outside.json';

/** The text of the file. */
export function writeStanding(standing: readonly Standing[]): string {
  return `${JSON.stringify({ version: 1, standing }, null, 1)}\n`;
}

/** What the text of the file says; `undefined` where it is none of this kind. */
export function readStanding(value: Json): readonly Standing[] | undefined {
  if (!isObject(value) || value.version !== 1 || !Array.isArray(value.standing)) return undefined;
  const isWhole = value.standing.every(
    (each) =>
      isObject(each) &&
      ['list', 'id', 'account', 'region'].every((name) => typeof each[name] === 'string') &&
      (each.amends === undefined || (isObject(each.amends) && Object.values(each.amends).every(isObject))) &&
      Array.isArray(each.resources) &&
      each.resources.every(
        (resource) =>
          isObject(resource) &&
          typeof resource.type === 'string' &&
          typeof resource.id === 'string' &&
          isObject(resource.properties),
      ),
  );
  return isWhole ? (value.standing as unknown as readonly Standing[]) : undefined;
}
