import type { Resource } from '../inventory.ts';
import { isObject, type Json, type JsonObject } from '../json.ts';
import { flag, object } from '../property.ts';
import { interruptions } from './interruptions.ts';
import { type PropertyTypes, type ResourceType, resourceType, type ValueType } from './resource-type.ts';
import type { UpdateBehavior } from './update-behavior.ts';

interface ResourceChange {
  /** The heaviest of what its properties ask for; `undefined` if nothing has changed. */
  readonly behavior: UpdateBehavior | undefined;
  readonly properties: readonly {
    /** Path below `Properties`, for example `LaunchTemplateData.UserData`. */
    readonly path: string;
    readonly behavior: UpdateBehavior;
  }[];
}

/** What a change from one state of a resource to another does, by AWS's specification of its type. A change of type replaces. */
export function changeOf(
  before: Pick<Resource, 'type' | 'properties'>,
  after: Pick<Resource, 'type' | 'properties'> & Partial<Pick<Resource, 'updatePolicy'>>,
): ResourceChange {
  if (before.type !== after.type)
    return { behavior: 'replacement', properties: [{ path: 'Type', behavior: 'replacement' }] };
  const type = resourceType(after.type);
  const changed = changedPaths(before.properties, after.properties, [], type?.properties, type);
  const properties = changed.map((path) => ({
    path: path.join('.'),
    behavior: replacesGroup(path, after) ? 'replacement' : updateBehavior(after.type, path, after.properties),
  }));
  return { behavior: heaviest(properties.map((each) => each.behavior)), properties };
}

/**
 * Whether an Auto Scaling group's update policy has another group take its place for a change of this property.
 *
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-updatepolicy.html
 */
function replacesGroup(
  [name = '']: readonly string[],
  { type, updatePolicy = {} }: Parameters<typeof changeOf>[1],
): boolean {
  if (type !== 'AWS::AutoScaling::AutoScalingGroup') return false;
  if (flag(object(updatePolicy, 'AutoScalingReplacingUpdate'), 'WillReplace') !== true) return false;
  const launching = [
    'LaunchConfigurationName',
    'LaunchTemplate',
    'MixedInstancesPolicy',
    'PlacementGroup',
    'VPCZoneIdentifier',
  ];
  return launching.includes(name);
}

/**
 * What a change of one property does. `maybe` in AWS's specification, which is replacement under conditions that it does not state,
 * is looked up in a table of the cases that matter here, and counts as an interruption otherwise. What a change does to a custom resource
 * its provider decides: most keep what they have.
 *
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref-requesttypes-update.html
 */
export function updateBehavior(typeName: string, path: readonly string[], properties: JsonObject = {}): UpdateBehavior {
  const type = resourceType(typeName);
  const named = path.filter((step) => !/^\d+$/.test(step));
  const stated = interruptions[`${typeName}.${named[0]}`];
  if (stated) return typeof stated === 'function' ? stated(properties) : stated;
  if (!type) return typeName.startsWith('Custom::') ? 'in-place' : 'replacement';
  if (type.replacing.some((each) => each.every((step, index) => step === named[index]))) return 'replacement';
  return replacementAlong(type, named);
}

function replacementAlong(type: ResourceType, path: readonly string[]): UpdateBehavior {
  let known: PropertyTypes | undefined = type.properties;
  let behavior: UpdateBehavior = 'in-place';
  for (const step of path) {
    const property = known?.get(step);
    if (!property) break;
    if (property.replacement === 'yes') return 'replacement';
    if (property.replacement === 'maybe') behavior = 'interruption';
    known = propertiesOf(type, property.value);
  }
  return behavior;
}

function propertiesOf(type: ResourceType, value: ValueType): PropertyTypes | undefined {
  switch (value.kind) {
    case 'object':
      return type.type(value.name);
    case 'list':
    case 'map':
      return propertiesOf(type, value.element);
    case 'either':
      return value.alternatives.map((each) => propertiesOf(type, each)).find((each) => each !== undefined);
    default:
      return undefined;
  }
}

/** The innermost paths at which two values differ; lists of different length differ as a whole. */
function changedPaths(
  before: Json | undefined,
  after: Json | undefined,
  path: readonly string[],
  known: PropertyTypes | undefined,
  type: ResourceType | undefined,
): string[][] {
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  if (isObject(before) && isObject(after) && (known || path.length === 0)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return keys.flatMap((key) => {
      const property = known?.get(key);
      const inner = type && property ? propertiesOf(type, property.value) : undefined;
      return changedPaths(before[key], after[key], [...path, key], inner, type);
    });
  }
  if (Array.isArray(before) && Array.isArray(after) && before.length === after.length)
    return before.flatMap((each: Json, index) =>
      changedPaths(each, after[index], [...path, String(index)], known, type),
    );
  return [[...path]];
}

const weight: Readonly<Record<UpdateBehavior, number>> = { 'in-place': 0, interruption: 1, replacement: 2 };

function heaviest(behaviors: readonly UpdateBehavior[]): UpdateBehavior | undefined {
  return behaviors.reduce<UpdateBehavior | undefined>(
    (most, each) => (most === undefined || weight[each] > weight[most] ? each : most),
    undefined,
  );
}
