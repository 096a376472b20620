import type { Json } from '../json.ts';
import { type Mistake, mistake } from '../mistake.ts';
import { nearest } from '../nearest.ts';
import { words } from '../words.ts';
import type { StackSource } from './stack-source.ts';

/** Values that were given for parameters which no stack has: most likely a typo, and silently without effect otherwise. */
export function unknownParameters(sources: readonly StackSource[], given: ReadonlyMap<string, Json>): Mistake[] {
  const known = sources.flatMap(({ name, template }) =>
    Object.keys(template.parameters).flatMap((parameter) => [parameter, `${name}:${parameter}`]),
  );
  return [...given.keys()]
    .filter((name) => !name.startsWith('ssm:') && !known.includes(name))
    .map((name) => {
      const suggestion = nearest(name, known);
      return mistake(
        'UNKNOWN_PARAMETER',
        {},
        {
          cause: words(`No stack has a parameter "${name}".`, `"${name}" 파라미터를 가진 스택이 없습니다.`),
          next: suggestion
            ? words(`Did you mean "${suggestion}"?`, `"${suggestion}"{을/를} 뜻하셨나요?`)
            : words(
                `There is: ${known.filter((each) => !each.includes(':')).join(', ') || 'none'}.`,
                `있는 파라미터: ${known.filter((each) => !each.includes(':')).join(', ') || '없음'}`,
              ),
        },
      );
    });
}
