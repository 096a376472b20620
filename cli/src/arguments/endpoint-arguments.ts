import { failure, type Result, success } from '@terrace/cloud/mistake';
import { type Words, words } from '@terrace/cloud/words';
import type { CommandDefinition } from '../command.ts';
import { excludes, oneOf } from './option-values.ts';

/** What the two ends of a question may be, as `resolveReference` reads them. */
export const endpointArguments: Readonly<Record<'from' | 'to', Words>> = {
  from: words(
    'who sends: a member of a group (web/0), a group or other resource by Name tag or logical id (web, WebServers), internet, an address or a range',
    '보내는 쪽: 그룹의 인스턴스(web/0), Name 태그나 논리적 ID로 쓴 그룹과 다른 리소스(web, WebServers), internet, 주소나 범위',
  ),
  to: words(
    'who is sent to, written in the same way; for a load balancer or a database its name: DatabaseInstance',
    '받는 쪽: 같은 방식으로 쓰고, 로드 밸런서나 데이터베이스도 이름으로 씀. 예: DatabaseInstance',
  ),
};

export const familyOption: CommandDefinition['options'][number] = {
  flags: '--family <family>',
  description: words(
    '4 or 6: by IPv4 or by IPv6 alone (by each that both ends have, unless given)',
    '4 또는 6: IPv4나 IPv6로만 (지정하지 않으면 양쪽 모두 가진 주소 체계 전부)',
  ),
};

/**
 * The address family that is asked for, and the protocol: `icmpv6` is the ping of IPv6 and of nothing else. Mistakes: `OPTION_UNKNOWN`,
 * `OPTIONS_EXCLUDE`.
 */
export function familyOf({ family, protocol }: Readonly<Record<string, unknown>>): Result<{
  readonly family?: 4 | 6;
  readonly protocol: unknown;
}> {
  const found = family === undefined ? success(undefined) : oneOf('--family', family, ['4', '6'] as const);
  if (!found.ok) return found;
  const isSix = String(protocol).toLowerCase() === 'icmpv6';
  if (isSix && found.value === '4') return failure([excludes('--protocol icmpv6', '--family 4')]);
  if (isSix) return success({ family: 6, protocol: 'icmp' });
  return success({ ...(found.value === undefined ? {} : { family: found.value === '4' ? 4 : 6 }), protocol });
}
