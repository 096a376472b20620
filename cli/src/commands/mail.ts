import { type Language, words } from '@terrace/cloud/words';
import { type Mail, readMails } from '@terrace/region/notifications/mailbox';
import { wholeNumber } from '../arguments/option-values.ts';
import type { CommandDefinition } from '../command.ts';
import { passOn, readMailServer } from '../running/mail-relay.ts';
import { stateDirectory } from '../running/region-client.ts';
import { exitCode, type Terminal } from '../terminal/terminal.ts';

export const command: CommandDefinition = {
  usage: 'mail',
  summary: words(
    'mails that SNS topics of the region have sent; nothing leaves this machine unless --smtp names a server',
    '로컬 리전의 SNS 주제가 보낸 메일. --smtp로 서버를 지정하지 않으면 이 컴퓨터 밖으로 나가지 않음',
  ),
  options: [
    {
      flags: '--last <count>',
      description: words('how many of the last mails (default 20)', '마지막 몇 통 (기본값 20)'),
    },
    {
      flags: '--smtp <server>',
      description: words(
        'pass on what a mail server, HOST or HOST:PORT, has not had yet',
        '메일 서버(HOST 또는 HOST:PORT)에 아직 보내지 않은 메일을 전달',
      ),
    },
  ],
  examples: ['terrace mail', 'terrace mail --last 1', 'terrace mail --json', 'terrace mail --smtp localhost:1025'],
  run({ options, terminal }) {
    if (options.smtp !== undefined) return passAllOn(String(options.smtp), terminal);
    const last = wholeNumber('--last', options.last, { least: 1, most: 1_000, otherwise: 20 });
    if (!last.ok) {
      terminal.mistakes(last.mistakes);
      return Promise.resolve(exitCode.mistake);
    }
    const mails = readMails(stateDirectory()).slice(-last.value);
    terminal.result({ mails }, () =>
      mails.length > 0 ? mails.flatMap((each) => linesOf(each, terminal.language)) : none[terminal.language],
    );
    return Promise.resolve(exitCode.answered);
  },
};

async function passAllOn(given: string, terminal: Terminal): Promise<number> {
  const server = readMailServer(given);
  const state = stateDirectory();
  const passed = server.ok ? await passOn(readMails(state), server.value, state) : server;
  if (!passed.ok) {
    terminal.mistakes(passed.mistakes);
    return exitCode.mistake;
  }
  const { value } = passed;
  const said = words(`${value} mails passed on to ${given}`, `메일 ${value}통을 ${given}{으로/로} 전달했습니다`);
  terminal.result({ passedOn: value }, () => said[terminal.language]);
  return exitCode.answered;
}

function linesOf({ number, at, from, to, subject, text }: Mail, language: Language): string[] {
  const head = words(
    [`#${number}`, `Date: ${at}`, `From: ${from}`, `To: ${to}`, `Subject: ${subject}`].join('\n'),
    [`#${number}`, `날짜: ${at}`, `보낸 사람: ${from}`, `받는 사람: ${to}`, `제목: ${subject}`].join('\n'),
  );
  return [...head[language].split('\n'), '', ...text.trimEnd().split('\n'), ''];
}

const none = words(
  'No mail yet. A topic sends to the email subscriptions of the template.',
  '아직 메일이 없습니다. 주제는 템플릿의 이메일 구독으로 보냅니다.',
);
