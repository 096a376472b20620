import { acceleratorTransfer, geographyOf } from '@terrace/cloud/families/accelerator/charges';
import { type Charge, tariff } from '@terrace/cloud/families/contract/charge';
import type { Usage } from '@terrace/cloud/families/contract/usage';
import { cloudFrontCharges, priceGroupOf } from '@terrace/cloud/families/distribution/charges';
import { type Mistake, mistake } from '@terrace/cloud/mistake';
import { type Words, words } from '@terrace/cloud/words';
import { roundTrips } from '../alternatives/regions.ts';
import { type Bill, price } from '../bill/bill.ts';
import { internetOut } from '../bill/traffic.ts';
import type { PriceBook } from '../prices/prices.ts';
import { decide, type Figures, type Front } from './edge-decision.ts';
import { type FlatPlan, flatPlanFor } from './edge-plans.ts';

/** What the world asks of an application, and of what in front of it. */
export interface World {
  /** Where users are: the AWS region nearest to them, with their part of all; the parts add up to 1. */
  readonly users: Readonly<Record<string, number>>;
  readonly protocol: 'http' | 'tcp' | 'udp';
  /** Whether users or their firewalls need addresses that never change. */
  readonly fixedAddresses: boolean;
  /** The part of all waits that are messages on an open connection, 0 to 1; the others are first answers on a new one. */
  readonly messages: number;
}

/** Where nothing is said: over HTTP users wait for pages, over TCP and UDP for messages. */
export function usualMessages(protocol: World['protocol']): number {
  return protocol === 'http' ? 0 : 1;
}

export interface FrontChoice extends Figures {
  /** `null` where it can serve this at all; otherwise why not. */
  readonly cannot: Words | null;
  /** Milliseconds, over all users by their parts. */
  readonly firstAnswer: number;
  readonly message: number;
  /** The cheaper of `bill` and `plan`. */
  readonly usd: number;
  /** CloudFront’s flat-rate plan, where one holds this traffic for less than it costs as it goes. */
  readonly plan: FlatPlan | null;
  /** Dollars a month for what this way adds or replaces: traffic out, requests, the accelerator and its addresses. */
  readonly bill: Bill;
  readonly places: readonly Place[];
}

/** What users of one place wait, in milliseconds, and what a gigabyte to them costs. */
export interface Place {
  readonly place: string;
  readonly part: number;
  /** A file that may be cached, on a new HTTPS connection. */
  readonly file: number;
  /** A call of the application, on a new HTTPS connection. */
  readonly call: number;
  /** One message there and back on a connection that is open. */
  readonly message: number;
  readonly usdPerGigabyte: number | null;
}

export interface EdgeDecision {
  readonly fronts: readonly FrontChoice[];
  readonly choice: Front;
  readonly because: Words;
}

/** Milliseconds of a home or mobile line to its provider, and how much longer the internet's way is than AWS's own. */
export const network = {
  lastMile: 25,
  lastMileSource:
    'median of home Wi-Fi and cellular on every continent, 20–25 ms, 115,000 probes, 2021 (published study)',
  /** Median over 282 pairs of places of a public ping divided by AWS's own median between the same two. */
  detour: 1.075,
  detourSource: 'public city pings of 2018–2020 against a year of AWS region-to-region medians to July 2025',
} as const;

/** Where nothing is said: the same number of users near each region that has prices. */
export function evenly(book: PriceBook): Readonly<Record<string, number>> {
  return Object.fromEntries(book.regions.map((region) => [region, 1 / book.regions.length]));
}

/** Reads `ap-northeast-2=40,us-east-1=60` (any weights). */
export function parseUsers(text: string): Readonly<Record<string, number>> | Mistake {
  const known = [...new Set(roundTrips().map((trip) => trip.from))];
  const pairs = text.split(',').map((pair) => pair.split('=').map((each) => each.trim()));
  const wrong = pairs.filter(
    ([place = '', weight = '']) => !known.includes(place) || !/^\d{1,9}(\.\d+)?$/.test(weight),
  );
  const total = pairs.reduce((sum, [, weight]) => sum + Number(weight), 0);
  if (wrong.length > 0 || !(total > 0)) {
    const shown = wrong.map((pair) => pair.join('=')).join(', ') || text;
    return mistake(
      'USERS_NOT_UNDERSTOOD',
      { path: '--users' },
      {
        cause: words(`“${shown}” is no place with a weight.`, `“${shown}”{은/는} 장소와 비중이 아닙니다.`),
        next: words(
          `write for example ap-northeast-2=60,us-east-1=40; places: ${known.join(', ')}`,
          `예: ap-northeast-2=60,us-east-1=40. 쓸 수 있는 장소: ${known.join(', ')}`,
        ),
      },
    );
  }
  return Object.fromEntries(pairs.map(([place, weight]) => [place!, Number(weight) / total]));
}

/**
 * Which of the two brings an application in `home` nearer to its users, and at what price. A new connection costs three
 * round trips (TCP, TLS 1.3, request). CloudFront ends TCP and TLS near the user, keeps connections to the origin open and
 * answers what it has cached; Global Accelerator ends TCP near the user, and the rest goes all the way over AWS's network.
 *
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/Introduction.html,
 * https://docs.aws.amazon.com/global-accelerator/latest/dg/introduction-how-it-works.html
 */
export function chooseFront(world: World, usage: Usage, book: PriceBook, home: string): EdgeDecision {
  const ways: Front[] = ['direct', 'cloudfront', 'global-accelerator'];
  if (world.fixedAddresses) ways.push('network-load-balancer');
  const fronts = ways.map((front): FrontChoice => {
    const places = Object.entries(world.users).map(([place, part]) => waits(front, place, part, home, book));
    const over = (pick: (place: Place) => number) => places.reduce((sum, place) => sum + place.part * pick(place), 0);
    const files = 1 - usage.applicationShare;
    const use = { charges: chargesOf(front, world, usage), tiers: new Map(), unread: [], idle: [], usage };
    const bill = price(use, book, home);
    const fitting = front === 'cloudfront' ? flatPlanFor(usage.requests, sentGigabytes(usage), book) : null;
    const plan = fitting && fitting.usd < bill.usd ? fitting : null;
    return {
      front,
      cannot: cannot(front, world),
      firstAnswer: over((place) => files * fileWait(front, place, usage) + (1 - files) * place.call),
      message: over((place) => place.message),
      bill,
      usd: plan?.usd ?? bill.usd,
      plan,
      places,
    };
  });
  return { fronts, ...decide(fronts, world.messages) };
}

function cannot(front: Front, { protocol, fixedAddresses }: World): Words | null {
  if (front === 'cloudfront' && protocol !== 'http') {
    return words('CloudFront carries HTTP and WebSocket only.', 'CloudFront는 HTTP와 WebSocket만 전달합니다.');
  }
  if (front === 'cloudfront' && fixedAddresses) {
    return words('CloudFront’s addresses change.', 'CloudFront의 주소는 바뀝니다.');
  }
  if (front === 'direct' && fixedAddresses) {
    return words('An Application Load Balancer’s addresses change.', 'Application Load Balancer의 주소는 바뀝니다.');
  }
  return null;
}

function waits(front: Front, place: string, part: number, home: string, book: PriceBook): Place {
  const inside = roundTrips().find((trip) => trip.from === place && trip.to === home)?.milliseconds;
  if (inside === undefined) throw new Error(`no round trip is known from ${place} to ${home}`);
  const { lastMile, detour } = network;
  const internet = lastMile + detour * inside;
  const carried = lastMile + inside;
  const usdPerGigabyte = gigabytePrice(front, place, home, book);
  const base = { place, part, usdPerGigabyte };
  if (front === 'direct' || front === 'network-load-balancer')
    return { ...base, file: 3 * internet, call: 3 * internet, message: internet };
  if (front === 'cloudfront') return { ...base, file: 3 * lastMile, call: 2 * lastMile + carried, message: carried };
  return { ...base, file: lastMile + 2 * carried, call: lastMile + 2 * carried, message: carried };
}

/** A file that is not in CloudFront's copy is fetched like a call. */
function fileWait(front: Front, place: Place, usage: Usage): number {
  return front === 'cloudfront' ? usage.edgeShare * place.file + (1 - usage.edgeShare) * place.call : place.file;
}

function gigabytePrice(front: Front, place: string, home: string, book: PriceBook): number | null {
  const one = (charges: readonly Charge[], region: string) => {
    const use = { charges, tiers: new Map(), unread: [], idle: [], usage: free };
    const { lines, usd } = price(use, book, region);
    return lines.some((line) => line.usd === null) ? null : usd;
  };
  const out = one([outCharge(1)], home);
  if (front === 'direct' || front === 'network-load-balancer') return out;
  if (front === 'cloudfront')
    return one(cloudFrontCharges(null, priceGroupOf(place), { requests: 0, gigabytes: 1, toOriginGigabytes: 0 }), home);
  const premium = one([acceleratorTransfer(null, geographyOf(place), 1)], home);
  return out === null || premium === null ? null : out + premium;
}

/** A gigabyte by itself, without what is free. */
const free = { allowances: false, hoursOn: 730, hoursInMonth: 730, hoursExisting: 730, rest: 'stopped' } as Usage;

function chargesOf(front: Front, world: World, usage: Usage): Charge[] {
  const gigabytes = sentGigabytes(usage);
  if (front === 'direct') return [outCharge(gigabytes)];
  if (front === 'network-load-balancer') return [outCharge(gigabytes), ...networkBalancer(usage)];
  if (front === 'cloudfront') {
    return Object.entries(world.users).flatMap(([place, part]) =>
      cloudFrontCharges(null, priceGroupOf(place), {
        requests: usage.requests * part,
        gigabytes: gigabytes * part,
        toOriginGigabytes: (usage.requests * part * usage.applicationShare * usage.requestKilobytes) / 1024 ** 2,
      }),
    );
  }
  const hourly = { resource: null, basis: 'hourly', ends: 'dismantled' } as const;
  return [
    outCharge(gigabytes),
    {
      ...hourly,
      heading: 'accelerator',
      what: words('accelerator', '액셀러레이터'),
      tariff: tariff('Global Accelerator', 'accelerator fixed fee'),
      quantity: 1,
    },
    {
      ...hourly,
      heading: 'addresses',
      what: words('its two addresses', '액셀러레이터의 주소 2개'),
      tariff: tariff('VPC', 'public IPv4 address, in use'),
      quantity: 2,
    },
    ...Object.entries(world.users).map(([place, part]) =>
      acceleratorTransfer(null, geographyOf(place), gigabytes * part),
    ),
  ];
}

/** Gigabytes to the internet a month. */
function sentGigabytes(usage: Usage): number {
  return (usage.requests * usage.responseKilobytes) / 1024 ** 2;
}

/**
 * A Network Load Balancer before the application, with an Elastic IP in each of two zones; a capacity unit is a gigabyte an hour.
 *
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/network/network-load-balancers.html, https://aws.amazon.com/elasticloadbalancing/pricing/
 */
function networkBalancer(usage: Usage): Charge[] {
  const hourly = { resource: null, basis: 'hourly', ends: 'dismantled' } as const;
  const gigabytes = (usage.requests * (usage.requestKilobytes + usage.responseKilobytes)) / 1_000_000;
  return [
    { ...hourly, heading: 'balancers', what: words('NLB', 'NLB'), tariff: tariff('ELB', 'NLB'), quantity: 1 },
    {
      ...hourly,
      basis: 'used',
      heading: 'balancers',
      what: words('capacity units', '용량 단위(LCU)'),
      tariff: tariff('ELB', 'NLB LCU'),
      quantity: gigabytes,
    },
    {
      ...hourly,
      heading: 'addresses',
      what: words('an Elastic IP in each of two zones', '두 영역에 탄력적 IP 하나씩'),
      tariff: tariff('VPC', 'public IPv4 address, in use'),
      quantity: 2,
    },
  ];
}

function outCharge(gigabytes: number): Charge {
  const what = words('to the internet', '인터넷으로 나가는 데이터');
  return {
    resource: null,
    heading: 'transfer',
    what,
    tariff: internetOut,
    quantity: gigabytes,
    basis: 'used',
    ends: 'stopped',
  };
}

export interface Home {
  readonly region: string;
  /** Milliseconds there and back over the internet, over all users. */
  readonly message: number;
  /** Of the user who is farthest. */
  readonly farthest: number;
}

/** Every region that has prices, nearest to these users first. */
export function homesFor(users: World['users'], book: PriceBook): Home[] {
  return book.regions
    .map((region) => {
      const places = Object.entries(users).map(([place, part]) => waits('direct', place, part, region, book));
      return {
        region,
        message: places.reduce((sum, place) => sum + place.part * place.message, 0),
        farthest: Math.max(...places.filter((place) => place.part > 0).map((place) => place.message)),
      };
    })
    .sort((one, other) => one.message - other.message);
}
