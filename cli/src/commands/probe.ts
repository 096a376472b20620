import { type Words, words } from '@terrace/cloud/words';
import type { ProbeRequest } from '@terrace/region/control/protocol';
import { endpointArguments, familyOf, familyOption } from '../arguments/endpoint-arguments.ts';
import { excludes, mistakesOf, oneOf, patience, port } from '../arguments/option-values.ts';
import type { CommandDefinition } from '../command.ts';
import { askRegion } from '../running/region-client.ts';
import { stateWords } from '../terminal/state-words.ts';
import { exitCode } from '../terminal/terminal.ts';

export const command: CommandDefinition = {
  usage: 'probe <from> <to>',
  summary: words(
    'send a real packet in the running region and tell what came of it',
    '실행 중인 로컬 리전에서 실제 패킷을 보내고 결과 보기',
  ),
  arguments: endpointArguments,
  options: [
    { flags: '--port <port>', description: words('destination port (default 80)', '목적지 포트 (기본값 80)') },
    {
      flags: '--protocol <protocol>',
      description: words('tcp, udp, icmp or icmpv6 (default tcp)', 'tcp, udp, icmp, icmpv6 (기본값 tcp)'),
    },
    familyOption,
    {
      flags: '--wait <milliseconds>',
      description: words('how long silence is waited for (default 2000)', '응답을 기다리는 시간 (기본값 2000)'),
    },
  ],
  examples: [
    'terrace probe web/0 was/0 --port 8080',
    'terrace probe internet was/0 --port 8080',
    'terrace probe was/0 DatabaseInstance --port 5432 --json',
    'terrace probe internet web/0 --family 6',
  ],
  async run({ arguments: [from = '', to = ''], options, terminal }) {
    const family = familyOf(options);
    const asked = family.ok ? family.value.protocol : options.protocol;
    const toPort = port(options.port, 80);
    const protocol = oneOf('--protocol', asked ?? 'tcp', ['tcp', 'udp', 'icmp'] as const, 'UNKNOWN_PROTOCOL');
    const wait = patience(options.wait);
    const portless = asked === 'icmp' && options.port !== undefined ? [excludes('--port', 'icmp')] : [];
    if (!toPort.ok || !protocol.ok || !wait.ok || !family.ok || portless.length > 0) {
      terminal.mistakes([...mistakesOf([toPort, protocol, wait, family]), ...portless]);
      return exitCode.mistake;
    }
    const request: ProbeRequest = {
      from,
      to,
      port: toPort.value,
      protocol: protocol.value,
      ...(family.value.family === undefined ? {} : { family: family.value.family }),
      milliseconds: wait.value,
    };
    return askRegion<Answer>(terminal, '/probe', request, (value) => ({
      lines: () => {
        if (value.families.length === 0) return said('no-address')[terminal.language];
        return value.families.map(({ outcome, address }) => `${said(outcome)[terminal.language]} (${address})`);
      },
      exitCode: value.outcome === 'accepted' ? exitCode.answered : exitCode.no,
    }));
  },
};

interface Answer {
  readonly outcome: keyof typeof outcomes;
  readonly families: readonly { readonly outcome: keyof typeof outcomes; readonly address: string }[];
}

function said(outcome: keyof typeof outcomes): Words {
  const [state, text] = [stateWords(outcome), outcomes[outcome]];
  return words(`${state.en}: ${text.en}`, `${state.ko}: ${text.ko}`);
}

const outcomes: Readonly<Record<'accepted' | 'refused' | 'timeout' | 'no-address', Words>> = {
  accepted: words('it arrived and was taken', '패킷이 도착했고 연결되었습니다'),
  refused: words(
    'it arrived, but nothing listens there: the network lets it through',
    '네트워크는 통과했지만 그 포트에서 수신 대기 중인 프로그램이 없습니다',
  ),
  timeout: words(
    'silence: a route, a security group or an ACL stands in the way (terrace reach says which), or nobody is there, as on the internet of a region',
    '경로, 보안 그룹, 네트워크 ACL 중 하나가 막고 있거나(terrace reach로 확인) 이 주소를 쓰는 대상이 없습니다',
  ),
  'no-address': words(
    'one of the two has no address of that family: nothing could be sent',
    '둘 중 하나에 그 주소 체계의 주소가 없어 보낼 수 없습니다',
  ),
};
