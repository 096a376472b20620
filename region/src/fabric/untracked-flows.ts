import type { NetworkInterface, Traffic } from '@terrace/cloud/views/network';
import { trafficExpression } from './compile-traffic.ts';
import { passesOn, routerLink } from './network-index.ts';
import type { Chain, Collection } from './nftables.ts';

/**
 * Flows that AWS does not track: TCP or UDP that a rule admits from everywhere, with answers allowed to everywhere on every port. Each of
 * their packets is judged by the groups, so that they break when the rule goes, where a tracked flow lives on.
 *
 * Two bits of a flow's mark in the kernel's table say at whose end it is not tracked: the receiver's, or the sender's.
 *
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/security-group-connection-tracking.html#untracked-connections
 */
const mark = { ingress: 0x8000_0000, egress: 0x4000_0000 } as const;

/** Marks from here on are of untracked flows; those below name where answers go. */
export const untrackedMarks = mark.egress;

/** What stands in front of a direction's rules: it marks the flow, which the rules themselves then let pass. */
export function untrackedRules(
  direction: 'ingress' | 'egress',
  rules: readonly UntrackedRule[],
  opposite: readonly UntrackedRule[],
): string[] {
  const answered = (['tcp', 'udp'] as const).filter((protocol) => opposite.some((rule) => allowsAll(rule, protocol)));
  const expressions = rules
    .filter(({ isEverywhere }) => isEverywhere)
    .flatMap(({ traffic }) => {
      if (traffic.protocol === 'all') return answered.map((protocol) => `meta l4proto ${protocol}`);
      return answered.some((protocol) => protocol === traffic.protocol) ? [trafficExpression(traffic)] : [];
    });
  return [...new Set(expressions)].map(
    (traffic) =>
      `${traffic} ct state new ct mark & ${untrackedMarks - 1} == 0 iifname != @${trackedSet} oifname != @${trackedSet} ct mark set ct mark or ${mark[direction]}`,
  );
}

/** A rule of either family, and whether it is about every address of it. */
export interface UntrackedRule {
  readonly traffic: Traffic;
  readonly isEverywhere: boolean;
}

function allowsAll({ traffic, isEverywhere }: UntrackedRule, protocol: 'tcp' | 'udp'): boolean {
  if (!isEverywhere) return false;
  if (traffic.protocol === 'all') return true;
  return traffic.protocol === protocol && traffic.ports.from === 0 && traffic.ports.to === 65_535;
}

/** Every packet is judged as the first was, at the end that does not track it. */
export const untrackedFlows: Chain = {
  name: 'untracked_flows',
  rules: [
    'ct state related accept',
    `ct mark & ${mark.ingress} != 0 ct direction original oifname vmap @ingress`,
    `ct mark & ${mark.ingress} != 0 ct direction reply iifname vmap @egress`,
    `ct mark & ${mark.egress} != 0 ct direction original iifname vmap @egress`,
    `ct mark & ${mark.egress} != 0 ct direction reply oifname vmap @ingress`,
    'accept',
  ],
};

const trackedSet = 'always_tracked';

/**
 * NAT gateways, Network Load Balancers and interface endpoints: what passes them is tracked however open the rules are. So is what an
 * appliance forwards: it passes the router twice, and the mark of one end would be taken for another's.
 */
export function alwaysTracked(interfaces: readonly NetworkInterface[]): Collection {
  const tracked = interfaces.filter(
    (each) => each.owner.kind === 'endpoint' || passesOn(each) || !each.sourceDestinationCheck,
  );
  return {
    kind: 'set',
    name: trackedSet,
    type: 'ifname',
    elements: tracked.map((each) => `"${routerLink.interface(each.id)}"`),
  };
}
