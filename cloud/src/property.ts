import { constructPath } from './construct.ts';
import type { Resource } from './inventory.ts';
import { isObject, type Json, type JsonObject } from './json.ts';

/**
 * Properties as CloudFormation takes them: `"true"` is as good as `true` and `"80"` as `80`, wherever a template
 * got the value from a parameter.
 */
export function text(properties: JsonObject, name: string): string | undefined {
  return scalarText(properties[name]);
}

export function flag(properties: JsonObject, name: string): boolean | undefined {
  const value = properties[name];
  if (value === true || value === 'true') return true;
  if (value === false || value === 'false') return false;
  return undefined;
}

export function number(properties: JsonObject, name: string): number | undefined {
  const value = properties[name];
  const parsed = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof parsed === 'number' && Number.isFinite(parsed) ? parsed : undefined;
}

/** A list of texts; a single text counts as a list of one, and a comma list as what it lists. */
export function texts(properties: JsonObject, name: string): string[] {
  const value = properties[name];
  if (typeof value === 'string')
    return value
      .split(',')
      .map((each) => each.trim())
      .filter((each) => each !== '');
  return Array.isArray(value) ? value.flatMap((each) => scalarText(each) ?? []) : [];
}

export function objects(properties: JsonObject, name: string): JsonObject[] {
  const value = properties[name];
  return Array.isArray(value) ? value.filter(isObject) : [];
}

export function object(properties: JsonObject, name: string): JsonObject {
  const value = properties[name];
  return isObject(value) ? value : {};
}

/** An attribute that the resource answers `Fn::GetAtt` with. */
export function attribute(resource: Resource, name: string): string | undefined {
  return scalarText(resource.attributes[name]);
}

/**
 * How people are shown a resource: by its Name tag; in a CDK app without one, by its construct's path, which is unique where the tag that CDK gives is
 * that of the whole construct; or by its logical id, unless CDK made that up, which shows by the hash at its end.
 */
export function nameOf(resource: Resource): string {
  const path = constructPath(resource);
  const tag = resource.tags.Name;
  if (tag !== undefined && (path === undefined || !isWithin(path, tag))) return tag;
  return path !== undefined && /[0-9A-F]{8}$/.test(resource.logicalId) ? path : resource.logicalId;
}

function isWithin(path: string, construct: string): boolean {
  return path === construct || path.startsWith(`${construct}/`);
}

function scalarText(value: Json | undefined): string | undefined {
  if (typeof value === 'string') return value === '' ? undefined : value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}
