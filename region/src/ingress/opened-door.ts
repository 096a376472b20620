import { formatAddress } from '@terrace/cloud/address';
import { failure, type Mistake, mistake, type Result, success } from '@terrace/cloud/mistake';
import { resolveReference } from '@terrace/cloud/views/reference';
import { words } from '@terrace/cloud/words';
import type { Outline } from '../outline.ts';
import { type OpenDoor, type OpenRequest, url } from './door.ts';

/** Which door leads to a thing: of a load balancer's listener, or of an instance's public one; without a thing the first. */
export function openedDoor(
  { inventory, network }: Outline,
  doors: readonly OpenDoor[],
  { thing, port }: OpenRequest,
): Result<{ readonly name: string; readonly url: string }> {
  const found = thing === null ? null : resolveReference(thing, inventory, network);
  if (found && !found.ok) return found;
  const addresses = found?.value.interfaces.flatMap(({ publicAddress }) =>
    publicAddress === null ? [] : [formatAddress(publicAddress)],
  );
  const own = doors.filter((door) => !addresses || door.addresses.some((each) => addresses.includes(each)));
  const door = own.find((each) => port === null || each.port === port);
  if (door) return success({ name: door.name, url: url(door) });
  return failure([nothingToOpen(thing, port, own.length > 0 ? own : doors)]);
}

function nothingToOpen(thing: string | null, port: number | null, others: readonly OpenDoor[]): Mistake {
  const what = [thing, port].filter((each) => each !== null).join(':');
  const list = others.map(({ name }) => name).join(', ');
  return mistake(
    'NOTHING_TO_OPEN',
    {},
    {
      cause:
        what === ''
          ? words('Nothing in this region is open to the internet.', '이 로컬 리전에는 인터넷에 공개된 것이 없습니다.')
          : words(
              `${what} has no listener that the internet may reach.`,
              `${what}에는 인터넷에서 연결할 수 있는 리스너가 없습니다.`,
            ),
      next:
        others.length > 0
          ? words(`these are open: ${list}`, `공개된 것: ${list}`)
          : words(
              'reach a private port with: terrace forward THING:PORT',
              '프라이빗 포트 연결: terrace forward 대상:포트',
            ),
    },
  );
}
