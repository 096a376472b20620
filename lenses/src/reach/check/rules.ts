import { everywhere, formatPrefix } from '@terrace/cloud/address';
import { findResource, type Inventory, type ResourceKey } from '@terrace/cloud/inventory';
import { isObject } from '@terrace/cloud/json';
import { reasonOf } from '@terrace/cloud/views/intents';
import type { NetworkView, SecurityRule } from '@terrace/cloud/views/network';
import { type Words, words } from '@terrace/cloud/words';
import { type Component, component } from '../engine/components.ts';
import type { NetworkIndex } from '../engine/network-index.ts';
import { peerName, targetName } from '../explain/explain-hop.ts';
import { describeTraffic, trafficSet } from '../traffic/traffic-set.ts';

/** A route, a security group rule or an ACL entry that a template states, and the network without it. */
export interface StatedRule {
  readonly kind: 'route' | 'ingress' | 'egress' | 'acl-ingress' | 'acl-egress';
  /** The table, group or ACL that it stands in. */
  readonly within: Component;
  readonly text: Words;
  readonly statedBy: ResourceKey;
  /** Place in an inline list; `null` for a resource of its own. */
  readonly index: number | null;
  readonly reason: Words | null;
  /** The only inline egress rule of its group: without it AWS's rule that allows everything comes back. */
  readonly keepsDefaultOut: boolean;
  without(): NetworkView;
}

/** Every rule that somebody wrote; what AWS supplies cannot be taken out. */
export function statedRules(network: NetworkIndex, inventory: Inventory): StatedRule[] {
  return [
    ...statedRoutes(network, inventory),
    ...statedGroupRules(network, inventory),
    ...statedEntries(network, inventory),
  ];
}

function statedRoutes(network: NetworkIndex, inventory: Inventory): StatedRule[] {
  const { view } = network;
  const rules: StatedRule[] = [];
  for (const table of view.routeTables) {
    const stated = new Set(table.routes.flatMap((route) => route.statedBy ?? []));
    for (const key of stated) {
      const routes = table.routes.filter((route) => route.statedBy === key);
      const destinations = routes.map((route) => formatPrefix(route.destination)).join(', ');
      const target = targetName(network, routes[0]!);
      rules.push({
        kind: 'route',
        within: component('route-table', table),
        text: words(`${destinations} to ${target}`, `${destinations} → ${target}`),
        statedBy: key,
        index: null,
        reason: statedReason(inventory, key, null, null),
        keepsDefaultOut: false,
        without: () => ({
          ...view,
          routeTables: view.routeTables.map((each) =>
            each === table ? { ...each, routes: each.routes.filter((route) => route.statedBy !== key) } : each,
          ),
        }),
      });
    }
  }
  return rules;
}

function statedGroupRules(network: NetworkIndex, inventory: Inventory): StatedRule[] {
  const { view } = network;
  return view.securityGroups.flatMap((group) =>
    (['ingress', 'egress'] as const).flatMap((direction) =>
      group[direction].flatMap((rule): StatedRule[] => {
        if (rule.statedBy === null) return [];
        const rest = group[direction].filter((other) => other !== rule);
        const keepsDefaultOut =
          direction === 'egress' && rule.index !== null && !rest.some((other) => other.index !== null);
        const changed = { ...group, [direction]: keepsDefaultOut ? [...rest, toEverywhere] : rest };
        return [
          {
            kind: direction,
            within: component('security-group', group),
            text: ruleText(network, rule, direction),
            statedBy: rule.statedBy,
            index: rule.index,
            reason: statedReason(inventory, rule.statedBy, direction, rule.index),
            keepsDefaultOut,
            without: () => ({
              ...view,
              securityGroups: view.securityGroups.map((each) => (each === group ? changed : each)),
            }),
          },
        ];
      }),
    ),
  );
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-securitygroup.html */
const toEverywhere: SecurityRule = {
  traffic: { protocol: 'all' },
  peer: { kind: 'range', range: everywhere },
  statedBy: null,
  index: null,
  description: null,
};

function ruleText(network: NetworkIndex, rule: SecurityRule, direction: 'ingress' | 'egress'): Words {
  const set = trafficSet(rule.traffic);
  const [traffic, trafficKorean] = [describeTraffic(set), describeTraffic(set, 'ko')];
  const peer = peerName(network, rule.peer);
  return direction === 'ingress'
    ? words(`in: ${traffic} from ${peer}`, `인바운드: ${peer}에서 ${trafficKorean}`)
    : words(`out: ${traffic} to ${peer}`, `아웃바운드: ${peer}{으로/로} ${trafficKorean}`);
}

function statedEntries(network: NetworkIndex, inventory: Inventory): StatedRule[] {
  const { view } = network;
  return view.networkAcls.flatMap((acl) =>
    (['ingress', 'egress'] as const).flatMap((direction) =>
      acl[direction].flatMap((entry): StatedRule[] => {
        if (entry.statedBy === null) return [];
        const set = trafficSet(entry.traffic);
        const range = formatPrefix(entry.range);
        const [inOut, inOutKorean] = direction === 'ingress' ? ['in', '인바운드'] : ['out', '아웃바운드'];
        return [
          {
            kind: `acl-${direction}`,
            within: component('network-acl', acl),
            text: words(
              `${inOut} ${entry.ruleNumber}: ${entry.action} ${describeTraffic(set)}, ${range}`,
              `${inOutKorean} ${entry.ruleNumber}: ${range} ${describeTraffic(set, 'ko')} ${entry.action === 'allow' ? '허용' : '거부'}`,
            ),
            statedBy: entry.statedBy,
            index: null,
            reason: statedReason(inventory, entry.statedBy, null, null),
            keepsDefaultOut: false,
            without: () => ({
              ...view,
              networkAcls: view.networkAcls.map((each) =>
                each === acl ? { ...each, [direction]: each[direction].filter((other) => other !== entry) } : each,
              ),
            }),
          },
        ];
      }),
    ),
  );
}

/** The reason that the template states for a rule: of its own, or of the rule within its group. */
function statedReason(
  inventory: Inventory,
  key: ResourceKey,
  direction: 'ingress' | 'egress' | null,
  index: number | null,
): Words | null {
  const metadata = findResource(inventory, key)?.metadata ?? {};
  if (direction === null || index === null) return reasonOf(metadata['Terrace::Reason']);
  const reasons = metadata['Terrace::Reasons'];
  const list = direction === 'ingress' ? 'SecurityGroupIngress' : 'SecurityGroupEgress';
  return isObject(reasons) ? reasonOf(reasons[`${list}/${index}`]) : null;
}
