import { words } from '@terrace/cloud/words';
import { mariadbPackage } from '@terrace/region/database/mariadb/binaries';
import { setUp } from '@terrace/region/host/toolkit';
import type { CommandDefinition } from '../command.ts';
import { exitCode } from '../terminal/terminal.ts';

export const command: CommandDefinition = {
  usage: 'setup',
  summary: words(
    'fetch the programs a region needs, without installing or starting anything',
    '로컬 리전에 필요한 프로그램을 받기 (설치하거나 서비스를 시작하지 않음)',
  ),
  options: [
    {
      flags: '--mariadb',
      description: words(
        'also the server for databases of the engines mysql and mariadb',
        'mysql, mariadb 엔진의 데이터베이스를 위한 서버도 받기',
      ),
    },
  ],
  examples: ['terrace setup', 'terrace setup --mariadb'],
  async run({ options, terminal }) {
    if (process.platform !== 'linux') {
      terminal.note(
        words(
          'Nothing to set up: a region needs Linux, everything else works as it is.',
          '준비할 것이 없습니다. 로컬 리전은 리눅스가 필요하고, 나머지는 그대로 됩니다.',
        ),
      );
      return exitCode.answered;
    }
    const done = await setUp(
      (packages) => terminal.note(words(`taking apart: ${packages}`, `받아서 풀고 있습니다: ${packages}`)),
      options.mariadb === true ? [mariadbPackage] : [],
    );
    if (!done.ok) {
      terminal.mistakes(done.mistakes);
      return exitCode.mistake;
    }
    terminal.result(done.value, () =>
      done.value.added.length > 0
        ? `${done.value.toolkit}: ${done.value.added.join(' ')}`
        : { en: 'All programs are there.', ko: '필요한 프로그램이 모두 있습니다.' }[terminal.language],
    );
    return exitCode.answered;
  },
};
