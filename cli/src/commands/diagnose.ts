import type { Inventory } from '@terrace/cloud/inventory';
import { mistake } from '@terrace/cloud/mistake';
import { initialFleet } from '@terrace/cloud/views/fleet';
import { networkView } from '@terrace/cloud/views/network/network-view';
import { resolveReference } from '@terrace/cloud/views/reference';
import { type Language, words } from '@terrace/cloud/words';
import { climb, type Diagnosis, type Rung, type Tried } from '@terrace/lenses/diagnose/ladder';
import { ask, openReach } from '@terrace/lenses/reach/ask';
import { tcpPorts } from '@terrace/lenses/reach/traffic-set';
import { call } from '@terrace/region/control/client';
import type { DiagnoseRequest } from '@terrace/region/control/protocol';
import type { CommandDefinition } from '../command.ts';
import { notRunning, runningRegion, showAnswer } from '../region-client.ts';
import { exitCode } from '../terminal.ts';

export const command: CommandDefinition = {
  usage: 'diagnose <from> <to>',
  summary: words(
    'why it does not work: name, routes, filters, listener, TLS, credentials, proven and tried',
    '왜 안 되는지: 이름, 경로, 필터, 리스너, TLS, 자격 증명을 증명하고 실제로 시험',
  ),
  options: [
    { flags: '--port <port>', description: words('destination port (default 5432)', '목적지 포트 (기본값 5432)') },
    {
      flags: '--wait <milliseconds>',
      description: words('how long silence is waited for (default 2000)', '응답을 기다리는 시간 (기본값 2000)'),
    },
  ],
  examples: [
    'terrace diagnose was/0 DatabaseInstance --port 5432',
    'terrace diagnose web/0 InternalLoadBalancer --port 8080 --json',
  ],
  async run({ arguments: [from = '', to = ''], options, terminal }) {
    const request: DiagnoseRequest = {
      from,
      to,
      port: Number(options.port ?? 5432),
      milliseconds: Number(options.wait ?? 2000),
    };
    if (!Number.isInteger(request.port) || request.port < 1 || request.port > 65535 || !(request.milliseconds >= 1)) {
      terminal.mistakes([
        mistake(
          'OPTION_OUT_OF_RANGE',
          {},
          {
            cause: words('--port takes 1 to 65535, --wait milliseconds.', '--port는 1~65535, --wait는 밀리초입니다.'),
            next: words('for example --port 5432 --wait 2000', '예: --port 5432 --wait 2000'),
          },
        ),
      ]);
      return exitCode.mistake;
    }
    const socket = await runningRegion();
    if (!socket) {
      terminal.mistakes([notRunning()]);
      return exitCode.mistake;
    }
    const [stated, tried] = await Promise.all([call(socket, '/inventory', {}), call(socket, '/observe', request)]);
    if (stated.kind !== 'result') return showAnswer(terminal, stated, () => ({ lines: () => [] }));
    if (tried.kind !== 'result') return showAnswer(terminal, tried, () => ({ lines: () => [] }));
    const diagnosis = diagnose(stated.value as Inventory, request, tried.value as Tried);
    terminal.result(diagnosis, () => report(diagnosis, terminal.language));
    return diagnosis.cause === null ? exitCode.answered : exitCode.no;
  },
};

/** Both ends were understood by the region already, which reads the same inventory. */
function diagnose(inventory: Inventory, { from, to, port }: DiagnoseRequest, tried: Tried): Diagnosis {
  const network = networkView(inventory, initialFleet(inventory));
  const sender = resolveReference(from, inventory, network);
  const receiver = resolveReference(to, inventory, network);
  if (!sender.ok || !receiver.ok) throw new Error(`${from} or ${to} is known to the region and not to the proof`);
  return climb(
    ask(openReach(network), { from: sender.value, to: receiver.value, traffic: tcpPorts({ from: port, to: port }) }),
    tried,
  );
}

function report({ rungs, cause }: Diagnosis, language: Language): string[] {
  const reached = cause === null ? rungs.length : rungs.findIndex(({ rung }) => rung === cause) + 1;
  return [
    ...rungs.flatMap((rung, index) => line(rung, language, index < reached)),
    cause === null
      ? words('Every rung holds.', '모든 단계가 정상입니다.')[language]
      : words(`The cause: ${cause}`, `원인: ${cause}`)[language],
  ];
}

function line({ rung, proof, reality, found, next }: Rung, language: Language, reached: boolean): string[] {
  const failed = proof === false || reality === false;
  const mark = failed ? '✗' : reached ? '✓' : '·';
  const kind = { en: reality === null ? 'proven' : 'tried', ko: reality === null ? '증명' : '시험' }[language];
  return [
    `${mark} ${rung.padEnd(15)} ${kind}: ${found[language]}`,
    ...(failed && next ? [`  → ${next[language]}`] : []),
  ];
}
