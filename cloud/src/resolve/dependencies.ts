import { isObject, type Json, type JsonObject } from '../json.ts';

/** What has to be known of a template to see what a value refers to. */
export interface Settled {
  /** What a condition came to, `undefined` if that is not known. */
  holds(condition: string): boolean | undefined;
  /** A name that a function makes up, `undefined` if it depends on more than parameters. */
  nameOf(expression: Json): string | undefined;
}

/**
 * Which resources of its own template a value refers to, by `Ref`, `Fn::GetAtt` and `Fn::Sub`. Of an `Fn::If` only the branch that
 * is taken counts.
 */
export function referencesOf(value: Json | undefined, settled: Settled): Set<string> {
  const found = new Set<string>();
  collect(value, settled, found);
  return found;
}

function collect(value: Json | undefined, settled: Settled, found: Set<string>): void {
  if (Array.isArray(value)) {
    for (const element of value) collect(element, settled, found);
    return;
  }
  if (!isObject(value)) return;
  for (const key in value) {
    const member = value[key] as Json;
    if (key === 'Ref') addName(member, settled, found);
    else if (key === 'Fn::GetAtt') collectAttribute(member, settled, found);
    else if (key === 'Fn::Sub') collectVariables(member, found);
    if (key === 'Fn::If' && Array.isArray(member) && typeof member[0] === 'string') {
      const taken = settled.holds(member[0]);
      if (taken !== false) collect(member[1], settled, found);
      if (taken !== true) collect(member[2], settled, found);
    } else if (typeof member === 'object') {
      collect(member, settled, found);
    }
  }
}

function addName(name: Json | undefined, settled: Settled, found: Set<string>): void {
  const text = typeof name === 'object' && name !== null ? settled.nameOf(name) : name;
  if (typeof text === 'string') found.add(text);
}

function collectAttribute(argument: Json, settled: Settled, found: Set<string>): void {
  if (Array.isArray(argument)) addName(argument[0], settled, found);
  if (typeof argument === 'string') found.add(argument.split('.')[0] as string);
}

function collectVariables(argument: Json, found: Set<string>): void {
  const [text, own] = Array.isArray(argument) ? argument : [argument];
  if (typeof text !== 'string') return;
  for (const [, written] of text.matchAll(/\$\{([^!}$][^}$]*)\}/g)) {
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
