import { resolveEndpoint } from '@terrace/cloud/views/reference';
import { type Words, words } from '@terrace/cloud/words';
import { answerData, answerLines } from '@terrace/lenses/reach/ask/answer-text';
import { ask, openReach } from '@terrace/lenses/reach/ask/ask';
import { standsNowhere } from '@terrace/lenses/reach/explain/nowhere';
import { readTraffic } from '@terrace/lenses/reach/traffic/read-traffic';
import { endpointArguments, familyOf, familyOption } from '../arguments/endpoint-arguments.ts';
import type { CommandDefinition } from '../command.ts';
import { projectOptions } from '../project/project.ts';
import { loadNetwork } from '../running/network.ts';
import { exitCode } from '../terminal/terminal.ts';

export const command: CommandDefinition = {
  usage: 'reach <from> <to>',
  summary: words(
    'prove what can talk to what, there and back, before anything exists',
    '무엇이 무엇과 통신할 수 있는지 배포 전에 왕복 경로까지 증명',
  ),
  arguments: endpointArguments,
  options: [
    ...projectOptions,
    {
      flags: '--port <port>',
      description: words(
        'destination port or range, for example 8080 or 8000-8100',
        '목적지 포트 또는 범위. 예: 8080, 8000-8100',
      ),
    },
    {
      flags: '--protocol <protocol>',
      description: words(
        'tcp, udp, icmp, icmpv6, all or a protocol number (default tcp)',
        'tcp, udp, icmp, icmpv6, all 또는 프로토콜 번호 (기본값 tcp)',
      ),
    },
    familyOption,
    {
      flags: '--source-port <port>',
      description: words('the port that the client uses, where it is known', '클라이언트가 쓰는 포트를 알 때'),
    },
  ],
  examples: [
    'terrace reach web was --port 8080',
    'terrace reach internet was/0 --port 8080',
    'terrace reach was DatabaseInstance --port 5432 --json',
    'terrace reach internet web --port 80 --family 6',
  ],
  async run({ arguments: [from = '', to = ''], options, terminal }) {
    const loaded = await loadNetwork(options);
    if (!loaded.ok) {
      terminal.mistakes(loaded.mistakes);
      return exitCode.mistake;
    }
    const { inventory, network } = loaded.value;
    const sender = resolveEndpoint(from, inventory, network);
    const receiver = resolveEndpoint(to, inventory, network);
    const family = familyOf(options);
    const traffic = readTraffic(family.ok ? { ...options, protocol: family.value.protocol } : options);
    if (!sender.ok || !receiver.ok || !traffic.ok || !family.ok) {
      terminal.mistakes([sender, receiver, traffic, family].flatMap((each) => (each.ok ? [] : each.mistakes)));
      return exitCode.mistake;
    }
    const { protocol: _, ...familyAlone } = family.value;
    const answer = ask(openReach(network), {
      from: sender.value,
      to: receiver.value,
      ...traffic.value,
      ...familyAlone,
    });
    const nowhere = [sender.value, receiver.value].flatMap((each) => standsNowhere(inventory, each) ?? []);
    if (answer.pairs.length === 0 && nowhere.length > 0) {
      const data = { ...answerData(answer, traffic.value.traffic), verdict: 'unknown', unknowns: nowhere };
      terminal.result(data, () => nowhere.map(({ cause, next }) => notKnown(cause, next)[terminal.language]));
      return exitCode.no;
    }
    terminal.result(answerData(answer, traffic.value.traffic), () =>
      answerLines(answer, traffic.value.traffic, terminal.language),
    );
    return answer.verdict === 'yes' ? exitCode.answered : exitCode.no;
  },
};

function notKnown(cause: Words, next: Words): Words {
  return words(`Not known: ${cause.en}.\n  → ${next.en}`, `알 수 없음: ${cause.ko}.\n  → ${next.ko}`);
}
