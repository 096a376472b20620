import { type Mistake, mistake, type Place } from '../mistake.ts';
import { words } from '../words.ts';

/** Deeper than any template means to be, and far from where a reader would run out of stack. */
export const maximumDepth = 200;

/**
 * Bytes of a template that CloudFormation takes from S3. AWS documents "1 MB"; the service says "Template may not exceed 1000000 bytes in size".
 *
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
 */
export const maximumFileSize = 1_000_000;

export function tooDeep(place: Place): Mistake {
  return mistake('TOO_DEEP', place, {
    cause: words(
      `More than ${maximumDepth} levels of lists and objects stand inside each other here.`,
      `목록과 객체가 ${maximumDepth}단계보다 깊게 중첩되어 있습니다.`,
    ),
    next: words('Make the template flatter.', '템플릿의 중첩을 줄이세요.'),
  });
}

export function duplicateKey(place: Place, key: string): Mistake {
  return mistake('DUPLICATE_KEY', place, {
    cause: words(
      `"${key}" is given twice in the same object; AWS would keep one of the two without a word.`,
      `같은 객체에 "${key}" 키가 두 번 있습니다. AWS는 그중 하나만 말없이 사용합니다.`,
    ),
    next: words('Remove or rename one of them.', '둘 중 하나를 지우거나 이름을 바꾸세요.'),
  });
}

export function forbiddenKey(place: Place, key: string): Mistake {
  return mistake('FORBIDDEN_KEY', place, {
    cause: words(`"${key}" cannot be a key in a template.`, `"${key}"는 템플릿의 키로 쓸 수 없습니다.`),
    next: words('Remove it.', '이 키를 지우세요.'),
  });
}
