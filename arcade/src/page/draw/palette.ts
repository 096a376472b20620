/** The colours of an hour of the night. */
export interface Palette {
  readonly zenith: string;
  readonly sky: string;
  readonly horizon: string;
  readonly farRidge: string;
  readonly nearRidge: string;
  readonly water: string;
  readonly waterEdge: string;
  readonly wall: string;
  readonly grass: string;
  /** From 0, day, to 1: how much the dark hides. */
  readonly dark: number;
  /** From 0 to 1. */
  readonly stars: number;
}

const hours: readonly (readonly [number, Palette])[] = [
  [
    0,
    hour('#2a1c56', '#8a3f78', '#f4875f', '#5b2f6b', '#3a2358', '#7a4a86', '#e08a78', '#2a1c3e', '#3f5d4f', 0.42, 0.25),
  ],
  [
    0.16,
    hour('#0c1038', '#232a6b', '#7a4f94', '#262a66', '#191b4a', '#2c3a80', '#6b6bb8', '#14142f', '#274a55', 0.72, 0.9),
  ],
  [
    0.5,
    hour('#050820', '#0f1a4a', '#26407f', '#15205a', '#0d1540', '#173066', '#3f6aa8', '#0a0d26', '#1c3f4c', 0.84, 1),
  ],
  [
    0.8,
    hour('#0b1840', '#1f4076', '#4f8aa6', '#1d3a6b', '#12284f', '#27587f', '#66a8b8', '#0d1a34', '#22544f', 0.7, 0.7),
  ],
  [
    0.93,
    hour('#27508c', '#e09a8a', '#ffc98a', '#4a5a8c', '#2f4270', '#8a8fa8', '#ffd0a0', '#25304f', '#3f7a58', 0.3, 0.15),
  ],
  [1, hour('#6fb2e0', '#ffd2a0', '#fff0c0', '#7f9ac0', '#5678a0', '#b8d0d8', '#fff2cc', '#4f5f70', '#6fae68', 0, 0)],
];

function hour(
  ...[zenith, sky, horizon, farRidge, nearRidge, water, waterEdge, wall, grass, dark, stars]: [
    ...[string, string, string, string, string, string, string, string, string],
    number,
    number,
  ]
): Palette {
  return { zenith, sky, horizon, farRidge, nearRidge, water, waterEdge, wall, grass, dark, stars };
}

/** `progress` of the night from 0, dusk, to 1, dawn. */
export function paletteAt(progress: number): Palette {
  const later = Math.max(
    1,
    hours.findIndex(([when]) => when >= progress),
  );
  const [from, before] = hours[later - 1] as (typeof hours)[number];
  const [to, after] = hours[later] as (typeof hours)[number];
  const part = Math.min(1, Math.max(0, (progress - from) / (to - from)));
  const colour = (name: Exclude<keyof Palette, 'dark' | 'stars'>) => mix(before[name], after[name], part);
  return {
    zenith: colour('zenith'),
    sky: colour('sky'),
    horizon: colour('horizon'),
    farRidge: colour('farRidge'),
    nearRidge: colour('nearRidge'),
    water: colour('water'),
    waterEdge: colour('waterEdge'),
    wall: colour('wall'),
    grass: colour('grass'),
    dark: before.dark + (after.dark - before.dark) * part,
    stars: before.stars + (after.stars - before.stars) * part,
  };
}

/** A colour between two, all as `#rrggbb`. */
export function mix(one: string, other: string, part: number): string {
  const a = Number.parseInt(one.slice(1), 16);
  const b = Number.parseInt(other.slice(1), 16);
  const channel = (shift: number) => {
    const from = (a >> shift) & 255;
    return Math.round(from + (((b >> shift) & 255) - from) * part) << shift;
  };
  return `#${(channel(16) | channel(8) | channel(0)).toString(16).padStart(6, '0')}`;
}
