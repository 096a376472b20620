import type { Need, Phase, TypeNeeds } from '@terrace/cloud/families/contract/need';
import { type Words, words } from '@terrace/cloud/words';
import { particle } from '../korean.ts';
import { findAction } from '../policy/actions.ts';

/** Why an action is needed, in one line, and AWS's page that says so. */
export interface Why {
  readonly why: Words;
  readonly page: string;
}

/** The need's own reason, or what the action's nature says of the thing. */
export function whyOf(type: TypeNeeds, need: Need, action: string, phase: Phase): Why {
  return need.reason
    ? { why: need.reason.why, page: need.reason.page }
    : { why: natural(type.noun, action, phase), page: type.page };
}

function natural(noun: Words, action: string, phase: Phase): Words {
  const level = findAction(action)?.level;
  const name = action.split(':')[1] ?? '';
  if (level === 'tagging' || /Tags?(ToResource|OnResource|sForResource)?$/.test(name)) {
    return words(`writes the tags of the ${noun.en}`, `${noun.ko}의 태그를 적습니다`);
  }
  if (level === 'list' || level === 'read') return looks(noun, phase);
  if (
    /^(Create|Allocate|Run|Register|Request|Put|Import|Add|Accept|Subscribe|Attach|Associate|Authorize)/.test(name) &&
    phase === 'create'
  )
    return words(`makes the ${noun.en}`, `${particle(noun.ko, '을/를')} 만듭니다`);
  if (phase === 'delete') return words(`removes the ${noun.en}`, `${particle(noun.ko, '을/를')} 지웁니다`);
  if (phase === 'create')
    return words(`sets up the ${noun.en} as the template says`, `${particle(noun.ko, '을/를')} 템플릿대로 설정합니다`);
  return words(`changes the ${noun.en}`, `${particle(noun.ko, '을/를')} 바꿉니다`);
}

function looks(noun: Words, phase: Phase): Words {
  switch (phase) {
    case 'create':
      return words(`sees when the ${noun.en} is ready`, `${particle(noun.ko, '이/가')} 준비됐는지 확인합니다`);
    case 'delete':
      return words(`sees when the ${noun.en} is gone`, `${particle(noun.ko, '이/가')} 사라졌는지 확인합니다`);
    case 'console':
      return words(
        `lists what to choose from for the ${noun.en}`,
        `${particle(noun.ko, '을/를')} 만들 때 고를 목록을 보여 줍니다`,
      );
    default:
      return words(`reads what the ${noun.en} is like`, `${noun.ko}의 현재 상태를 읽습니다`);
  }
}
