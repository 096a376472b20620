import { words } from '@terrace/cloud/words';
import { describe, expect, test } from 'vitest';
import { endpointsOf, projectOf } from '../../../../region/test/connectivity-project.ts';
import {
  group,
  instance,
  peering,
  type Resources,
  subnet,
  table,
  template,
  vpc,
} from '../../../../region/test/connectivity-templates.ts';
import { ask, openReach } from '../ask/ask.ts';
import { diagnose, type Reality } from './ladder.ts';

const world: readonly Resources[] = [
  vpc('Vpc', '10.10.0.0/16'),
  subnet('A', 'Vpc', '10.10.3.0/24'),
  vpc('Internal', '172.16.0.0/16'),
  subnet('D', 'Internal', '172.16.1.0/24'),
  group('Was', 'Vpc'),
  group('Data', 'Internal', ['tcp 5432 Was']),
  instance('Server', 'A', ['Was']),
  instance('Database', 'D', ['Data'], { PrivateIpAddress: '172.16.1.7' }),
  peering('Peering', 'Vpc', 'Internal'),
  table('There', 'Vpc', ['A'], ['172.16.0.0/16 VpcPeeringConnectionId Peering']),
];
const back = table('Back', 'Internal', ['D'], ['10.10.0.0/16 VpcPeeringConnectionId Peering']);
const well = { ok: true, seen: words('accepted', '받아들여짐'), next: null };
const fine: Reality = {
  name: { asked: 'database.internal', addresses: ['172.16.1.7'] },
  packet: 'accepted',
  tls: well,
  credentials: well,
};

async function diagnosisOf(parts: readonly Resources[], reality: Partial<Reality>) {
  const project = await projectOf(template(...parts));
  const question = {
    from: endpointsOf(project, 'Server'),
    to: endpointsOf(project, 'Database'),
    traffic: [5432, 5432],
  };
  return diagnose(ask(openReach(project.network), question).pairs[0]!, { ...fine, ...reality });
}

describe('the ladder from a name to accepted credentials', () => {
  test('tells “peering is fine, the password is wrong”', async () => {
    const wrong = {
      ok: false,
      seen: words('password authentication failed', '비밀번호 인증 실패'),
      next: words('take it from the secret', '보안 암호의 값을 쓰세요'),
    };
    const diagnosis = await diagnosisOf([...world, back], { credentials: wrong });
    expect(diagnosis.failed).toBe('credentials');
    expect(diagnosis.summary.en).toBe(
      'The network from Server to Database is fine, peering and routes included; what fails is the credentials.',
    );
    expect(diagnosis.next).toEqual(wrong.next);
  });

  test.each([
    ['return', [...world], { packet: 'timeout' }],
    ['group', [...world, back, group('Data', 'Internal')], { packet: 'timeout' }],
    ['listener', [...world, back], { packet: 'refused' }],
    ['listener', [...world, back], { packet: 'timeout' }],
    ['name', [...world, back], { name: { asked: 'database.internal', addresses: [] } }],
    ['tls', [...world, back], { tls: { ok: false, seen: words('no encryption', '암호화 없음'), next: null } }],
  ] as const)('names %s as the first rung that fails', async (rung, parts, reality) => {
    const diagnosis = await diagnosisOf(parts, reality);
    expect(diagnosis.failed).toBe(rung);
    expect(diagnosis.rungs.findIndex((each) => each.state === 'failed')).toBe(
      diagnosis.rungs.findIndex((each) => each.rung === rung),
    );
  });

  test('says what it could not look at', async () => {
    const diagnosis = await diagnosisOf([...world, back], { tls: null, credentials: null });
    expect([diagnosis.failed, diagnosis.summary.en]).toEqual([
      null,
      'Nothing is wrong in what could be looked at; not looked at: tls, credentials.',
    ]);
  });
});
