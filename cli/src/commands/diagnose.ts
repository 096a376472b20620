import type { Inventory } from '@terrace/cloud/inventory';
import { initialFleet } from '@terrace/cloud/views/initial-fleet';
import { networkView } from '@terrace/cloud/views/network/network-view';
import { resolveReference } from '@terrace/cloud/views/reference';
import { type Language, words } from '@terrace/cloud/words';
import { ask, openReach } from '@terrace/lenses/reach/ask/ask';
import { behindBalancer, type Link, type SeenTarget } from '@terrace/lenses/reach/behind/behind-balancer';
import { type DiagnosisBehind, withBehind } from '@terrace/lenses/reach/behind/diagnosis';
import { diagnose, type Observation, type Reality, type Rung } from '@terrace/lenses/reach/behind/ladder';
import { tcpPorts } from '@terrace/lenses/reach/traffic/traffic-set';
import { call } from '@terrace/region/control/client';
import type { DiagnoseRequest } from '@terrace/region/control/protocol';
import type { Observation as Tried } from '@terrace/region/diagnosis/observation';
import type { RegionStatus } from '@terrace/region/supervisor/summary';
import { endpointArguments } from '../arguments/endpoint-arguments.ts';
import { mistakesOf, patience, port } from '../arguments/option-values.ts';
import type { CommandDefinition } from '../command.ts';
import { notRunning, runningRegion, showAnswer } from '../running/region-client.ts';
import { rungWords } from '../terminal/state-words.ts';
import { table } from '../terminal/table.ts';
import { exitCode } from '../terminal/terminal.ts';

export const command: CommandDefinition = {
  usage: 'diagnose <from> <to>',
  summary: words(
    'why it does not work: name, routes, filters, listener, TLS, credentials, proven and tried',
    '연결되지 않는 원인을 단계별로 진단: 이름, 경로, 필터, 리스너, TLS, 자격 증명',
  ),
  arguments: endpointArguments,
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
    const toPort = port(options.port, 5432);
    const wait = patience(options.wait);
    if (!toPort.ok || !wait.ok) {
      terminal.mistakes(mistakesOf([toPort, wait]));
      return exitCode.mistake;
    }
    const request: DiagnoseRequest = { from, to, port: toPort.value, milliseconds: wait.value };
    const socket = await runningRegion();
    if (!socket) {
      terminal.mistakes([notRunning()]);
      return exitCode.mistake;
    }
    const [stated, tried, status] = await Promise.all([
      call(socket, '/inventory', {}),
      call(socket, '/observe', request),
      call(socket, '/status', {}),
    ]);
    for (const answer of [stated, tried, status]) {
      if (answer.kind !== 'result') return showAnswer(terminal, answer, () => ({ lines: () => [] }));
    }
    const [inventory, seen] = [stated, tried].map((each) => each.kind === 'result' && each.value) as [Inventory, Tried];
    const { targets } = (status as { readonly value: RegionStatus }).value;
    const behind = linksBehind(inventory, targets, request);
    const diagnosis = withBehind(diagnose(proofOf(inventory, request), realityOf(seen)), behind, to);
    terminal.result(diagnosis, () => report(diagnosis, terminal.language));
    return diagnosis.failed === null ? exitCode.answered : exitCode.no;
  },
};

/** Nothing for what is no balancer. */
function linksBehind(inventory: Inventory, seen: readonly SeenTarget[], { to, port }: DiagnoseRequest): Link[] {
  const fleet = initialFleet(inventory);
  const network = networkView(inventory, fleet);
  const receiver = resolveReference(to, inventory, network);
  const owner = receiver.ok ? receiver.value.interfaces[0]?.owner : undefined;
  if (owner?.kind !== 'load-balancer') return [];
  return behindBalancer({ inventory, network, fleet, seen }, owner.id, port) ?? [];
}

/** Both ends were understood by the region already, which reads the same inventory; the first of each is what was tried. */
function proofOf(inventory: Inventory, { from, to, port }: DiagnoseRequest) {
  const network = networkView(inventory, initialFleet(inventory));
  const sender = resolveReference(from, inventory, network);
  const receiver = resolveReference(to, inventory, network);
  if (!sender.ok || !receiver.ok) throw new Error(`${from} or ${to} is known to the region and not to the proof`);
  const traffic = tcpPorts({ from: port, to: port });
  const [pair] = ask(openReach(network), { from: sender.value, to: receiver.value, traffic }).pairs;
  if (!pair) throw new Error(`no pair of ${from} and ${to} was proven`);
  return pair;
}

function realityOf({ name, connection, tls, credentials }: Tried): Reality {
  return {
    name: name && { asked: name.asked, addresses: name.addresses },
    packet: connection.outcome,
    tls: tls && tlsSeen(tls),
    credentials: credentials && credentialsSeen(credentials),
  };
}

function tlsSeen({ version, error }: NonNullable<Tried['tls']>): Observation {
  if (error === null) {
    return {
      ok: true,
      seen: words(`encrypted and verified (${version})`, `암호화되고 인증서도 확인됨 (${version})`),
      next: null,
    };
  }
  return {
    ok: false,
    seen: words(`TLS fails: ${error}`, `TLS 연결 실패: ${error}`),
    next: words(
      'check the certificate authority that the client trusts and the name it connects by',
      '클라이언트가 신뢰하는 인증 기관과 접속에 쓰는 이름을 확인하세요',
    ),
  };
}

function credentialsSeen({ user, error }: NonNullable<Tried['credentials']>): Observation {
  if (error === null) {
    return { ok: true, seen: words(`the login of ${user} is accepted`, `${user} 로그인이 받아들여짐`), next: null };
  }
  return {
    ok: false,
    seen: words(`the login of ${user} is refused: ${error}`, `${user} 로그인이 거부됨: ${error}`),
    next: words(
      'make the secret and the database agree: the password in Secrets Manager is not the one that the database has',
      '보안 암호와 데이터베이스의 비밀번호를 맞추세요. Secrets Manager의 비밀번호가 데이터베이스의 것과 다릅니다',
    ),
  };
}

const marks: Readonly<Record<Rung['state'], string>> = { passed: '✓', failed: '✗', unknown: '·' };

function report({ rungs, behind, summary, next }: DiagnosisBehind, language: Language): string[] {
  const rows = rungs
    .filter(({ proof, reality }) => proof !== null || reality !== null)
    .map(({ rung, state, proof, reality }) => {
      const said = [
        ...(proof ? [`${language === 'ko' ? '증명' : 'proof'}: ${proof[language]}`] : []),
        ...(reality ? [`${language === 'ko' ? '실제' : 'reality'}: ${reality[language]}`] : []),
      ];
      return [`${marks[state]} ${rungWords(rung)[language]}`, said.join(' | ')];
    });
  const links = behind.map(({ name, state, seen }) => [`${marks[state]} ${name}`, seen[language]]);
  return [...table(['', ''], [...rows, ...links]), summary[language], ...(next ? [`→ ${next[language]}`] : [])];
}
