import { isObject, type JsonObject } from '../json.ts';
import { type Mistake, mistake } from '../mistake.ts';
import { argumentsOf } from '../resolve/dependencies.ts';
import { evaluate } from '../resolve/functions/evaluate.ts';
import { expandLoops } from '../resolve/loops.ts';
import { orderByNeed } from '../resolve/order.ts';
import { exportNameOf } from '../resolve/outputs.ts';
import type { Resolved, StackIdentity } from '../resolve/scope.ts';
import { parameterScope, scopeOf } from '../resolve/stack.ts';
import { beginTrail } from '../resolve/trail.ts';
import { words } from '../words.ts';
import type { StackSource } from './stack-source.ts';

/**
 * Stacks in an order in which each stands behind those that it depends on or imports from. Names of exports and imports depend on
 * parameters at most, so they are known before anything is resolved.
 */
export function orderStacks(
  sources: readonly StackSource[],
  identityOf: (source: StackSource) => StackIdentity,
  parametersOf: (source: StackSource, report: (mistake: Mistake) => void) => ReadonlyMap<string, Resolved>,
  report: (mistake: Mistake) => void,
): readonly StackSource[] {
  const exporters = new Map<string, StackSource>();
  const imports = new Map<StackSource, readonly string[]>();
  for (const source of sources) {
    const scope = quietScope(
      source,
      identityOf(source),
      parametersOf(source, () => undefined),
    );
    const { template } = scope;
    for (const [output, definition] of Object.entries(template.outputs)) {
      // An output that its condition leaves out is not there to be exported.
      const condition = isObject(definition) ? definition.Condition : undefined;
      if (typeof condition === 'string' && scope.conditions.get(condition) === false) continue;
      const name = exportNameOf(scope, template.outputs, output);
      if (name === undefined) continue;
      const other = exporters.get(name);
      if (other) report(exportedTwice(name, other, source));
      else exporters.set(name, source);
    }
    const wanted = [template.resources, template.outputs].flatMap((section: JsonObject) =>
      argumentsOf(section, 'Fn::ImportValue').map((argument) =>
        evaluate(scope, argument, beginTrail(section, 'Fn::ImportValue')),
      ),
    );
    imports.set(
      source,
      wanted.filter((each): each is string => typeof each === 'string'),
    );
  }
  const byName = new Map(sources.map((source) => [source.name, source]));
  const { order, circles } = orderByNeed(sources, (source) => [
    ...source.dependsOn.flatMap((name) => byName.get(name) ?? []),
    ...(imports.get(source) ?? []).flatMap((name) => exporters.get(name) ?? []),
  ]);
  for (const circle of circles) report(circular(circle));
  return order;
}

function quietScope(source: StackSource, stack: StackIdentity, parameters: ReadonlyMap<string, Resolved>) {
  const nothing = () => undefined;
  const outside = { stack, parameters, exported: nothing, systemParameter: nothing, report: nothing, warn: nothing };
  return scopeOf(expandLoops(source.template, parameterScope(source.template, outside)), outside, undefined);
}

function exportedTwice(name: string, one: StackSource, other: StackSource): Mistake {
  return mistake(
    'EXPORTED_TWICE',
    { file: other.template.source.file },
    {
      cause:
        one === other
          ? words(
              `Two outputs of ${one.name} are exported as "${name}"; a name can be exported once in an account and region.`,
              `${one.name}의 출력 둘이 "${name}"으로 내보내집니다. 한 계정과 리전에서 이름은 한 번만 내보낼 수 있습니다.`,
            )
          : words(
              `The export "${name}" is given by ${one.name} and by ${other.name}; a name can be exported once in an account and region.`,
              `내보내기 "${name}"{이/가} ${one.name}{과/와} ${other.name} 두 곳에 있습니다. 한 계정과 리전에서 이름은 한 번만 내보낼 수 있습니다.`,
            ),
      next: words('Rename one of the two.', '둘 중 하나의 이름을 바꾸세요.'),
    },
  );
}

function circular(circle: readonly StackSource[]): Mistake {
  const round = [...circle, circle[0]].map((source) => source?.name).join(' → ');
  return mistake(
    'CIRCULAR_DEPENDENCY',
    { file: (circle[0] as StackSource).template.source.file },
    {
      cause: words(`These stacks wait for each other: ${round}.`, `스택들이 서로를 기다립니다: ${round}`),
      next: words('Take one of the imports or dependencies out.', '가져오기나 의존성 하나를 빼세요.'),
    },
  );
}
