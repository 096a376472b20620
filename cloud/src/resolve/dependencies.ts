import { isObject, type Json, type JsonObject } from '../json.ts';

/**
 * Which resources of its own template a value refers to, by `Ref`, `Fn::GetAtt` and `Fn::Sub`. Of an `Fn::If` only the branch that
 * is taken counts.
 */
export function referencesOf(value: Json | undefined, holds: (condition: string) => boolean | undefined): Set<string> {
  const found = new Set<string>();
  collect(value, holds, found);
  return found;
}

function collect(value: Json | undefined, holds: (condition: string) => boolean | undefined, found: Set<string>): void {
  if (Array.isArray(value)) {
    for (const element of value) collect(element, holds, found);
    return;
  }
  if (!isObject(value)) return;
  for (const key in value) {
    const member = value[key] as Json;
    if (key === 'Ref' && typeof member === 'string') found.add(member);
    else if (key === 'Fn::GetAtt') collectAttribute(member, found);
    else if (key === 'Fn::Sub') collectVariables(member, found);
    if (key === 'Fn::If' && Array.isArray(member) && typeof member[0] === 'string') {
      const taken = holds(member[0]);
      if (taken !== false) collect(member[1], holds, found);
      if (taken !== true) collect(member[2], holds, found);
    } else if (typeof member === 'object') {
      collect(member, holds, found);
    }
  }
}

function collectAttribute(argument: Json, found: Set<string>): void {
  if (Array.isArray(argument) && typeof argument[0] === 'string') found.add(argument[0]);
  if (typeof argument === 'string') found.add(argument.split('.')[0] as string);
}

function collectVariables(argument: Json, found: Set<string>): void {
  const [text, own] = Array.isArray(argument) ? argument : [argument];
  if (typeof text !== 'string') return;
  for (const [, written] of text.matchAll(/\$\{([^!}][^}]*)\}/g)) {
    const name = (written as string).trim().split('.')[0] as string;
    if (!(isObject(own) && Object.hasOwn(own, (written as string).trim()))) found.add(name);
  }
}

/** Every value of a key anywhere inside, for example the arguments of all `Fn::ImportValue`. */
export function argumentsOf(value: Json | undefined, functionName: string): Json[] {
  const found: Json[] = [];
  const visit = (each: Json | undefined): void => {
    if (Array.isArray(each)) each.forEach(visit);
    else if (isObject(each))
      for (const key in each) {
        if (key === functionName) found.push(each[key] as Json);
        visit(each[key]);
      }
  };
  visit(value);
  return found;
}

/** The logical ids that `DependsOn` names. */
export function statedDependencies(resource: JsonObject): string[] {
  const stated = resource.DependsOn;
  if (typeof stated === 'string') return [stated];
  return Array.isArray(stated) ? stated.filter((each): each is string => typeof each === 'string') : [];
}
