import { concealment, mask, textsIn } from '../concealment.ts';
import { isObject, type Json, type JsonObject } from '../json.ts';
import type { Template } from '../template/template.ts';
import { evaluate } from './functions/evaluate.ts';
import { isSettled } from './not-known.ts';
import type { Resolved, Scope } from './scope.ts';
import { beginTrail } from './trail.ts';

/** Parameters that say `NoEcho`: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html */
export function secretParameters(template: Template): string[] {
  return Object.entries(template.parameters).flatMap(([name, definition]) =>
    isObject(definition) && String(definition.NoEcho) === 'true' ? [name] : [],
  );
}

/** The values of these parameters, those of lists one by one. */
export function secretValues(names: readonly string[], parameters: ReadonlyMap<string, Resolved>): string[] {
  return names.flatMap((name) => {
    const value = parameters.get(name);
    return value !== undefined && isSettled(value) ? textsIn(value) : [];
  });
}

/**
 * What functions make of a secret and does not show it in one piece, as `Fn::Split` does: what is evaluated with the mask in place of the
 * secret comes to something else, at places where no known secret stands.
 */
export function derivedSecrets(scope: Scope, written: Json | undefined, values: JsonObject): string[] {
  const names = secretParameters(scope.template);
  if (names.length === 0 || !isObject(written)) return [];
  const { text } = concealment(secretValues(names, scope.parameters));
  const masked = new Map(scope.parameters);
  for (const name of names) {
    const value = masked.get(name);
    if (value !== undefined && isSettled(value)) masked.set(name, Array.isArray(value) ? value.map(() => mask) : mask);
  }
  const quiet: Scope = { ...scope, parameters: masked, report: () => undefined, warn: () => undefined };
  return Object.entries(values).flatMap(([name, value]) => {
    if (!Object.hasOwn(written, name)) return [];
    const shown = evaluate(quiet, written[name] ?? null, beginTrail(scope.template.body, 'Resources'));
    return textsThatDiffer(value, isSettled(shown) ? shown : undefined).filter((each) => text(each) === each);
  });
}

function textsThatDiffer(value: Json, shown: Json | undefined): string[] {
  if (Array.isArray(value))
    return value.flatMap((each, at) => textsThatDiffer(each, Array.isArray(shown) ? shown[at] : undefined));
  if (isObject(value))
    return Object.entries(value).flatMap(([name, each]) =>
      textsThatDiffer(each, isObject(shown) ? shown[name] : undefined),
    );
  return typeof value === 'string' && value !== shown ? [value] : [];
}
