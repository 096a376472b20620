import { type Words, words } from '@terrace/cloud/words';

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
