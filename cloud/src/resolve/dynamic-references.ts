import { textsIn } from '../concealment.ts';
import type { Json } from '../json.ts';
import { mistake } from '../mistake.ts';
import { words } from '../words.ts';
import { type NotKnown, notKnown } from './not-known.ts';
import { type Resolved, type Scope, unresolved } from './scope.ts';
import { placeOfTrail, type Trail } from './trail.ts';

const pattern = /\{\{resolve:(ssm|ssm-secure):([^}:]+)(?::(\d+))?\}\}/g;

/**
 * Puts the values of `{{resolve:ssm:…}}` in place, and of `{{resolve:ssm-secure:…}}` where they were given. Other references to secrets stay
 * as they are: the region opens them where they are needed.
 *
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html
 */
export function openReferences(scope: Scope, text: string, trail: Trail): Resolved {
  if (!text.includes('{{resolve:ssm')) return text;
  let broken = false;
  let elsewhere: string | undefined;
  const opened = text.replace(pattern, (whole, service: string, name: string) => {
    const value = scope.systemParameter(name);
    if (value !== undefined) return value;
    if (service === 'ssm-secure') return whole;
    if (name.startsWith(ofAnotherRegion)) {
      elsewhere = name;
      return '';
    }
    broken = true;
    scope.report(unknownSystemParameter(name, trail));
    return '';
  });
  if (elsewhere !== undefined) return writtenElsewhere(elsewhere);
  return broken ? unresolved : opened;
}

/** Where CDK writes the exports of a stack for one in another region. */
const ofAnotherRegion = '/cdk/exports/';

function writtenElsewhere(name: string): NotKnown {
  return notKnown(
    words(
      `A stack in another region writes ${name}, and its value is not known here.`,
      `${name}{은/는} 다른 리전의 스택이 쓰는 값이므로 여기서는 알 수 없습니다.`,
    ),
    words(
      `Load that stack as well, or give the value: --parameter ssm:${name}=VALUE`,
      `그 스택도 함께 불러오거나 값을 지정하세요: --parameter ssm:${name}=값`,
    ),
  );
}

/** Given values of the secure parameters that a template refers to. */
export function openedSecrets(body: Json, given: ReadonlyMap<string, Json>): string[] {
  return [
    ...new Set([...JSON.stringify(body).matchAll(pattern)].map(([, service, name]) => `${service}:${name}`)),
  ].flatMap((reference) =>
    reference.startsWith('ssm-secure:') ? textsIn(given.get(reference.replace('-secure', '')) ?? []) : [],
  );
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
