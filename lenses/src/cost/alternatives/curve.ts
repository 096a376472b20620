import type { Language, Words } from '@terrace/cloud/words';
import { words } from '@terrace/cloud/words';
import { escapeXml } from '@terrace/cloud/xml';
import { type Currency, type ExchangeRate, fromUsd } from '../prices/currency.ts';
import type { Comparison, Crossing } from './serverless.ts';
import type { Way } from './ways.ts';

/**
 * The cost of each way over the requests of a month, both on logarithmic scales, as an SVG that stands by itself: 960 by
 * 600, readable in light and dark surroundings because it brings its own ground.
 */
export function curve(
  comparison: Comparison,
  shown: { language: Language; currency: Currency; rate: ExchangeRate; at: number },
): string {
  const { ways } = comparison;
  const { language, currency, rate } = shown;
  const own = (usd: number) => fromUsd(usd, currency, rate);
  const points = comparison.points.map(({ requests, usd }) => ({
    requests,
    cost: Object.fromEntries(Object.entries(usd).map(([id, each]) => [id, own(each)])) as Record<Way['id'], number>,
  }));
  const all = points.flatMap((point) => Object.values(point.cost));
  const low = 10 ** Math.floor(Math.log10(Math.min(...all)));
  const high = 10 ** Math.ceil(Math.log10(Math.max(...all)));
  const x = scale(points[0]!.requests, points.at(-1)!.requests, plot.left, plot.right);
  const y = scale(low, high, plot.bottom, plot.top);
  const ends = spread(ways.map(({ way }) => ({ way, y: y(points.at(-1)!.cost[way.id]) })));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 960 600" width="960" height="600" font-family="system-ui, 'Noto Sans KR', 'Noto Sans CJK KR', sans-serif" font-size="13" role="img">`,
    `<title>${escapeXml(title[language])}</title>`,
    '<rect width="960" height="600" fill="#ffffff"/>',
    `<text x="${plot.left}" y="34" font-size="18" font-weight="600" fill="#1b1f24">${escapeXml(title[language])}</text>`,
    ...decades(points[0]!.requests, points.at(-1)!.requests).map((value) => vertical(x(value), count(value, language))),
    ...decades(low, high).map((value) =>
      horizontal(y(value), `${currency === 'KRW' ? '₩' : '$'}${count(value, language)}`),
    ),
    `<text x="${(plot.left + plot.right) / 2}" y="586" text-anchor="middle" fill="#57606a">${escapeXml(axis[language])}</text>`,
    `<line x1="${fixed(x(shown.at))}" y1="${plot.top}" x2="${fixed(x(shown.at))}" y2="${plot.bottom}" stroke="#8c959f" stroke-dasharray="3 4"/>`,
    `<text x="${fixed(x(shown.at) + 6)}" y="${plot.bottom - 8}" fill="#57606a">${escapeXml(`${here[language]} ${count(shown.at, language)}`)}</text>`,
    ...ways.map(({ way }) => {
      const path = points.map((point) => `${fixed(x(point.requests))},${fixed(y(point.cost[way.id]))}`).join(' ');
      return `<polyline fill="none" stroke="${colours[way.id]}" stroke-width="2.5" stroke-linejoin="round" points="${path}"/>`;
    }),
    ...ends.map(
      ({ way, y: at }) =>
        `<text x="${plot.right + 10}" y="${fixed(at + 4)}" fill="${colours[way.id]}" font-weight="600">${escapeXml(names[way.id][language])}</text>`,
    ),
    ...ways.flatMap(({ way, crossings }, index) =>
      bounds(crossings).map((crossing) =>
        mark(x(crossing.requests), y(own(crossing.usd)), count(crossing.requests, language), colours[way.id], index),
      ),
    ),
    '</svg>',
    '',
  ].join('\n');
}

const plot = { left: 112, right: 770, top: 60, bottom: 540 };
const title = words('Cost of a month by requests', '한 달 요청 수에 따른 비용');
const axis = words('requests a month', '한 달 요청 수');
const here = words('assumed:', '가정:');

const colours: Readonly<Record<Way['id'], string>> = {
  template: '#1f6feb',
  'lambda-dynamodb': '#bf3989',
  'lambda-aurora': '#8250df',
  fargate: '#bc4c00',
};

const names: Readonly<Record<Way['id'], Words>> = {
  template: words('EC2 (this template)', 'EC2 (이 템플릿)'),
  'lambda-dynamodb': words('Lambda + DynamoDB', 'Lambda + DynamoDB'),
  'lambda-aurora': words('Lambda + Aurora', 'Lambda + Aurora'),
  fargate: words('Fargate', 'Fargate'),
};

function scale(from: number, to: number, start: number, end: number): (value: number) => number {
  return (value) =>
    start + ((Math.log10(value) - Math.log10(from)) / (Math.log10(to) - Math.log10(from))) * (end - start);
}

function decades(from: number, to: number): number[] {
  const first = Math.ceil(Math.log10(from) - 1e-9);
  return Array.from({ length: Math.floor(Math.log10(to) + 1e-9) - first + 1 }, (_, index) => 10 ** (first + index));
}

function vertical(x: number, label: string): string {
  return `<line x1="${fixed(x)}" y1="${plot.top}" x2="${fixed(x)}" y2="${plot.bottom}" stroke="#d8dee4"/><text x="${fixed(x)}" y="560" text-anchor="middle" fill="#57606a">${escapeXml(label)}</text>`;
}

function horizontal(y: number, label: string): string {
  return `<line x1="${plot.left}" y1="${fixed(y)}" x2="${plot.right}" y2="${fixed(y)}" stroke="#d8dee4"/><text x="${plot.left - 8}" y="${fixed(y + 4)}" text-anchor="end" fill="#57606a">${escapeXml(label)}</text>`;
}

/** The first and the last where there are several: between them the cheaper one changes with every server that is added. */
function bounds(crossings: readonly Crossing[]): readonly Crossing[] {
  return crossings.length > 2 ? [crossings[0]!, crossings.at(-1)!] : crossings;
}

/** A break-even point; every other label stands on the other side of its point. */
function mark(x: number, y: number, label: string, colour: string, index: number): string {
  const [anchor, dx, dy] = index % 2 === 1 ? (['end', -12, -10] as const) : (['start', 12, 20] as const);
  return `<circle cx="${fixed(x)}" cy="${fixed(y)}" r="5" fill="#ffffff" stroke="${colour}" stroke-width="2.5"/><text x="${fixed(x + dx)}" y="${fixed(y + dy)}" text-anchor="${anchor}" fill="${colour}" font-weight="600" stroke="#ffffff" stroke-width="4" paint-order="stroke">${escapeXml(label)}</text>`;
}

/** Keeps labels at the right edge 18 apart. */
function spread<T extends { y: number }>(labels: readonly T[]): T[] {
  const sorted = [...labels].sort((one, other) => one.y - other.y).map((label) => ({ ...label }));
  for (let index = 1; index < sorted.length; index++) {
    sorted[index]!.y = Math.max(sorted[index]!.y, sorted[index - 1]!.y + 18);
  }
  return sorted;
}

/** `1.2 M`, or in Korean `120만`. */
export function count(value: number, language: Language): string {
  const units: readonly (readonly [number, string])[] =
    language === 'ko'
      ? [
          [1e12, '조'],
          [1e8, '억'],
          [1e4, '만'],
        ]
      : [
          [1e9, ' billion'],
          [1e6, ' million'],
          [1e3, ' thousand'],
        ];
  const [size, name] = units.find(([size]) => value >= size) ?? [1, ''];
  return `${Number((value / size).toPrecision(3)).toLocaleString('en-US')}${name}`;
}

function fixed(value: number): string {
  return value.toFixed(1);
}
