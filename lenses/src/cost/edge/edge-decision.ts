import { type Words, words } from '@terrace/cloud/words';

export type Front = 'direct' | 'cloudfront' | 'global-accelerator' | 'network-load-balancer';

/** What a decision looks at: milliseconds on average, and dollars a month. */
export interface Figures {
  readonly front: Front;
  readonly cannot: Words | null;
  readonly firstAnswer: number;
  readonly message: number;
  readonly usd: number;
}

/** Less of a gain than this is not worth paying for something more to run. Milliseconds. */
const worthwhile = 20;
/** Dollars a month that count as cheaper at all. */
const cent = 0.005;

/**
 * What follows from the figures that are shown: a way that is no slower and cheaper than going direct is chosen; one that is dearer is
 * chosen where it saves a time worth paying for. Of ways nearly as fast as the fastest, the cheapest.
 *
 * @param messages the part of all waits that are messages on an open connection, 0 to 1; the rest are first answers
 */
export function decide(fronts: readonly Figures[], messages: number): { choice: Front; because: Words } {
  const wait = (front: Figures) => messages * front.message + (1 - messages) * front.firstAnswer;
  const able = fronts.filter((front) => front.cannot === null).sort((one, other) => wait(one) - wait(other));
  const base =
    able.find(({ front }) => front === 'direct') ?? able.find(({ front }) => front === 'network-load-balancer');
  const others = able.filter((front) => front !== base);
  const fastest = others[0];
  if (!base || !fastest) {
    const only = base ?? fastest;
    return {
      choice: only?.front ?? 'direct',
      because: only
        ? words('It is the only one that can serve this.', '이 부하를 처리할 수 있는 것은 이것뿐입니다.')
        : words('None can serve this.', '이 부하를 처리할 수 있는 것이 없습니다.'),
    };
  }
  const [cheapestClose] = others
    .filter((front) => wait(front) <= wait(fastest) * 1.05)
    .sort((one, other) => one.usd - other.usd);
  const [cheaper] = others
    .filter((front) => front.usd < base.usd - cent && wait(front) <= wait(base))
    .sort((one, other) => one.usd - other.usd);
  const gains = wait(base) - wait(cheapestClose!) >= worthwhile;
  const chosen = gains ? cheapestClose! : (cheaper ?? base);
  const against =
    base.front === 'direct' ? words('going direct', '바로 접속') : words('the load balancer', '로드 밸런서');
  const compared = chosen === base ? cheapestClose! : chosen;
  const gain = Math.round(wait(base) - wait(compared));
  const extra = compared.usd - base.usd;
  const money = `${extra < 0 ? '−' : '+'}$${Math.abs(extra).toFixed(2)}`;
  if (chosen === base) {
    return {
      choice: base.front,
      because: words(
        `The better of the others saves ${gain} ms for ${money} a month; below ${worthwhile} ms it is not worth another part to run.`,
        `다른 것 가운데 나은 쪽도 ${gain}ms를 줄이는 데 한 달 ${money}입니다. ${worthwhile}ms보다 적으면 관리할 것을 하나 더 둘 만하지 않습니다.`,
      ),
    };
  }
  return {
    choice: chosen.front,
    because: words(
      `It saves ${gain} ms on average for ${money} a month against ${against.en}.`,
      `${against.ko}할 때보다 평균 ${gain}ms 빨라지고 비용은 한 달 ${money}입니다.`.replace(
        '로드 밸런서할 때',
        '로드 밸런서로 받을 때',
      ),
    ),
  };
}
