import type { NetworkView } from '@terrace/cloud/views/network';
import type { Answer, PairAnswer } from '../reach/ask/question.ts';
import type { Component } from '../reach/engine/components.ts';
import { type Box, type Drawing, type Item, internetItem, itemOf, type Link, type Mark } from './drawing.ts';
import { flow } from './flows.ts';

/** What a change adds and takes away: what is gone stays in the picture, marked. */
export function drawDifference(before: Drawing, after: Drawing): Drawing {
  return {
    title: after.title,
    boxes: differentBoxes(before.boxes, after.boxes),
    items: differentItems(before.items, after.items),
    links: differentLinks(before.links, after.links),
  };
}

function differentBoxes(before: readonly Box[], after: readonly Box[]): Box[] {
  return [
    ...after.map((box) => {
      const had = before.find((each) => each.id === box.id);
      if (!had) return markBox(box, 'added');
      return {
        ...box,
        boxes: differentBoxes(had.boxes, box.boxes),
        items: differentItems(had.items, box.items),
      };
    }),
    ...before.filter((box) => !after.some((each) => each.id === box.id)).map((box) => markBox(box, 'removed')),
  ];
}

function markBox(box: Box, mark: Mark): Box {
  return {
    ...box,
    mark,
    boxes: box.boxes.map((each) => markBox(each, mark)),
    items: box.items.map((each) => ({ ...each, mark })),
  };
}

function differentItems(before: readonly Item[], after: readonly Item[]): Item[] {
  return [
    ...after.map((item) => (before.some((each) => each.id === item.id) ? item : { ...item, mark: 'added' as const })),
    ...before
      .filter((item) => !after.some((each) => each.id === item.id))
      .map((item) => ({ ...item, mark: 'removed' as const })),
  ];
}

function differentLinks(before: readonly Link[], after: readonly Link[]): Link[] {
  return [
    ...after.map((link) => (before.some((each) => each.id === link.id) ? link : { ...link, mark: 'added' as const })),
    ...before
      .filter((link) => !after.some((each) => each.id === link.id))
      .map((link) => ({ ...link, mark: 'removed' as const })),
  ];
}

/** A question's way through the picture, green where it passes, red with all that stands in the way where not. */
export function drawAnswer(drawing: Drawing, view: NetworkView, answer: Answer, label: string): Drawing {
  const told = answer.pairs.find((pair) => pair.verdict !== 'yes') ?? answer.pairs[0];
  if (!told) return drawing;
  const mark: Mark = told.verdict === 'yes' ? 'good' : 'bad';
  const stations = stationsOf(drawing, view, told);
  const links = stations
    .slice(1)
    .map((to, index) => flow(stations[index]!, to, index === 0 ? label : '', mark))
    .filter((link) => link.from !== link.to);
  const blocked = new Set(told.blockers.flatMap(({ component }) => placesOf(view, component, told)));
  const marked = (id: string): Mark =>
    blocked.has(id) ? 'bad' : told.verdict === 'yes' && stations.includes(id) ? 'good' : 'plain';
  return {
    ...drawing,
    boxes: drawing.boxes.map((box) => remark(box, marked)),
    links: [
      ...drawing.links.map((link) => (link.kind === 'way' ? link : { ...link, mark: 'faint' as const })),
      ...links,
    ],
  };
}

function remark(box: Box, marked: (id: string) => Mark): Box {
  return {
    ...box,
    mark: marked(box.id),
    boxes: box.boxes.map((each) => remark(each, marked)),
    items: box.items.map((each) => ({ ...each, mark: marked(each.id) })),
  };
}

/** What is drawn of the way: sender, gateways, receiver. */
function stationsOf(drawing: Drawing, view: NetworkView, pair: PairAnswer): string[] {
  const drawn = new Set(drawing.boxes.flatMap(itemIds));
  const between = pair.path
    .filter((hop) => hop.way === 'forward')
    .flatMap(({ component }) => placesOf(view, component, pair))
    .filter((id) => drawn.has(id) && id !== endOf(view, pair.from) && id !== endOf(view, pair.to));
  return [endOf(view, pair.from), ...new Set(between), endOf(view, pair.to)];
}

function itemIds(box: Box): string[] {
  return [...box.items.map((each) => each.id), ...box.boxes.flatMap(itemIds)];
}

function endOf(view: NetworkView, name: string): string {
  const found = view.interfaces.find((each) => each.name === name);
  return found ? itemOf(found) : internetItem;
}

/** Where a component is in the picture: a group at the end that it guards, a table or an ACL at its subnets. */
function placesOf(view: NetworkView, { kind, id }: Component, pair: PairAnswer): string[] {
  const ends = view.interfaces.filter((each) => each.name === pair.from || each.name === pair.to);
  switch (kind) {
    case 'interface':
      return view.interfaces.filter((each) => each.id === id).map(itemOf);
    case 'security-group':
      return ends.filter((each) => each.securityGroups.includes(id)).map(itemOf);
    case 'network-acl':
    case 'route-table': {
      const subnets = view.subnets.filter((each) => each.networkAcl === id || each.routeTable === id);
      const near = subnets.filter((each) => ends.some((end) => end.subnet === each.id));
      return (near.length > 0 ? near : subnets).map((each) => each.id);
    }
    case 'nat-gateway':
      return view.interfaces.filter((each) => each.owner.kind === 'nat-gateway' && each.owner.id === id).map(itemOf);
    case 'internet-gateway':
    case 'vpc':
      return [id];
    default:
      return [];
  }
}
