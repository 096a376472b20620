import { describe, expect, test } from 'vitest';
import type { Connection } from '../connection.ts';
import { asked, FileSystem } from '../machine.fixture.ts';
import { Troubles } from '../trouble.ts';
import { apt } from './apt.ts';
import { ubuntu } from './repository.ts';

const here: Connection = { outcome: 'connected', address: '198.19.1.1' };
const nowhere: Connection = { outcome: 'timed-out', address: '198.19.1.1' };

async function run(line: string, connection: Connection, { listed = false, uid = 0 } = {}) {
  const guest = new FileSystem(listed ? { '/var/lib/apt/lists/terrace': '' } : {});
  const question = asked(line, uid);
  const troubles = new Troubles();
  const started: string[] = [];
  const code = await apt(
    {
      guest,
      accounts: 'many',
      ipv6: true,
      hasProgram: () => false,
      fetch: async ([name]) => `${name}-0`,
      repository: ubuntu('ap-northeast-2', 'noble'),
      connect: async () => connection,
      troubles,
      startUnit: async (name) => void started.push(name),
    },
    question,
  );
  return { code, said: `${question.out}${question.err}`, troubles: troubles.end().length };
}

/** https://manpages.debian.org/bookworm/apt/apt-get.8.en.html */
describe('apt-get', () => {
  test.each<[string, string, Connection, object, number, RegExp, number]>([
    ['reads its lists', 'apt-get update', here, {}, 0, /Get:1 http/, 0],
    ['ends with 0 where it could not, and is told of', 'apt-get update', nowhere, {}, 0, /W: Failed to fetch/, 1],
    ['finds nothing before it has read them', 'apt-get install -y jq', here, {}, 100, /Unable to locate package jq/, 1],
    ['fetches what it installs', 'apt-get install -y jq', nowhere, { listed: true }, 100, /E: Failed to fetch/, 1],
    ['has nothing to upgrade without lists', 'apt-get -y upgrade', nowhere, {}, 0, /0 upgraded/, 0],
    ['fetches what it upgrades', 'apt-get -y upgrade', nowhere, { listed: true }, 100, /E: Failed to fetch/, 1],
    ['is upgraded where it could fetch', 'apt-get -y upgrade', here, { listed: true }, 0, /0 upgraded/, 0],
    [
      'names a package of no table',
      'apt-get install -y no-such-thing',
      here,
      { listed: true },
      100,
      /Unable to locate/,
      1,
    ],
    ['asks for root', 'apt-get update', here, { uid: 1000 }, 100, /are you root\?/, 1],
    ['refuses what it does not do', 'apt-get source jq', here, { listed: true }, 100, /not carried out/, 1],
  ])('%s', async (_, line, connection, options, code, said, troubles) => {
    const found = await run(line, connection, options);
    expect(found).toMatchObject({ code, troubles });
    expect(found.said).toMatch(said);
  });
});
