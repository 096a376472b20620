import type { Output } from '../inventory.ts';
import { isObject, type Json, type JsonObject } from '../json.ts';
import { mistake } from '../mistake.ts';
import type { Template } from '../template/template.ts';
import { words } from '../words.ts';
import { conditionNamed } from './functions/conditions.ts';
import { evaluate } from './functions/evaluate.ts';
import { isNotKnown, type NotKnown } from './not-known.ts';
import type { Scope } from './scope.ts';
import { beginTrail, placeOfTrail, step } from './trail.ts';

/**
 * The outputs of a stack, without those that their condition leaves out and those whose value nobody here can tell.
 *
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/outputs-section-structure.html
 */
export function resolveOutputs(
  template: Template,
  scope: Scope,
  leave: (name: string, exportName: string | null, value: NotKnown) => void,
): Output[] {
  const outputs: Output[] = [];
  for (const [name, definition] of Object.entries(template.outputs)) {
    const trail = beginTrail(template.outputs, name);
    if (!isObject(definition) || definition.Value === undefined) {
      scope.report(
        mistake('MISSING_PROPERTY', placeOfTrail(trail), {
          cause: words(`The output ${name} has no Value.`, `출력 ${name}에 Value가 없습니다.`),
          next: words('Add "Value".', '"Value"를 추가하세요.'),
        }),
      );
      continue;
    }
    const condition = definition.Condition;
    if (
      typeof condition === 'string' &&
      conditionNamed(scope, condition, step(trail, definition, 'Condition')) === false
    )
      continue;
    const value = evaluate(scope, definition.Value, step(trail, definition, 'Value'));
    if (typeof value === 'symbol') continue;
    const exportName = exportNameOf(scope, template.outputs, name) ?? null;
    if (isNotKnown(value)) leave(name, exportName, value);
    else outputs.push({ name, value, exportName });
  }
  return outputs;
}

/**
 * The name under which an output is exported, `undefined` if it is not. It may depend on parameters, and on no resource.
 *
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/outputs-section-structure.html
 */
export function exportNameOf(scope: Scope, outputs: JsonObject, name: string): string | undefined {
  const definition: Json | undefined = outputs[name];
  if (!isObject(definition) || !isObject(definition.Export)) return undefined;
  const trail = step(step(beginTrail(outputs, name), definition, 'Export'), definition.Export, 'Name');
  const value = evaluate({ ...scope, mayReferToResources: false }, definition.Export.Name ?? null, trail);
  return typeof value === 'string' ? value : undefined;
}
