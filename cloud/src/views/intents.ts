import type { Inventory, Stack } from '../inventory.ts';
import { isObject, type Json, type JsonObject } from '../json.ts';
import { failure, type Mistake, mistake, type Place, type Result, success } from '../mistake.ts';
import { type Words, words } from '../words.ts';

/** What must, or must not, be able to talk to what, as a template's metadata states it under `Terrace::Intents`. */
export interface Intent {
  readonly id: string;
  readonly verdict: 'allow' | 'forbid';
  /** References as on the command line. */
  readonly from: readonly string[];
  readonly to: readonly string[];
  /** `tcp`, `udp`, `icmp`, `all` or a protocol number. */
  readonly protocol: string;
  /** `8080`, `8000-8100`, `80,443` or `all`. */
  readonly ports: string;
  readonly reason: Words | null;
  readonly stack: string;
  /** Where it stands in its template. */
  readonly place: Place;
}

/**
 * The intents of all stacks, in order. Mistakes: `INVALID_INTENT` for what is not in the shape above, `DUPLICATE_INTENT` for
 * an id that is given twice.
 */
export function intentsOf(inventory: Inventory): Result<Intent[]> {
  const mistakes: Mistake[] = [];
  const intents = inventory.stacks.flatMap((stack) => intentsOfStack(stack, inventory, mistakes));
  for (const [index, intent] of intents.entries()) {
    if (intents.findIndex((each) => each.id === intent.id) === index) continue;
    mistakes.push(
      mistake('DUPLICATE_INTENT', intent.place, {
        cause: words(`Two intents are called ${intent.id}.`, `${intent.id}{이라/라}는 통신 규칙이 둘 있습니다.`),
        next: words('give each its own id', '각각 다른 id를 주세요'),
      }),
    );
  }
  return mistakes.length > 0 ? failure(mistakes) : success(intents);
}

function intentsOfStack(stack: Stack, inventory: Inventory, mistakes: Mistake[]): Intent[] {
  const stated = stack.metadata['Terrace::Intents'];
  if (stated === undefined) return [];
  const file = inventory.resources.find((each) => each.stack === stack.name)?.place.file;
  const placeOf = (index: number): Place => ({
    ...(file === undefined ? {} : { file }),
    path: `Metadata.Terrace::Intents[${index}]`,
  });
  if (!Array.isArray(stated)) {
    mistakes.push(invalid(placeOf(0), words('Terrace::Intents is not a list.', 'Terrace::Intents가 목록이 아닙니다.')));
    return [];
  }
  return stated.flatMap((each: Json, index) => {
    const intent = isObject(each) ? readIntent(each, stack.name, placeOf(index)) : undefined;
    if (intent && 'id' in intent) return intent;
    mistakes.push(
      invalid(placeOf(index), intent ?? words('An intent is not an object.', '통신 규칙이 객체가 아닙니다.')),
    );
    return [];
  });
}

/** The intent, or what is wrong with it. */
function readIntent(stated: JsonObject, stack: string, place: Place): Intent | Words {
  const { id, verdict } = stated;
  if (typeof id !== 'string' || id === '') return words('An intent has no id.', '통신 규칙에 id가 없습니다.');
  if (verdict !== 'allow' && verdict !== 'forbid') {
    return words(`The verdict of ${id} is neither allow nor forbid.`, `${id}의 verdict가 allow도 forbid도 아닙니다.`);
  }
  const from = referencesOf(stated.from);
  const to = referencesOf(stated.to);
  if (!from || !to) {
    return words(
      `${id} needs from and to, each one or more names.`,
      `${id}에는 from과 to가 필요하며 각각 이름이 하나 이상이어야 합니다.`,
    );
  }
  const protocol = stated.protocol ?? 'tcp';
  const ports = stated.ports ?? 'all';
  if (
    (typeof protocol !== 'string' && typeof protocol !== 'number') ||
    (typeof ports !== 'string' && typeof ports !== 'number')
  ) {
    return words(
      `protocol and ports of ${id} are texts, for example "tcp" and "8080".`,
      `${id}의 protocol과 ports는 "tcp", "8080" 같은 문자열입니다.`,
    );
  }
  return {
    id,
    verdict,
    from,
    to,
    protocol: String(protocol),
    ports: String(ports),
    reason: reasonOf(stated.reason),
    stack,
    place,
  };
}

function referencesOf(stated: Json | undefined): string[] | undefined {
  const listed = typeof stated === 'string' ? [stated] : stated;
  if (!Array.isArray(listed) || listed.length === 0) return undefined;
  const texts = listed.filter((each): each is string => typeof each === 'string' && each !== '');
  return texts.length === listed.length ? texts : undefined;
}

/** A reason as a template states it: in both languages, or one text for both. */
export function reasonOf(stated: Json | undefined): Words | null {
  if (typeof stated === 'string') return words(stated, stated);
  if (!isObject(stated) || typeof stated.en !== 'string') return null;
  return words(stated.en, typeof stated.ko === 'string' ? stated.ko : stated.en);
}

function invalid(place: Place, cause: Words): Mistake {
  return mistake('INVALID_INTENT', place, {
    cause,
    next: words(
      'write { "id": "web-to-was", "verdict": "allow", "from": ["web"], "to": ["was"], "protocol": "tcp", "ports": "8080" }',
      '{ "id": "web-to-was", "verdict": "allow", "from": ["web"], "to": ["was"], "protocol": "tcp", "ports": "8080" } 형태로 쓰세요',
    ),
  });
}
