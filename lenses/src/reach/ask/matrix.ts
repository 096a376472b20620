import type { NetworkInterface } from '@terrace/cloud/views/network';
import type { Journey } from '../engine/journey.ts';
import { classify, type InterfaceClass } from '../engine/likeness.ts';
import { travel } from '../engine/travel.ts';
import { isEmpty } from '../traffic/intervals.ts';
import type { TrafficSet } from '../traffic/traffic-set.ts';
import type { Reach } from './question.ts';

/**
 * What every interface can reach of every other, by private address, on all ports. Interfaces that nothing tells apart
 * are one class, so the cost follows the number of roles and not of instances.
 */
export interface Matrix {
  readonly classes: readonly InterfaceClass[];
  classOf(id: string): InterfaceClass;
  /** What the members of one class can reach of another's (or of each other, within a class). */
  between(from: InterfaceClass, to: InterfaceClass): TrafficSet;
}

export function computeMatrix(reach: Reach): Matrix {
  const classes = classify(reach.network);
  const byInterface = new Map(classes.flatMap((each) => each.members.map((member) => [member.id, each] as const)));
  const rows = classes.map((from) => classes.map((to) => allowedBetween(reach, from, to)));
  return {
    classes,
    classOf: (id) => byInterface.get(id)!,
    between: (from, to) => rows[from.index]![to.index]!,
  };
}

function allowedBetween(reach: Reach, from: InterfaceClass, to: InterfaceClass): TrafficSet {
  const sender = from.members[0]!;
  const receiver = from === to ? (to.members[1] ?? sender) : to.members[0]!;
  return travelBetween(reach, sender, receiver).allowed;
}

export function travelBetween(
  { network, filters }: Reach,
  sender: NetworkInterface,
  receiver: NetworkInterface,
): Journey {
  return travel(network, filters, { interface: sender, address: sender.addresses[0]! }, receiver.addresses[0]!);
}

/** How many ordered pairs of different interfaces something passes between. */
export function countOpenPairs(matrix: Matrix): number {
  let open = 0;
  for (const from of matrix.classes) {
    for (const to of matrix.classes) {
      if (isEmpty(matrix.between(from, to))) continue;
      open += from === to ? from.members.length * (from.members.length - 1) : from.members.length * to.members.length;
    }
  }
  return open;
}
