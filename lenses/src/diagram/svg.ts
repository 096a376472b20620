import { escapeXml } from '@terrace/cloud/xml';
import { allItems, type Box, type Drawing, type Item, type ItemKind, type Mark } from './drawing.ts';
import { iconSymbol } from './icons.ts';
import { iconSize, type Layout, type Line, type Place } from './layout.ts';

/** A drawing as a self-contained SVG picture. */
export function svg(drawing: Drawing, layout: Layout): string {
  const width = Math.ceil(layout.width);
  const height = Math.ceil(layout.height) + 40;
  const kinds = new Set<ItemKind>(allItems(drawing).map((item) => item.kind));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" font-family="'Amazon Ember','Helvetica Neue',Arial,'Noto Sans KR',sans-serif">`,
    `<title>${escapeXml(drawing.title)}</title>`,
    `<defs>${[...kinds].map(iconSymbol).join('')}${arrowHeads}</defs>`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    `<text x="24" y="28" font-size="17" font-weight="600" fill="#16191f">${escapeXml(drawing.title)}</text>`,
    '<g transform="translate(0 36)">',
    ...drawing.boxes.map((box) => drawBox(box, layout)),
    ...layout.lines.map(drawLine),
    ...allItems(drawing).map((item) => drawItem(item, layout.places.get(item.id)!)),
    ...layout.lines.map(drawLabel),
    '</g>',
    '</svg>',
    '',
  ].join('\n');
}

const boxLooks: Readonly<Record<Box['kind'], { stroke: string; fill: string; dash: string }>> = {
  vpc: { stroke: '#8c4fff', fill: 'none', dash: '' },
  zone: { stroke: '#147eba', fill: 'none', dash: '6 4' },
  'public-subnet': { stroke: '#7aa116', fill: '#f2f6e8', dash: '' },
  'private-subnet': { stroke: '#00a4a6', fill: '#e6f6f7', dash: '' },
};

const markColors: Readonly<Record<Mark, string | null>> = {
  plain: null,
  faint: '#c8d0d4',
  added: '#1d8102',
  removed: '#d13212',
  good: '#1d8102',
  bad: '#d13212',
};

function drawBox(box: Box, layout: Layout): string {
  const { x, y, width, height } = layout.places.get(box.id)!;
  const look = boxLooks[box.kind];
  const stroke = markColors[box.mark] ?? look.stroke;
  const dash = box.mark === 'removed' ? '3 3' : look.dash;
  const weight = box.mark === 'plain' ? 1.4 : 2.4;
  return [
    `<g><rect x="${x}" y="${y}" width="${width}" height="${height}" rx="3" fill="${look.fill}" stroke="${stroke}" stroke-width="${weight}"${dash ? ` stroke-dasharray="${dash}"` : ''}/>`,
    `<text x="${x + 10}" y="${y + 18}" font-size="12.5" font-weight="600" fill="${stroke}">${escapeXml(box.label)}</text>`,
    box.note ? `<text x="${x + 10}" y="${y + 33}" font-size="11" fill="#545b64">${escapeXml(box.note)}</text>` : '',
    '</g>',
    ...box.boxes.map((inner) => drawBox(inner, layout)),
  ].join('');
}

function drawItem(item: Item, { x, y, width }: Place): string {
  const center = x + width / 2;
  const color = markColors[item.mark];
  const frame = color
    ? `<rect x="${center - iconSize / 2 - 5}" y="${y - 3}" width="${iconSize + 10}" height="${iconSize + 8}" rx="5" fill="none" stroke="${color}" stroke-width="2.4"${item.mark === 'removed' ? ' stroke-dasharray="3 3"' : ''}/>`
    : '';
  const note = item.note
    ? `<text x="${center}" y="${y + iconSize + 29}" font-size="10.5" text-anchor="middle" fill="#545b64">${escapeXml(item.note)}</text>`
    : '';
  return [
    `<g><use href="#icon-${item.kind}" x="${center - iconSize / 2}" y="${y}" width="${iconSize}" height="${iconSize}"/>${frame}`,
    `<text x="${center}" y="${y + iconSize + 15}" font-size="12" text-anchor="middle" fill="${color ?? '#16191f'}">${escapeXml(item.label)}</text>${note}</g>`,
  ].join('');
}

function drawLine({ link, points }: Line): string {
  if (points.length < 2) return '';
  const path = points.map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${round(x)} ${round(y)}`).join(' ');
  const color = markColors[link.mark] ?? (link.kind === 'way' ? '#879596' : '#0073bb');
  const dash = link.mark === 'removed' || link.mark === 'bad' ? '5 4' : link.kind === 'way' ? '2 3' : '';
  const arrow = link.kind === 'way' ? '' : ` marker-end="url(#arrow-${arrowOf(link.mark)})"`;
  return `<path d="${path}" fill="none" stroke="${color}" stroke-width="${link.mark === 'plain' || link.mark === 'faint' ? 1.4 : 2.2}"${dash ? ` stroke-dasharray="${dash}"` : ''}${arrow}/>`;
}

function drawLabel({ link, label }: Line): string {
  if (!label) return '';
  const color = markColors[link.mark] ?? (link.kind === 'way' ? '#545b64' : '#0a5a8f');
  const { x, y, width, height } = label;
  return `<g><rect x="${round(x)}" y="${round(y)}" width="${width}" height="${height}" rx="2" fill="#ffffff" fill-opacity="0.86"/><text x="${round(x + width / 2)}" y="${round(y + height - 3.5)}" font-size="10.5" text-anchor="middle" fill="${color}">${escapeXml(link.label)}</text></g>`;
}

function arrowOf(mark: Mark): string {
  if (mark === 'plain' || mark === 'faint') return mark === 'plain' ? 'flow' : 'faint';
  return mark === 'added' || mark === 'good' ? 'good' : 'bad';
}

const arrowHeads = [
  ['flow', '#0073bb'],
  ['faint', '#c8d0d4'],
  ['good', '#1d8102'],
  ['bad', '#d13212'],
]
  .map(
    ([name, color]) =>
      `<marker id="arrow-${name}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0L8 4L0 8z" fill="${color}"/></marker>`,
  )
  .join('');

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
