import type { Inventory } from '@terrace/cloud/inventory';
import { type Mistake, mistake } from '@terrace/cloud/mistake';
import { words } from '@terrace/cloud/words';
import type { Shortage } from './launch-shortage.ts';

interface Warning {
  readonly kind: 'warning';
  readonly mistake: Mistake;
}

/** What `terrace up` warns of. The group stands with those that it has, and tries again. */
export function launchFailure({ group, name, wanted, has, reason }: Shortage, inventory: Inventory): Warning {
  const { place } = inventory.resources.find(({ key }) => key === group)!;
  const told = mistake('LAUNCH_FAILED', place, {
    cause: words(
      `The group ${name} wants ${wanted} instances and has ${has}: ${reason}`,
      `그룹 ${name}의 원하는 용량은 ${wanted}인데 인스턴스가 ${has}개입니다: ${reason}`,
    ),
    next: words(
      'free addresses in its subnets, raise vcpuQuota in terrace.json, or ask for fewer; the group tries again by itself',
      '서브넷의 주소를 비우거나, terrace.json의 vcpuQuota를 올리거나, 원하는 용량을 줄이세요. 그룹이 스스로 다시 시도합니다',
    ),
  });
  return { kind: 'warning', mistake: told };
}
