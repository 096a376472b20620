import { mistake } from '../mistake.ts';
import { words } from '../words.ts';
import { type Resolved, type Scope, unresolved } from './scope.ts';
import { placeOfTrail, type Trail } from './trail.ts';

const pattern = /\{\{resolve:ssm:([^}:]+)(?::(\d+))?\}\}/g;

/**
 * Puts the values of `{{resolve:ssm:…}}` in place. References to secrets (`secretsmanager`, `ssm-secure`) stay as they are, so that no
 * secret is ever in an inventory.
 *
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html
 */
export function openReferences(scope: Scope, text: string, trail: Trail): Resolved {
  if (!text.includes('{{resolve:ssm:')) return text;
  let broken = false;
  const opened = text.replace(pattern, (_, name: string) => {
    const value = scope.systemParameter(name);
    if (value !== undefined) return value;
    broken = true;
    scope.report(unknownSystemParameter(name, trail));
    return '';
  });
  return broken ? unresolved : opened;
}

export function unknownSystemParameter(name: string, trail: Trail) {
  return mistake('UNKNOWN_SYSTEM_PARAMETER', placeOfTrail(trail), {
    cause: words(
      `The Systems Manager parameter "${name}" is not in any template that is loaded, so its value is not known here.`,
      `Systems Manager 파라미터 "${name}"{이/가} 불러온 템플릿에 없어 값을 알 수 없습니다.`,
    ),
    next: words(`Give its value: --parameter ssm:${name}=VALUE`, `값을 지정하세요: --parameter ssm:${name}=값`),
  });
}
