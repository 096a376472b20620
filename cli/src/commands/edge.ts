import type { Mistake } from '@terrace/cloud/mistake';
import { type Language, words } from '@terrace/cloud/words';
import { roundTrips } from '@terrace/lenses/cost/alternatives/regions';
import { newestMonth, price, useOf } from '@terrace/lenses/cost/bill/bill';
import {
  chooseFront,
  type EdgeDecision,
  evenly,
  type FrontChoice,
  homesFor,
  network,
  parseUsers,
  usualMessages,
  type World,
} from '@terrace/lenses/cost/edge/edge-choice';
import type { Front } from '@terrace/lenses/cost/edge/edge-decision';
import type { FlatPlan } from '@terrace/lenses/cost/edge/edge-plans';
import { mistakesOf, oneOf } from '../arguments/option-values.ts';
import type { CommandDefinition } from '../command.ts';
import { lineJson } from '../money/cost-report.ts';
import { type Money, moneyOptions, openMoney, readNumber } from '../money/open-money.ts';
import { frame, provenance, shower, signed, usageJson } from '../money/show.ts';
import { table } from '../terminal/table.ts';
import { exitCode } from '../terminal/terminal.ts';

export const command: CommandDefinition = {
  usage: 'edge',
  summary: words(
    'CloudFront or Global Accelerator: which serves the world, by latency and price',
    '전 세계 사용자에게 CloudFront와 Global Accelerator 중 무엇이 나은지 지연 시간과 비용으로 비교',
  ),
  options: [
    {
      flags: '--users <places>',
      description: words(
        'where users are (default everywhere alike): nearest region and weight, for example ap-northeast-2=60,us-east-1=40',
        '사용자 위치 (기본값: 모든 곳에 고르게). 가까운 리전과 비중으로 지정. 예: ap-northeast-2=60,us-east-1=40',
      ),
    },
    {
      flags: '--protocol <name>',
      description: words('http (default; also WebSocket), tcp or udp', 'http(기본값, WebSocket 포함), tcp, udp'),
    },
    {
      flags: '--fixed-addresses',
      description: words('the addresses must never change', '주소가 절대 바뀌지 않아야 함'),
    },
    {
      flags: '--messages <percent>',
      description: words(
        'of all waits, those for a message on an open connection instead of a first answer (default 0 with http, 100 with tcp and udp)',
        '모든 기다림 가운데 첫 응답이 아니라 열린 연결의 메시지를 기다리는 비율 (기본값: http는 0, tcp와 udp는 100)',
      ),
    },
    ...moneyOptions,
  ],
  examples: [
    'terrace edge',
    'terrace edge --users ap-northeast-2=50,us-west-2=30,eu-central-1=20',
    'terrace edge --protocol udp',
  ],
  async run({ options, terminal }) {
    const money = await openMoney(options);
    const mistakes: Mistake[] = money.ok ? [] : [...money.mistakes];
    const users = options.users === undefined ? undefined : parseUsers(String(options.users));
    if (isMistake(users)) mistakes.push(users);
    const protocol = oneOf(
      '--protocol',
      options.protocol ?? 'http',
      ['http', 'tcp', 'udp'] as const,
      'UNKNOWN_PROTOCOL',
    );
    mistakes.push(...mistakesOf([protocol]));
    const usual = 100 * (protocol.ok ? usualMessages(protocol.value) : 0);
    const messages = readNumber(options.messages, '--messages', usual, mistakes, 100);
    if (!money.ok || mistakes.length > 0 || isMistake(users) || !protocol.ok) {
      terminal.mistakes(mistakes);
      return exitCode.mistake;
    }
    const { usage, book, region } = money.value;
    const world: World = {
      users: users ?? evenly(book),
      protocol: protocol.value,
      fixedAddresses: options.fixedAddresses === true,
      messages: messages / 100,
    };
    const decision = chooseFront(world, usage, book, region);
    const homes = homesFor(world.users, book).map((home) => ({
      ...home,
      month: templateMonth(money.value, home.region),
    }));
    terminal.result(json(money.value, world, decision, homes), () =>
      lines(money.value, world, decision, homes, options.currency === undefined, terminal.language),
    );
    return exitCode.answered;
  },
};

function templateMonth({ estate, usage, book }: Money, region: string): number {
  return price(useOf(estate, usage, newestMonth(book)), book, region).usd;
}

type Homes = readonly (ReturnType<typeof homesFor>[number] & { readonly month: number })[];

const fronts: Readonly<Record<Front, ReturnType<typeof words>>> = {
  direct: words('direct', '바로 접속'),
  cloudfront: words('CloudFront', 'CloudFront'),
  'network-load-balancer': words('NLB with Elastic IPs', '탄력적 IP를 붙인 NLB'),
  'global-accelerator': words('Global Accelerator', 'Global Accelerator'),
};

const said = {
  en: {
    way: 'way',
    first: 'first answer',
    message: 'message there and back',
    month: 'month',
    decision: 'Decision',
    weight: (first: number, messages: number) =>
      `Decided by ${first} % first answers on a new connection and ${messages} % messages on an open one (--messages).`,
    places:
      'What users wait on a new connection, file / call / message in milliseconds, and what a gigabyte to them costs',
    homes:
      'Where the application could stand instead: message there and back over the internet, and the template’s month there',
    mean: 'mean',
    farthest: 'farthest',
    basis: `Computed, not measured: ${network.lastMile} ms of the user’s own line (${network.lastMileSource}), AWS’s medians between regions, and the internet’s way ${network.detour} times as long (${network.detourSource}).`,
  },
  ko: {
    way: '방식',
    first: '첫 응답',
    message: '메시지 왕복',
    month: '한 달',
    decision: '결정',
    weight: (first: number, messages: number) =>
      `새 연결의 첫 응답 ${first} %, 열린 연결의 메시지 ${messages} %로 정했습니다 (--messages).`,
    places: '새 연결에서 기다리는 시간(파일 / 호출 / 메시지, ms)과 1GB를 보내는 값',
    homes: '애플리케이션을 다른 리전에 둔다면: 인터넷으로 메시지가 오가는 시간과 그곳에서의 한 달 비용',
    mean: '평균',
    farthest: '가장 먼 곳',
    basis: `측정이 아니라 계산입니다: 사용자 회선 ${network.lastMile}ms, AWS 리전 사이의 왕복 중앙값(1년), 인터넷 경로는 그 ${network.detour}배.`,
  },
} as const;

function lines(
  money: Money,
  world: World,
  decision: EdgeDecision,
  homes: Homes,
  both: boolean,
  language: Language,
): string[] {
  const t = said[language];
  const show = shower(money, both);
  const single = shower(money, false);
  const [direct] = decision.fronts;
  const rows = decision.fronts.map((each) => [
    `${each.front === decision.choice ? '*' : ' '} ${fronts[each.front][language]}`,
    each.cannot ? '–' : `${each.firstAnswer.toFixed(0)} ms`,
    each.cannot ? '–' : `${each.message.toFixed(0)} ms`,
    show(each.usd),
    each === direct ? '' : signed(each.usd - direct!.usd, single),
    each.cannot?.[language] ?? (each.plan ? planWords(each, each.plan, single, language) : ''),
  ]);
  const places = direct!.places.map(({ place }, index) => [
    `  ${place}`,
    ...decision.fronts.flatMap(({ places }) => {
      const each = places[index]!;
      return [
        `${each.file.toFixed(0)}/${each.call.toFixed(0)}/${each.message.toFixed(0)}`,
        single(each.usdPerGigabyte),
      ];
    }),
  ]);
  return [
    ...provenance(money, language),
    '',
    ...table([`  ${t.way}`, `>${t.first}`, `>${t.message}`, `>${t.month}`, '>±', ''], rows),
    '',
    `${t.decision}: ${fronts[decision.choice][language]}. ${decision.because[language]}`,
    t.weight(Math.round(100 * (1 - world.messages)), Math.round(100 * world.messages)),
    '',
    t.places,
    ...table(['', ...decision.fronts.flatMap(({ front }) => [`>${fronts[front][language]}`, '>/GB'])], places),
    '',
    t.homes,
    ...table(
      ['', `>${t.mean}`, `>${t.farthest}`, `>${t.month}`],
      homes.map((home) => [
        `${home.region === money.region ? '*' : ' '} ${home.region}`,
        `${home.message.toFixed(0)} ms`,
        `${home.farthest.toFixed(0)} ms`,
        show(home.month),
      ]),
    ),
    '',
    t.basis,
  ];
}

/** The plan, and what the same costs without it. */
function planWords(front: FrontChoice, plan: FlatPlan, show: (usd: number) => string, language: Language): string {
  const otherwise = { en: `as it goes ${show(front.bill.usd)}`, ko: `쓴 만큼 내면 ${show(front.bill.usd)}` };
  return `${plan.what[language]}; ${otherwise[language]}`;
}

function json(money: Money, world: World, { fronts: ways, choice, because }: EdgeDecision, homes: Homes) {
  return {
    ...frame(money),
    usage: usageJson(money.usage),
    world,
    choice,
    because,
    ways: ways.map(({ bill, ...way }) => ({
      ...way,
      month: way.usd,
      payAsYouGo: bill.usd,
      pricedShare: bill.pricedShare,
      lines: bill.lines.map(lineJson),
    })),
    homes,
    network,
    sources: [...new Set(roundTrips().map((trip) => trip.source))],
  };
}

function isMistake(value: unknown): value is Mistake {
  return typeof value === 'object' && value !== null && 'code' in value;
}
