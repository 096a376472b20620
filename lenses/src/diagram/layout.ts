import ElkConstructor, { type ElkExtendedEdge, type ElkNode } from 'elkjs/lib/elk.bundled.js';
import type { Box, Drawing, Item, Link } from './drawing.ts';

/** Where everything stands, in pixels from the top left. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly places: ReadonlyMap<string, Place>;
  readonly lines: readonly Line[];
}

export interface Place {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Line {
  readonly link: Link;
  readonly points: readonly { readonly x: number; readonly y: number }[];
  /** The top left of the label. */
  readonly label: Place | null;
}

export const iconSize = 44;
const characterWidth = 6.6;
const labelHeight = 14;

/** Lays a drawing out from left to right, in layers, with boxes that hold what belongs to them. */
export async function layOut(drawing: Drawing): Promise<Layout> {
  const Elk = ElkConstructor as unknown as typeof ElkConstructor.default;
  const laid: ElkNode = await new Elk().layout({
    id: 'root',
    layoutOptions: {
      'elk.algorithm': 'layered',
      'elk.direction': 'RIGHT',
      'elk.hierarchyHandling': 'INCLUDE_CHILDREN',
      'elk.edgeRouting': 'ORTHOGONAL',
      'elk.layered.spacing.nodeNodeBetweenLayers': '60',
      'elk.layered.spacing.edgeNodeBetweenLayers': '22',
      'elk.layered.spacing.edgeEdgeBetweenLayers': '14',
      'elk.spacing.nodeNode': '26',
      'elk.spacing.edgeNode': '18',
      'elk.spacing.edgeEdge': '12',
      'elk.layered.nodePlacement.strategy': 'BRANDES_KOEPF',
      'elk.layered.crossingMinimization.forceNodeModelOrder': 'false',
      'elk.padding': '[top=24,left=24,bottom=24,right=24]',
      'org.eclipse.elk.json.shapeCoords': 'ROOT',
      'org.eclipse.elk.json.edgeCoords': 'ROOT',
    },
    children: [...drawing.items.map(itemNode), ...drawing.boxes.map(boxNode)],
    edges: [
      ...drawing.links.map((link) => linkEdge(link, outward(drawing, link))),
      ...drawing.boxes.flatMap(alignment),
    ],
  });
  const places = new Map<string, Place>();
  collectPlaces(laid, places);
  const byId = new Map(drawing.links.map((link) => [link.id, link]));
  return {
    width: laid.width ?? 0,
    height: laid.height ?? 0,
    places,
    lines: collectEdges(laid).flatMap((edge) => {
      const link = byId.get(edge.id);
      return link ? [lineOf(edge, link, outward(drawing, link))] : [];
    }),
  };
}

function boxNode(box: Box): ElkNode {
  const title = Math.max(box.label.length, box.note.length) * characterWidth + 48;
  return {
    id: box.id,
    layoutOptions: {
      'elk.padding': '[top=46,left=20,bottom=18,right=20]',
      'elk.nodeSize.constraints': 'MINIMUM_SIZE',
      'elk.nodeSize.minimum': `(${Math.round(title)}, 66)`,
    },
    width: title,
    height: 66,
    children: [...box.items.map(itemNode), ...box.boxes.map(boxNode)],
  };
}

/** Never drawn: it keeps the zones of a VPC side by side, behind its gateway. */
function alignment(box: Box): ElkExtendedEdge[] {
  const [gateway] = box.items;
  if (!gateway) return [];
  return box.boxes.map((zone) => ({ id: `alignment ${zone.id}`, sources: [gateway.id], targets: [zone.id] }));
}

function itemNode(item: Item): ElkNode {
  const text = Math.max(item.label.length, item.note.length) * characterWidth;
  return {
    id: item.id,
    width: Math.max(iconSize + 28, text + 12),
    height: iconSize + 2 * labelHeight + (item.note === '' ? 0 : labelHeight),
  };
}

/** What leaves for the internet is laid out the other way round, so that the internet stays on the left. */
function outward(drawing: Drawing, { from, to }: Link): boolean {
  const isInternet = (id: string) => drawing.items.some((item) => item.id === id);
  const isGateway = (id: string) =>
    drawing.boxes.some((box) => box.items.some((item) => item.id === id && item.kind === 'internet-gateway'));
  return isInternet(to) || (isGateway(to) && !isInternet(from));
}

function linkEdge(link: Link, reversed: boolean): ElkExtendedEdge {
  return {
    id: link.id,
    sources: [reversed ? link.to : link.from],
    targets: [reversed ? link.from : link.to],
    labels: link.label === '' ? [] : [{ text: link.label, width: link.label.length * 6 + 8, height: labelHeight }],
  };
}

function collectPlaces(node: ElkNode, places: Map<string, Place>): void {
  for (const child of node.children ?? []) {
    places.set(child.id, { x: child.x ?? 0, y: child.y ?? 0, width: child.width ?? 0, height: child.height ?? 0 });
    collectPlaces(child, places);
  }
}

function collectEdges(node: ElkNode): ElkExtendedEdge[] {
  return [...((node.edges ?? []) as ElkExtendedEdge[]), ...(node.children ?? []).flatMap(collectEdges)];
}

function lineOf(edge: ElkExtendedEdge, link: Link, reversed: boolean): Line {
  const points = (edge.sections ?? []).flatMap((section) => [
    section.startPoint,
    ...(section.bendPoints ?? []),
    section.endPoint,
  ]);
  const [label] = edge.labels ?? [];
  return {
    link,
    points: reversed ? points.reverse() : points,
    label: label ? { x: label.x ?? 0, y: label.y ?? 0, width: label.width ?? 0, height: label.height ?? 0 } : null,
  };
}
