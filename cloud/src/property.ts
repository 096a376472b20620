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

/** The Name tag, or else the logical id. */
export function nameOf(resource: Resource): string {
  return resource.tags.Name ?? resource.logicalId;
}

function scalarText(value: Json | undefined): string | undefined {
  if (typeof value === 'string') return value === '' ? undefined : value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}
