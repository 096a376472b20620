import type { Address } from '@terrace/cloud/address';
import type { NetworkInterface } from '@terrace/cloud/views/network';
import { words } from '@terrace/cloud/words';
import { intersect, unite } from '../traffic/intervals.ts';
import { component } from './components.ts';
import type { Filters } from './filters.ts';
import { travel6 } from './ipv6/travel6.ts';
import type { Journey, Step } from './journey.ts';
import type { NetworkIndex } from './network-index.ts';
import type { Receiver, Sender } from './parties.ts';
import { type TravelOptions, travel } from './travel.ts';

export interface BothFamilies {
  /** Both families in one: what passes by either passes. */
  readonly whole: Journey;
  /** IPv4 alone. */
  readonly four: Journey;
  /** IPv6 alone; `null` where one of the two has no such address. */
  readonly six: Journey | null;
}

/**
 * From one party to another by every address that either may have. Where AWS chooses the address, only what holds for all of them is sure.
 */
export function journeyBetween(
  network: NetworkIndex,
  filters: Filters,
  sender: Sender,
  receiver: Receiver,
  options: Omit<TravelOptions, 'intended' | 'byAddress'> = {},
): BothFamilies {
  const more = {
    ...options,
    ...(receiver.interface ? { intended: receiver.interface } : {}),
    ...(sender.byAddress || receiver.byAddress ? { byAddress: true } : {}),
  };
  const all = addressesOf(sender).flatMap((address) =>
    addressesOf(receiver).map((to) => travel(network, filters, { interface: sender.interface, address }, to, more)),
  );
  const four = all.length === 1 ? all[0]! : whatever(all, sender, receiver);
  const six =
    sender.byAddress || receiver.byAddress ? null : travel6(network, filters, sender.interface, receiver.interface);
  return { whole: six ? joined(four, six, countsByItself(sender, receiver)) : four, four, six };
}

function addressesOf(party: {
  readonly interface: NetworkInterface | null;
  readonly address: Address;
}): readonly Address[] {
  const each = party.interface;
  return each?.owner.kind === 'service' && party.address !== each.publicAddress ? each.addresses : [party.address];
}

function whatever(all: readonly Journey[], sender: Sender, receiver: Receiver): Journey {
  const common = (of: (each: Journey) => Journey['allowed']) =>
    all.map(of).reduce((one, other) => intersect(one, other));
  const any = (of: (each: Journey) => Journey['allowed']) => unite(...all.map(of));
  const bounds = {
    arrives: common((each) => each.arrives),
    mayArrive: any((each) => each.mayArrive),
    allowed: common((each) => each.allowed),
    mayBeAllowed: any((each) => each.mayBeAllowed),
    sometimes: common((each) => each.sometimes),
  };
  const [first] = all;
  const isAlike =
    bounds.mayArrive.join() === bounds.arrives.join() && bounds.mayBeAllowed.join() === bounds.allowed.join();
  return isAlike ? first! : { ...bounds, steps: [...first!.steps, addressDoubt(sender, receiver)] };
}

function addressDoubt(sender: Sender, receiver: Receiver): Step {
  const each = [sender.interface, receiver.interface].find((one) => one?.owner.kind === 'service')!;
  return {
    kind: 'doubt',
    way: 'forward',
    at: component('interface', each),
    unknown: {
      code: 'UNKNOWN_ADDRESS',
      cause: words(
        `AWS chooses the address of ${each.name} in its subnet, and rules tell the subnet's addresses apart.`,
        `${each.name}의 주소는 서브넷 안에서 AWS가 고르며, 규칙이 그 서브넷의 주소를 구분합니다.`,
      ),
      next: words('let rules name the whole subnet or its group', '규칙에 서브넷 전체나 보안 그룹을 지정하세요'),
    },
  };
}

/** Somebody without a public IPv4 address is called by IPv6 from outside; to the outside, IPv6 alone is not the internet. */
function countsByItself(sender: Sender, receiver: Receiver): boolean {
  if (receiver.interface === null) return false;
  return sender.interface !== null || receiver.interface.publicAddress === null;
}

export function joined(four: Journey, six: Journey, counts: boolean): Journey {
  return {
    steps: [...four.steps, ...six.steps],
    arrives: unite(four.arrives, six.arrives),
    mayArrive: unite(four.mayArrive, six.mayArrive),
    allowed: counts ? unite(four.allowed, six.allowed) : four.allowed,
    mayBeAllowed: counts ? unite(four.mayBeAllowed, six.mayBeAllowed) : four.mayBeAllowed,
    sometimes: counts ? unite(four.sometimes, six.allowed) : four.sometimes,
  };
}
