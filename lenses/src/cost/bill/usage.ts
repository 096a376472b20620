import { type Assumption, assumptions, type Usage, type UsageName } from '@terrace/cloud/families/contract/usage';
import { type Mistake, mistake } from '@terrace/cloud/mistake';
import { words } from '@terrace/cloud/words';

export const usageNames = Object.keys(assumptions) as readonly UsageName[];

/**
 * The usage assumed where nothing is said, with what is said put over it. Where hours are not said, it exists
 * the whole month and is on as long as it exists.
 */
export function usageOf(said: Partial<Usage> = {}): Usage {
  const values = Object.fromEntries(usageNames.map((name) => [name, assumptions[name].value]));
  const hoursInMonth = said.hoursInMonth ?? assumptions.hoursInMonth.value;
  const hoursExisting = said.hoursExisting ?? hoursInMonth;
  const hoursOn = said.hoursOn ?? hoursExisting;
  const usage = { ...(values as Record<UsageName, number>), rest: 'stopped' as const, allowances: true, ...said };
  return { ...usage, hoursInMonth, hoursExisting, hoursOn };
}

/** What grows with the time it is on: twice the hours, twice the requests. */
const flows: readonly UsageName[] = [
  'requests',
  'natInGigabytes',
  'natOutGigabytes',
  'endpointGigabytes',
  'transitGigabytes',
  'queueRequests',
  'peeringGigabytes',
  'logGigabytes',
  'objectReads',
  'objectWrites',
  'databaseIoRequests',
  'secretCalls',
  'keyRequests',
  'dnsQueries',
  'emails',
  'functionRuns',
  'tableReads',
  'tableWrites',
];

/** The same load for a part of a month: `on` hours of use within `existing` hours. */
export function part(usage: Usage, on: number, existing: number): Usage {
  const scale = usage.hoursOn === 0 ? 0 : on / usage.hoursOn;
  const scaled = Object.fromEntries(flows.map((name) => [name, usage[name] * scale]));
  return { ...usage, ...scaled, hoursOn: on, hoursExisting: existing };
}

/** Reads `name=value` pairs. Every pair that cannot be is a mistake, with the nearest that can. */
export function parseUsage(pairs: readonly string[]): { readonly said: Partial<Usage>; readonly mistakes: Mistake[] } {
  const said: Record<string, number> = {};
  const mistakes: Mistake[] = [];
  for (const pair of pairs) {
    const [name = '', text = ''] = pair.split(/=(.*)/s);
    const value = text.trim() === '' ? Number.NaN : Number(text.replaceAll('_', ''));
    const problem = checkUsage(name, value, text);
    if (problem) mistakes.push(problem);
    else said[name] = value;
  }
  return { said: said as Partial<Usage>, mistakes };
}

/** Of any figure: sums of more than that are exact no longer. */
const mostFigure = 1e12;

/** `undefined` where the value can be. */
function checkUsage(name: string, value: number, text: string): Mistake | undefined {
  const place = { path: `--usage ${name}` };
  if (!(usageNames as readonly string[]).includes(name)) {
    return mistake('UNKNOWN_USAGE', place, {
      cause: words(`No figure of usage is called ${name}.`, `${name}{이라/라}는 사용량 항목은 없습니다.`),
      next: words(`use one of: ${usageNames.join(', ')}`, `다음 가운데 하나를 쓰세요: ${usageNames.join(', ')}`),
    });
  }
  const known: Assumption = assumptions[name as UsageName];
  if (!Number.isFinite(value)) {
    return mistake('USAGE_NOT_A_NUMBER', place, {
      cause: words(`“${text}” is not a number.`, `“${text}”{은/는} 숫자가 아닙니다.`),
      next: words(`write for example ${name}=${known.value}`, `예: ${name}=${known.value}`),
    });
  }
  if (value < 0) {
    return mistake('NEGATIVE_USAGE', place, {
      cause: words(
        `${name} is ${text}: usage cannot be below zero.`,
        `${name}{이/가} ${text}입니다. 사용량은 0보다 작을 수 없습니다.`,
      ),
      next: words(
        `0 is the least; ${known.value} is assumed where nothing is said`,
        `가장 작은 값은 0이고, 쓰지 않으면 ${known.value}{으로/로} 봅니다`,
      ),
    });
  }
  if (value > mostFigure) {
    return mistake('USAGE_TOO_LARGE', place, {
      cause: words(
        `${name} is ${text}: nobody uses so much.`,
        `${name}{이/가} ${text}입니다. 이렇게 많이 쓸 수는 없습니다.`,
      ),
      next: words(
        `${mostFigure.toLocaleString('en-US')} is the most; ${known.value} is assumed where nothing is said`,
        `가장 큰 값은 ${mostFigure.toLocaleString('en-US')}{이고/고}, 쓰지 않으면 ${known.value}{으로/로} 봅니다`,
      ),
    });
  }
  if (known.most !== undefined && value > known.most) {
    return mistake('USAGE_TOO_LARGE', place, {
      cause: words(`${name} is a share and cannot be ${text}.`, `${name}{은/는} 비율이므로 ${text}일 수 없습니다.`),
      next: words(`${known.most} is the most`, `가장 큰 값은 ${known.most}입니다`),
    });
  }
  return undefined;
}

/** What does not fit together though each figure could be: more hours on than there are. */
export function checkTogether({ hoursOn, hoursExisting, hoursInMonth }: Usage): Mistake[] {
  if (hoursInMonth > 0 && hoursOn <= hoursExisting && hoursExisting <= hoursInMonth) return [];
  return [
    mistake(
      'TOO_MANY_HOURS',
      { path: '--usage hoursOn' },
      {
        cause: words(
          `${hoursOn} hours on within ${hoursExisting} hours of existence do not fit in a month of ${hoursInMonth}.`,
          `켜 두는 ${hoursOn}시간과 존재하는 ${hoursExisting}시간이 한 달 ${hoursInMonth}시간에 맞지 않습니다.`,
        ),
        next: words(`${hoursInMonth} is the most for both`, `둘 다 가장 큰 값은 ${hoursInMonth}입니다`),
      },
    ),
  ];
}
