import { type Mistake, mistake } from '@terrace/cloud/mistake';
import { words } from '@terrace/cloud/words';
import type { PriceBook } from '../prices/prices.ts';
import type { Bill, Line } from './bill.ts';

/** A warning for every item of a bill that has no price, with the nearest that has one. */
export function unknownPrices(bill: Bill, book: PriceBook): Mistake[] {
  const seen = new Set<string>();
  const warnings: Mistake[] = [];
  for (const line of bill.lines) {
    for (const item of line.missing) {
      if (seen.has(`${line.tariff.service}/${item}`)) continue;
      seen.add(`${line.tariff.service}/${item}`);
      warnings.push(unknownPrice(line, item, bill.region, book));
    }
  }
  for (const { type, resources } of bill.unread) {
    warnings.push(
      mistake(
        'TYPE_WITHOUT_PRICE',
        { logicalId: resources.join(', ') },
        {
          cause: words(
            `What ${type} costs is not known, so it is not in the sum.`,
            `${type}의 비용은 알 수 없어 합계에 넣지 않았습니다.`,
          ),
          next: words(
            'look it up at https://aws.amazon.com/pricing/ and add it by hand',
            'https://aws.amazon.com/pricing/ 에서 확인해 직접 더하세요',
          ),
        },
      ),
    );
  }
  for (const key of bill.idle) {
    warnings.push(
      mistake(
        'NOTHING_RUNS',
        { logicalId: key },
        {
          cause: words(
            `${key} asks for instances and none can be launched, so none is in the sum.`,
            `${key}{이/가} 요구하는 인스턴스를 하나도 띄울 수 없어 합계에 넣지 않았습니다.`,
          ),
          next: words(
            'terrace validate says what is wrong with its subnets',
            '서브넷의 문제는 terrace validate로 확인하세요',
          ),
        },
      ),
    );
  }
  return warnings;
}

function unknownPrice(line: Line, item: string, region: string, book: PriceBook): Mistake {
  const nearest = nearestItem(item, line.tariff.service, line.tariff.region ?? region, book);
  const could = line.couldBe
    ? words(
        ` At other regions’ prices it is $${line.couldBe.low.toFixed(2)} to $${line.couldBe.high.toFixed(2)} a month.`,
        ` 다른 리전의 가격이라면 한 달 $${line.couldBe.low.toFixed(2)}–$${line.couldBe.high.toFixed(2)}입니다.`,
      )
    : words('', '');
  const place = line.resource === null ? {} : { logicalId: line.resource };
  return mistake('PRICE_UNKNOWN', place, {
    cause: words(
      `There is no price for “${line.tariff.service}: ${item}” in ${region}; it is not in the sum.${could.en}`,
      `${region}의 “${line.tariff.service}: ${item}” 가격이 없어 합계에 넣지 않았습니다.${could.ko}`,
    ),
    next: nearest
      ? words(`the nearest that has one: ${nearest}`, `가격이 있는 가장 가까운 것: ${nearest}`)
      : words('look it up at https://aws.amazon.com/pricing/', 'https://aws.amazon.com/pricing/ 에서 확인하세요'),
  });
}

/**
 * For an instance type: the same family in the nearest size, else the same kind of family in the same size. For
 * anything else of a service nothing is guessed.
 */
export function nearestItem(item: string, service: string, region: string, book: PriceBook): string | undefined {
  const wanted = parts(item);
  if (!wanted) return undefined;
  const candidates = [...book.records.values()].flatMap((record) => {
    const found = record.service === service && record.region === region ? parts(record.item) : undefined;
    return found && found.rest === wanted.rest ? [{ ...found, item: record.item }] : [];
  });
  const distance = (each: { family: string; size: number }) =>
    familyDistance(each.family, wanted.family) + Math.abs(each.size - wanted.size);
  candidates.sort((one, other) => distance(one) - distance(other));
  return candidates[0]?.item.split(' ')[0];
}

/** 0 for the same; the kind (`m`) weighs most, then the processor (`g`), then the generation. */
function familyDistance(one: string, other: string): number {
  if (one === other) return 0;
  const [kind = '', generation = '', processor = ''] = one.split(/(\d+)/);
  const [otherKind = '', otherGeneration = '', otherProcessor = ''] = other.split(/(\d+)/);
  if (kind !== otherKind) return 100;
  return 10 + (processor === otherProcessor ? 0 : 10) + Math.abs(Number(generation) - Number(otherGeneration));
}

/** `t3.micro Linux on-demand` and `db.t3.micro Multi-AZ` in parts. */
function parts(item: string) {
  const match = /^((?:db\.)?[a-z]+\d[a-z\d-]*)\.([\da-z]+) (.*)$/.exec(item);
  if (!match) return undefined;
  return { family: match[1]!, size: sizeRank(match[2]!), rest: match[3]! };
}

/** How many steps above `nano` a size is; each step is twice as large. */
export function sizeRank(size: string): number {
  const small = ['nano', 'micro', 'small', 'medium', 'large', 'xlarge'].indexOf(size);
  if (small >= 0) return small;
  const times = /^(\d+)xlarge$/.exec(size);
  return times ? 5 + Math.log2(Number(times[1])) : 12;
}
