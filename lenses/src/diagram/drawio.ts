import { escapeXml } from '@terrace/cloud/xml';
import type { Box, Drawing, Item, ItemKind, Mark } from './drawing.ts';
import { iconSize, type Layout, type Place } from './layout.ts';

/** A drawing as a diagrams.net (draw.io) file, with AWS's shapes, to be gone on with by hand. */
export function drawio(drawing: Drawing, layout: Layout): string {
  const cells = [
    ...drawing.boxes.flatMap((box) => boxCells(box, layout, '1', { x: 0, y: 0 })),
    ...drawing.items.map((item) => itemCell(item, layout.places.get(item.id)!, '1', { x: 0, y: 0 })),
    ...drawing.links.map((link) => {
      const color = markColor(link.mark) ?? (link.kind === 'way' ? '#879596' : '#0073BB');
      const dashed = link.kind === 'way' || link.mark === 'bad' || link.mark === 'removed' ? 'dashed=1;' : '';
      const end = link.kind === 'way' ? 'endArrow=none;' : 'endArrow=block;endFill=1;';
      return `<mxCell id="${escapeXml(link.id)}" value="${escapeXml(link.label)}" style="edgeStyle=orthogonalEdgeStyle;html=1;${end}${dashed}strokeColor=${color};fontSize=10;" edge="1" parent="1" source="${escapeXml(link.from)}" target="${escapeXml(link.to)}"><mxGeometry relative="1" as="geometry"/></mxCell>`;
    }),
  ];
  return [
    '<mxfile host="terrace">',
    `<diagram name="${escapeXml(drawing.title)}">`,
    `<mxGraphModel dx="0" dy="0" grid="1" gridSize="10" page="1" pageWidth="${Math.ceil(layout.width)}" pageHeight="${Math.ceil(layout.height)}"><root>`,
    '<mxCell id="0"/><mxCell id="1" parent="0"/>',
    ...cells,
    '</root></mxGraphModel>',
    '</diagram>',
    '</mxfile>',
    '',
  ].join('\n');
}

/** Places in draw.io are relative to the parent's. */
interface Origin {
  readonly x: number;
  readonly y: number;
}

const groups: Readonly<Record<Box['kind'], { icon: string; color: string; fill: string }>> = {
  vpc: { icon: 'group_vpc2', color: '#8C4FFF', fill: 'none' },
  zone: { icon: 'group_availability_zone', color: '#147EBA', fill: 'none' },
  'public-subnet': { icon: 'group_security_group', color: '#7AA116', fill: '#F2F6E8' },
  'private-subnet': { icon: 'group_security_group', color: '#00A4A6', fill: '#E6F6F7' },
};

function boxCells(box: Box, layout: Layout, parent: string, origin: Origin): string[] {
  const place = layout.places.get(box.id)!;
  const { icon, color, fill } = groups[box.kind];
  const stroke = markColor(box.mark) ?? color;
  const dashed = box.kind === 'zone' || box.mark === 'removed' ? 'dashed=1;' : '';
  const style = `points=[];outlineConnect=0;html=1;container=1;collapsible=0;recursiveResize=0;shape=mxgraph.aws4.group;grIcon=mxgraph.aws4.${icon};strokeColor=${stroke};fillColor=${fill};verticalAlign=top;align=left;spacingLeft=30;fontColor=${stroke};fontSize=12;${dashed}`;
  const value = escapeXml(box.note === '' ? box.label : `${box.label}<br>${box.note}`);
  return [
    `<mxCell id="${escapeXml(box.id)}" value="${value}" style="${style}" vertex="1" parent="${escapeXml(parent)}">${geometry(place, origin)}</mxCell>`,
    ...box.items.map((item) => itemCell(item, layout.places.get(item.id)!, box.id, place)),
    ...box.boxes.flatMap((inner) => boxCells(inner, layout, box.id, place)),
  ];
}

const shapes: Readonly<Record<ItemKind, string>> = {
  internet: 'internet',
  'internet-gateway': 'internet_gateway',
  'nat-gateway': 'nat_gateway',
  instance: 'instance2',
  instances: 'instances',
  'application-load-balancer': 'application_load_balancer',
  'network-load-balancer': 'network_load_balancer',
  database: 'rds_instance',
  endpoint: 'endpoints',
  interface: 'elastic_network_interface',
};

function itemCell(item: Item, place: Place, parent: string, origin: Origin): string {
  const color = markColor(item.mark);
  const style = `outlineConnect=0;html=1;shape=mxgraph.aws4.${shapes[item.kind]};fillColor=${color ?? '#8C4FFF'};strokeColor=none;verticalLabelPosition=bottom;verticalAlign=top;align=center;fontSize=11;`;
  const icon = { ...place, x: place.x + (place.width - iconSize) / 2, width: iconSize, height: iconSize };
  const value = escapeXml(item.note === '' ? item.label : `${item.label}<br>${item.note}`);
  return `<mxCell id="${escapeXml(item.id)}" value="${value}" style="${style}" vertex="1" parent="${escapeXml(parent)}">${geometry(icon, origin)}</mxCell>`;
}

function geometry({ x, y, width, height }: Place, origin: Origin): string {
  return `<mxGeometry x="${Math.round(x - origin.x)}" y="${Math.round(y - origin.y)}" width="${Math.round(width)}" height="${Math.round(height)}" as="geometry"/>`;
}

function markColor(mark: Mark): string | null {
  if (mark === 'plain') return null;
  if (mark === 'faint') return '#C8D0D4';
  return mark === 'added' || mark === 'good' ? '#1D8102' : '#D13212';
}
