import { mistake } from '@terrace/cloud/mistake';
import { type Words, words } from '@terrace/cloud/words';
import type { ProbeRequest } from '@terrace/region/control/protocol';
import type { CommandDefinition } from '../command.ts';
import { askRegion } from '../region-client.ts';
import { exitCode } from '../terminal.ts';

export const command: CommandDefinition = {
  usage: 'probe <from> <to>',
  summary: words(
    'send a real packet in the running region and tell what came of it',
    '실행 중인 리전에서 실제 패킷을 보내고 결과 보기',
  ),
  options: [
    { flags: '--port <port>', description: words('destination port (default 80)', '목적지 포트 (기본값 80)') },
    {
      flags: '--protocol <protocol>',
      description: words('tcp, udp or icmp (default tcp)', 'tcp, udp, icmp (기본값 tcp)'),
    },
    {
      flags: '--wait <milliseconds>',
      description: words('how long silence is waited for (default 2000)', '응답을 기다리는 시간 (기본값 2000)'),
    },
  ],
  examples: [
    'terrace probe web/0 was/0 --port 8080',
    'terrace probe internet was/0 --port 8080',
    'terrace probe was/0 Database --port 5432 --json',
  ],
  async run({ arguments: [from = '', to = ''], options, terminal }) {
    const request: ProbeRequest = {
      from,
      to,
      port: Number(options.port ?? 80),
      protocol: (options.protocol ?? 'tcp') as ProbeRequest['protocol'],
      milliseconds: Number(options.wait ?? 2000),
    };
    const wrong = wrongOption(request);
    if (wrong) {
      terminal.mistakes([mistake('OPTION_OUT_OF_RANGE', {}, wrong)]);
      return exitCode.mistake;
    }
    return askRegion<{ outcome: keyof typeof outcomes; to: { address: string } }>(
      terminal,
      '/probe',
      request,
      (value) => ({
        lines: () => `${value.outcome}: ${outcomes[value.outcome][terminal.language]} (${value.to.address})`,
        exitCode: value.outcome === 'accepted' ? exitCode.answered : exitCode.no,
      }),
    );
  },
};

const outcomes: Readonly<Record<'accepted' | 'refused' | 'timeout', Words>> = {
  accepted: words('it arrived and was taken', '도착했고 받아들여졌습니다'),
  refused: words(
    'it arrived, but nothing listens there: the network lets it through',
    '도착했지만 그 포트에서 듣는 프로그램이 없습니다. 네트워크는 통과했습니다',
  ),
  timeout: words(
    'silence: a route, a security group or an ACL stands in the way (terrace reach says which)',
    '응답 없음: 라우트, 보안 그룹, ACL 중 하나가 막고 있습니다 (terrace reach로 확인)',
  ),
};

function wrongOption({ port, protocol, milliseconds }: ProbeRequest): { cause: Words; next: Words } | undefined {
  if (!['tcp', 'udp', 'icmp'].includes(protocol)) {
    return {
      cause: words(`${protocol} is no protocol a probe can send.`, `${protocol}은(는) 보낼 수 없는 프로토콜입니다.`),
      next: words('use tcp, udp or icmp', 'tcp, udp, icmp 중에서 고르세요'),
    };
  }
  if (!Number.isInteger(port) || port < 1 || port > 65535) {
    return {
      cause: words('A port is a whole number from 1 to 65535.', '포트는 1부터 65535까지의 정수입니다.'),
      next: words('for example --port 8080', '예: --port 8080'),
    };
  }
  if (!(milliseconds >= 1 && milliseconds <= 60_000)) {
    return {
      cause: words('Waiting takes from 1 to 60000 milliseconds.', '기다리는 시간은 1~60000밀리초입니다.'),
      next: words('for example --wait 2000', '예: --wait 2000'),
    };
  }
  return undefined;
}
