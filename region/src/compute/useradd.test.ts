import { expect, test } from 'vitest';
import { asked, FileSystem } from './machine.fixture.ts';
import { manageAccounts } from './useradd.ts';

const fresh = () =>
  new FileSystem({ '/etc/passwd': 'root:x:0:0:root:/root:/bin/bash\nnobody:x:0:0:::\n', '/etc/group': 'root:x:0:\n' });

test('accounts are names, all of them with the one number there is', async () => {
  const guest = fresh();
  expect(await manageAccounts(guest, asked('useradd --system --no-create-home --shell /sbin/nologin app'))).toBe(0);
  expect(await manageAccounts(guest, asked('useradd -rm -d /opt/tomcat -s /bin/false tomcat'))).toBe(0);
  expect(guest.files.get('/etc/passwd')).toBe(
    'root:x:0:0:root:/root:/bin/bash\nnobody:x:0:0:::\napp:*:0:0:app:/home/app:/sbin/nologin\ntomcat:*:0:0:tomcat:/opt/tomcat:/bin/false\n',
  );
  expect(await manageAccounts(guest, asked('userdel app'))).toBe(0);
  expect(guest.files.get('/etc/passwd')).not.toContain('app:');
});

test.each([
  ['useradd root', 9],
  ['useradd', 2],
  ['useradd a b', 2],
  ['useradd --frobnicate app', 2],
  ['useradd ../app', 2],
  ['userdel nosuch', 6],
  ['usermod -aG wheel nosuch', 6],
  ['usermod -aG wheel nobody', 0],
  ['groupadd root', 9],
  ['groupadd -f root', 0],
  ['groupadd web', 0],
])('%s ends with %i', async (line, code) => {
  const question = asked(line);
  expect(await manageAccounts(fresh(), question)).toBe(code);
  expect(question.err === '').toBe(code === 0);
});
