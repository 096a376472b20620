import { isObject, type Json, type JsonObject } from '@terrace/cloud/json';

/** A property as text, whatever way the template wrote it (`"20"` and `20` are the same to CloudFormation). */
export function text(value: Json | undefined): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

export function number(value: Json | undefined): number | undefined {
  const written = text(value);
  if (written === undefined || written.trim() === '') return undefined;
  const result = Number(written);
  return Number.isFinite(result) ? result : undefined;
}

export function flag(value: Json | undefined): boolean {
  return value === true || value === 'true';
}

export function list(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}

export function objects(value: Json | undefined): readonly JsonObject[] {
  return list(value).filter(isObject);
}

export function object(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {};
}
