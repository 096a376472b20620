import { type Words, words } from '@terrace/cloud/words';

/** What cannot run faster than it does, and keeps the wall's time whatever the region's clock says. */
export const keepsWall: readonly Words[] = [
  words('servers, health checks and their grace period', '서버, 상태 확인과 상태 확인 유예 기간'),
  words('round trips and connection timeouts', '왕복 시간과 연결 제한 시간'),
  words('the clocks of instances', '인스턴스의 시계'),
  words('databases and their backups', '데이터베이스와 백업'),
  words('certificates, signatures and credentials', '인증서, 서명, 자격 증명'),
];
