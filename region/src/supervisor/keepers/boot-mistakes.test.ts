import { words } from '@terrace/cloud/words';
import { describe, expect, test } from 'vitest';
import type { UserDataResult } from '../../compute/cloud-init/boot.ts';
import type { Trouble } from '../../compute/trouble.ts';
import { bootMistake } from './boot-mistakes.ts';

const install: Trouble = {
  kind: 'install',
  command: 'dnf install -y httpd',
  cause: words('the repository was not reached', '리포지토리에 연결하지 못했습니다'),
  unreached: null,
};
const second: Trouble = { ...install, command: 'dnf install -y php' };

function boot(result: Partial<UserDataResult>, signalled = false) {
  const whole = { outcome: 'succeeded', parts: [], troubles: [], ...result } as UserDataResult;
  return { name: 'web/0', id: 'i-1', place: {}, result: whole, signalled };
}

const part = { name: 'part-001', signal: null, milliseconds: 1 };

describe('a first boot', () => {
  test('without a failure has none', () => {
    expect(bootMistake(boot({}), [])).toBeUndefined();
  });

  test('that ends with 0 after a refused step names the first one, and how many followed', () => {
    const found = bootMistake(boot({ troubles: [install, second] }), []);
    expect(found).toMatchObject({ code: 'BOOT_STEP_REFUSED' });
    expect(found?.cause.en).toMatch(
      /ended with 0.*first cause: dnf install -y httpd: the repository was not reached \(and 1 more refused step after it\)/s,
    );
  });

  test('that signalled success after it says so', () => {
    expect(bootMistake(boot({ troubles: [install] }, true), [])?.cause.en).toMatch(
      /signalled success to CloudFormation/,
    );
  });

  test('that failed has the first refused step beside the script’s last lines', () => {
    const lines = ['one', 'two', 'Unit httpd.service not found.'];
    const parts = [{ ...part, exitCode: 5, lastLines: lines, firstError: null }];
    const found = bootMistake(boot({ outcome: 'failed', parts, troubles: [install] }), []);
    expect(found).toMatchObject({ code: 'USER_DATA_FAILED' });
    expect(found?.cause.en).toMatch(
      /ended with 5:.*Unit httpd.service not found\..*first cause: dnf install -y httpd/s,
    );
  });

  test('shows the first error of a long output before its end', () => {
    const lastLines = Array.from({ length: 20 }, (_, index) => `at frame ${index}`);
    const parts = [{ ...part, exitCode: 1, lastLines, firstError: 'Error: no such module' }];
    const found = bootMistake(boot({ outcome: 'failed', parts }), []);
    expect(found?.cause.en).toMatch(/Error: no such module\n\s+…\n\s+at frame 15.*at frame 19/s);
  });

  test('has what stands in the way, and its mend as the next step', () => {
    const obstacle = {
      code: 'NO_ROUTE_TO_DESTINATION',
      component: 'main table',
      cause: words('no route', '경로 없음'),
      next: words('add a NAT gateway', 'NAT 게이트웨이를 추가하세요'),
    };
    const found = bootMistake(boot({ troubles: [install] }), [obstacle]);
    expect(found?.cause.ko).toContain('✗ NO_ROUTE_TO_DESTINATION  main table: 경로 없음');
    expect(found?.next.en).toBe('add a NAT gateway');
  });
});
