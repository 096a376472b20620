import type { Inventory } from '@terrace/cloud/inventory';
import { unableOf } from '@terrace/cloud/validate/standing';
import type { Endpoints } from '@terrace/cloud/views/reference';
import { words } from '@terrace/cloud/words';
import { component } from '../engine/components.ts';
import type { Blocker } from './blocker.ts';

/** Why nothing can be proven about what is meant: it stands outside of the templates, so nobody here knows its network. */
export function standsNowhere(
  inventory: Inventory,
  { reference, interfaces, internet, range }: Endpoints,
): Blocker | undefined {
  if (interfaces.length > 0 || internet || range) return undefined;
  const meant = inventory.resources.find(({ key, logicalId, physicalId, tags }) =>
    [key, logicalId, physicalId, tags.Name].includes(reference),
  );
  const why = meant && unableOf(inventory).get(meant.key);
  if (!meant || !why) return undefined;
  return {
    code: 'UNKNOWN_VALUE',
    way: 'forward',
    component: component('interface', { id: meant.physicalId, name: meant.logicalId, statedBy: meant.key }),
    cause: words(
      `Where ${meant.logicalId} stands is not known here: ${why.en}`,
      `${meant.logicalId}{이/가} 어디에 놓이는지 알 수 없습니다: ${why.ko}`,
    ),
    next: words('load the template that has its network as well', '그 네트워크가 있는 템플릿도 함께 불러오세요'),
    change: null,
  };
}
