import type { Json, JsonObject } from '../json.ts';

/** Short forms whose long form is `Fn::` and the same name. */
const functions = new Set([
  'And',
  'Base64',
  'Cidr',
  'Contains',
  'EachMemberEquals',
  'EachMemberIn',
  'Equals',
  'FindInMap',
  'GetAZs',
  'GetAtt',
  'If',
  'ImportValue',
  'Join',
  'Length',
  'Not',
  'Or',
  'RefAll',
  'Select',
  'Split',
  'Sub',
  'ToJsonString',
  'Transform',
  'ValueOf',
  'ValueOfAll',
]);

/**
 * The long form of a YAML tag such as `!Sub`, `undefined` if no function has that name. `!GetAtt A.B.C` becomes
 * `["A", "B.C"]`, as CloudFormation reads it.
 */
export function longForm(tag: string, value: Json): JsonObject | undefined {
  const name = tag.slice(1);
  if (name === 'Ref' || name === 'Condition') return { [name]: value };
  if (!functions.has(name)) return undefined;
  if (name === 'GetAtt' && typeof value === 'string') {
    const dot = value.indexOf('.');
    return { 'Fn::GetAtt': dot < 0 ? [value] : [value.slice(0, dot), value.slice(dot + 1)] };
  }
  return { [`Fn::${name}`]: value };
}
