import { allBoxes, allItems, type Box, type Drawing, type Item, type Mark } from './drawing.ts';

/** A drawing as a Mermaid flowchart, for places that show text as pictures. https://mermaid.js.org/syntax/flowchart.html */
export function mermaid(drawing: Drawing): string {
  const names = new Map(
    [...allBoxes(drawing), ...allItems(drawing)].map((each, index) => [each.id, `n${index}`] as const),
  );
  const name = (id: string): string => names.get(id) ?? id;
  const links = drawing.links.map(({ from, to, label, kind, mark }) => {
    const arrow = kind === 'way' ? '---' : mark === 'bad' || mark === 'removed' ? '-.->' : '-->';
    return `  ${name(from)} ${arrow}${label === '' ? '' : `|"${quote(label)}"|`} ${name(to)}`;
  });
  const marked = [...allItems(drawing), ...allBoxes(drawing)].filter((each) => each.mark !== 'plain');
  return [
    '---',
    `title: ${JSON.stringify(drawing.title)}`,
    '---',
    'flowchart LR',
    ...drawing.items.map((item) => `  ${itemLine(item, name)}`),
    ...drawing.boxes.flatMap((box) => boxLines(box, name, '  ')),
    ...links,
    ...marked.map((each) => `  style ${name(each.id)} stroke:${markColor(each.mark)},stroke-width:3px`),
    '',
  ].join('\n');
}

function boxLines(box: Box, name: (id: string) => string, indent: string): string[] {
  const title = box.note === '' ? box.label : `${box.label}<br/>${box.note}`;
  return [
    `${indent}subgraph ${name(box.id)}["${quote(title)}"]`,
    ...box.items.map((item) => `${indent}  ${itemLine(item, name)}`),
    ...box.boxes.flatMap((inner) => boxLines(inner, name, `${indent}  `)),
    `${indent}end`,
  ];
}

function itemLine(item: Item, name: (id: string) => string): string {
  const text = quote(item.note === '' ? item.label : `${item.label}<br/>${item.note}`);
  if (item.kind === 'database') return `${name(item.id)}[("${text}")]`;
  return item.kind === 'internet' ? `${name(item.id)}(("${text}"))` : `${name(item.id)}["${text}"]`;
}

function markColor(mark: Mark): string {
  if (mark === 'faint') return '#c8d0d4';
  return mark === 'added' || mark === 'good' ? '#1d8102' : '#d13212';
}

function quote(text: string): string {
  return text.replaceAll('"', '#quot;');
}
