import type { Inventory } from '@terrace/cloud/inventory';
import { balancingView } from '@terrace/cloud/views/balancing';
import { initialFleet } from '@terrace/cloud/views/initial-fleet';
import { networkView } from '@terrace/cloud/views/network/network-view';
import { resolveReference } from '@terrace/cloud/views/reference';
import { type Words, words } from '@terrace/cloud/words';
import { ask, openReach } from '@terrace/lenses/reach/ask/ask';
import { behindBalancer } from '@terrace/lenses/reach/behind/behind-balancer';
import { tcpPorts } from '@terrace/lenses/reach/traffic/traffic-set';
import type { RegionSummary } from '@terrace/region/supervisor/summary';

/** What `terrace diagnose` would find of a page that gives no answer, from the internet to the last tier: cause and smallest mend. */
export function whyNoAnswer(inventory: Inventory, { targets }: Pick<RegionSummary, 'targets'>): Words[] {
  const fleet = initialFleet(inventory);
  const network = networkView(inventory, fleet);
  const facing = balancingView(inventory, network, fleet).balancers.filter((each) => each.internetFacing);
  const doors = facing.flatMap((balancer) => balancer.listeners.map(({ port }) => ({ balancer, port })));
  const said = doors.flatMap(({ balancer, port }): Words[] => {
    const blocked = blockedFromInternet(balancer.statedBy, port);
    if (blocked) return blocked;
    const links = behindBalancer({ inventory, network, fleet, seen: targets }, balancer.id, port) ?? [];
    const failed = links.find(({ state }) => state === 'failed') ?? links.find(({ state }) => state === 'unknown');
    if (!failed) return [];
    const name = `${balancer.name}:${port}`;
    const cause = words(`${name} → ${failed.name}: ${failed.seen.en}`, `${name} → ${failed.name}: ${failed.seen.ko}`);
    return [cause, ...(failed.next ? [mend(failed.next)] : [])];
  });
  const found = said.length > 0 ? said : [nothingFound];
  return [...new Map(found.map((each) => [each.en, each])).values()];

  function blockedFromInternet(key: string, port: number): Words[] | undefined {
    const to = resolveReference(key, inventory, network);
    const from = resolveReference('internet', inventory, network);
    if (!to.ok || !from.ok) return undefined;
    const answer = ask(openReach(network), {
      from: from.value,
      to: to.value,
      traffic: tcpPorts({ from: port, to: port }),
    });
    const [blocker] = answer.verdict === 'no' ? (answer.pairs[0]?.blockers ?? []) : [];
    return blocker && [blocker.cause, mend(blocker.next)];
  }
}

function mend(next: Words): Words {
  return words(`→ ${next.en}`, `→ ${next.ko}`);
}

const nothingFound = words(
  'Listeners, targets and their networks are well; the answer is the program’s own: terrace logs of a target shows it.',
  '리스너와 대상, 그 사이의 네트워크는 정상입니다. 프로그램 자신의 응답이니 terrace logs로 대상의 로그를 확인하세요.',
);
