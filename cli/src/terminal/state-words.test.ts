import { words } from '@terrace/cloud/words';
import type { RegionStatus } from '@terrace/region/supervisor/summary';
import { expect, test } from 'vitest';
import { statusLines } from '../commands/status.ts';
import { upReport } from '../running/up-report.ts';
import { reasonWords, stateWords } from './state-words.ts';

const status: RegionStatus = {
  app: 'http://127.0.0.1:8080/',
  doors: [],
  timings: { project: 500, fabric: 300, services: 400, firstAnswer: 3900, signals: 4200, answered: 4400, total: 4700 },
  resources: { real: {}, unable: {}, modelled: {}, ignored: {} },
  unable: [],
  instances: [
    { name: 'web/0', id: 'i-0', zone: 'ap-northeast-2a', address: '10.10.1.4', state: 'running' },
    { name: 'was/10', id: 'i-1', zone: 'ap-northeast-2c', address: '10.10.2.14', state: 'user-data-failed' },
  ],
  databases: [
    { id: 'd', endpoint: 'd.rds', port: 5432, engine: 'postgres', state: 'available', standby: 'not-answering' },
  ],
  targets: [
    { targetGroup: 'web', target: 'i-0', port: 80, health: 'healthy', reason: null },
    { targetGroup: 'was', target: 'i-1', port: 8080, health: 'initial', reason: 'Elb.InitialHealthChecking' },
  ],
  replacements: [],
  outputs: [],
  failures: [],
  unbounded: [],
  mechanisms: [{ name: words('routes', '경로'), inForce: true, found: words('2', '2') }],
  drift: [],
  clock: { region: '2026-11-29T11:00:00.000Z', speed: 60, keepsWall: [words('databases', '데이터베이스')] },
  groups: [
    { name: 'web', desired: 1, inService: 1, least: 1, most: 4, shortage: null },
    { name: 'was', desired: 3, inService: 1, least: 2, most: 4, shortage: 'There are not enough free addresses.' },
  ],
  alarms: [
    { name: 'launch', state: 'ALARM', reason: words('Threshold', 'Threshold'), since: '2026-11-29T11:00:00.000Z' },
    { name: 'band', state: null, reason: words('no bands', '이상 탐지 없음'), since: null },
  ],
  activities: [],
};

test('a Korean reader gets states, reasons and timings in Korean', () => {
  expect(statusLines(status, 'ko')).toEqual([
    'web/0   i-0  ap-northeast-2a  10.10.1.4   실행 중',
    'was/10  i-1  ap-northeast-2c  10.10.2.14  사용자 데이터 실패',
    'web: i-0:80 정상',
    'was: i-1:8080 초기 (첫 상태 확인 진행 중, Elb.InitialHealthChecking)',
    'd.rds:5432 postgres 사용 가능, 대기 인스턴스 응답하지 않음',
    '✓ 그룹 web: 서비스 중 1, 원하는 용량 1(최소 1, 최대 4)',
    '✗ 그룹 was: 서비스 중 1, 원하는 용량 3(최소 2, 최대 4)',
    '  There are not enough free addresses.',
    '! 경보 launch: 경보 상태, 2026-11-29T11:00:00.000Z부터',
    '경보 band: 평가하지 않음: 이상 탐지 없음',
    '로컬 리전의 시계: 2026-11-29T11:00:00.000Z, 60배속. 실제 시각을 따르는 것: 데이터베이스',
    '✓ 경로: 2',
  ]);
  expect(upReport(status, true, 'ko')).toContain(
    '걸린 시간 4.7초, 첫 응답까지 4.4초. 프로젝트 읽기 0.5초, 그 뒤로: 네트워크 0.3초, 서비스 0.4초, 첫 응답 3.9초, 신호 4.2초',
  );
});

test('what others changed in the kernel is shown with what came of it', () => {
  const drift = {
    where: 'router-1',
    missing: ['route a'],
    foundAt: '2026-11-29T11:00:00.000Z',
    repairedAt: null,
    attempts: 0,
    said: null,
  };
  const shown = (more: Partial<RegionStatus['drift'][number]>, language: 'en' | 'ko') =>
    statusLines({ ...status, drift: [{ ...drift, ...more }] }, language).at(-1);
  expect(shown({}, 'en')).toBe('✗ changed from outside in router-1: route a; being repaired');
  expect(shown({ repairedAt: '2026-11-29T11:00:01.000Z' }, 'en')).toBe(
    '✓ changed from outside in router-1: route a; repaired at 11:00:01 UTC',
  );
  expect(shown({ attempts: 3, said: 'no' }, 'en')).toBe(
    '✗ changed from outside in router-1: route a; not repaired after 3 attempts: no',
  );
  expect(shown({ repairedAt: '2026-11-29T11:00:01.000Z' }, 'ko')).toBe(
    '✓ router-1, 외부에서 변경됨: route a. 11:00:01(UTC)에 복구함',
  );
});

test('English has the names of AWS', () => {
  expect(statusLines(status, 'en')).toContain('web: i-0:80 healthy');
  expect(upReport(status, true, 'en')).toContain(
    'took 4.7 s, the first answer after 4.4 s; reading the project 0.5 s, and from then on: network 0.3 s, services 0.4 s, first answer 3.9 s, signals 4.2 s',
  );
});

test('what a check saw stays with its reason', () => {
  expect(reasonWords('Target.ResponseCodeMismatch: Not Found').ko).toBe(
    '상태 확인이 기대하는 코드가 아님: Not Found, Target.ResponseCodeMismatch',
  );
});

test.each([
  ...['pending', 'running', 'stopping', 'stopped', 'shutting-down', 'terminated', 'user-data-failed'],
  ...['initial', 'healthy', 'unhealthy', 'draining', 'unused', 'unavailable'],
  ...['available', 'failed', 'modelled', 'in-sync', 'behind', 'not-answering'],
  ...['accepted', 'refused', 'timeout'],
])('%s is not left in English', (state) => {
  expect(stateWords(state).en).toBe(state);
  expect(stateWords(state).ko).toMatch(/[가-힣]/);
});
