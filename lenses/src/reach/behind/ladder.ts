import { type Words, words } from '@terrace/cloud/words';
import type { PairAnswer } from '../ask/question.ts';
import type { Blocker } from '../explain/blocker.ts';

/** What was seen in a running region; `null` for what could not be looked at. */
export interface Reality {
  /** What the sender's resolver says of the receiver's name. */
  readonly name: { readonly asked: string; readonly addresses: readonly string[] } | null;
  /** What came of a packet that was really sent. */
  readonly packet: 'accepted' | 'refused' | 'timeout' | null;
  readonly tls: Observation | null;
  readonly credentials: Observation | null;
}

export interface Observation {
  readonly ok: boolean;
  /** What was seen, and what to do where it is not good. */
  readonly seen: Words;
  readonly next: Words | null;
}

const rungNames = ['name', 'route', 'acl', 'group', 'return', 'listener', 'tls', 'credentials'] as const;
export type RungName = (typeof rungNames)[number];

/** One step from a name to an accepted password, with proof and reality side by side. */
export interface Rung {
  readonly rung: RungName;
  readonly state: 'passed' | 'failed' | 'unknown';
  readonly proof: Words | null;
  readonly reality: Words | null;
  readonly next: Words | null;
}

export interface Diagnosis {
  readonly rungs: readonly Rung[];
  /** The first that fails; `null` where all that could be looked at is well. */
  readonly failed: RungName | null;
  readonly summary: Words;
  readonly next: Words | null;
}

/**
 * Puts proof and reality side by side, from the bottom up, and names the first rung that fails: so that a wrong password is never
 * looked for in the peering.
 */
export function diagnose(proof: PairAnswer, reality: Reality): Diagnosis {
  const rungs = [
    nameRung(proof, reality),
    provenRung('route', proof, (each) => each.way === 'forward' && isRouting(each)),
    provenRung('acl', proof, (each) => each.way === 'forward' && each.code === 'SUBNET_ACL_RESTRICTION'),
    provenRung('group', proof, (each) => each.way === 'forward' && isGroup(each)),
    provenRung('return', proof, (each) => each.way === 'return'),
    listenerRung(proof, reality),
    observedRung('tls', reality.tls),
    observedRung('credentials', reality.credentials),
  ];
  const failed = rungs.find((each) => each.state === 'failed') ?? null;
  return {
    rungs,
    failed: failed?.rung ?? null,
    summary: summaryOf(proof, failed, rungs),
    next: failed?.next ?? null,
  };
}

function nameRung(proof: PairAnswer, { name }: Reality): Rung {
  if (!name) return { rung: 'name', state: 'unknown', proof: null, reality: null, next: null };
  const right = name.addresses.includes(proof.toAddress);
  const addresses = name.addresses.join(', ') || '–';
  return {
    rung: 'name',
    state: right ? 'passed' : 'failed',
    proof: words(`${proof.to} is ${proof.toAddress}`, `${proof.to}의 주소는 ${proof.toAddress}`),
    reality: words(`${name.asked} resolves to ${addresses}`, `${name.asked}의 조회 결과: ${addresses}`),
    next: right
      ? null
      : words(
          'look at EnableDnsSupport and EnableDnsHostnames of the VPC, and at private zones that hide the name',
          'VPC의 EnableDnsSupport, EnableDnsHostnames와 이 이름을 가리는 프라이빗 호스팅 영역을 확인하세요',
        ),
  };
}

function isGroup({ component, code }: Blocker): boolean {
  return component.kind === 'security-group' || code === 'PROTOCOL_RESTRICTION';
}

function isRouting(blocker: Blocker): boolean {
  return !isGroup(blocker) && blocker.code !== 'SUBNET_ACL_RESTRICTION';
}

function provenRung(rung: RungName, { blockers, unknowns }: PairAnswer, concerns: (blocker: Blocker) => boolean): Rung {
  const [first] = blockers.filter(concerns);
  const [doubt] = unknowns.filter(concerns);
  if (!first && doubt) {
    const proof = words(`not known: ${doubt.cause.en}`, `알 수 없음: ${doubt.cause.ko}`);
    return { rung, state: 'unknown', proof, reality: null, next: null };
  }
  if (!first) return { rung, state: 'passed', proof: words('open', '열려 있음'), reality: null, next: null };
  return {
    rung,
    state: 'failed',
    proof: words(`${first.code}: ${first.cause.en}`, `${first.code}: ${first.cause.ko}`),
    reality: null,
    next: first.next,
  };
}

function listenerRung(proof: PairAnswer, { packet }: Reality): Rung {
  const rung = 'listener';
  switch (packet) {
    case 'accepted':
      return {
        rung,
        state: 'passed',
        proof: null,
        reality: words('a connection was accepted', '연결이 받아들여짐'),
        next: null,
      };
    case 'refused':
      return {
        rung,
        state: 'failed',
        proof: null,
        reality: words(
          'the packet arrived and was refused: nothing listens on that port',
          '패킷은 도착했지만 그 포트에서 수신 대기 중인 프로그램이 없어 거절됨',
        ),
        next: words(
          `start the service on ${proof.to}, or ask the port that it listens on`,
          `${proof.to}에서 서비스를 시작하거나 실제로 수신 대기 중인 포트로 접속하세요`,
        ),
      };
    case 'timeout':
      return proof.verdict === 'yes'
        ? {
            rung,
            state: 'failed',
            proof: words('the network lets it through', '네트워크는 통과시킴'),
            reality: words('silence all the same', '그런데도 응답 없음'),
            next: words(
              `${proof.to} is not up, or hangs: see terrace status and its logs. If it is up, proof and packets differ, which is a bug of Terrace`,
              `${proof.to}{이/가} 꺼져 있거나 멈췄습니다. terrace status와 로그를 보세요. 켜져 있다면 증명과 실제가 다른 것이니 Terrace의 버그입니다`,
            ),
          }
        : {
            rung,
            state: 'unknown',
            proof: null,
            reality:
              proof.verdict === 'unknown'
                ? words('silence', '응답 없음')
                : words('silence, as proven', '증명대로 응답 없음'),
            next: null,
          };
    case null:
      return { rung, state: 'unknown', proof: null, reality: null, next: null };
  }
}

function observedRung(rung: 'tls' | 'credentials', observation: Observation | null): Rung {
  if (!observation) return { rung, state: 'unknown', proof: null, reality: null, next: null };
  return {
    rung,
    state: observation.ok ? 'passed' : 'failed',
    proof: null,
    reality: observation.seen,
    next: observation.next,
  };
}

function summaryOf(proof: PairAnswer, failed: Rung | null, rungs: readonly Rung[]): Words {
  if (!failed) {
    const unknown = rungs.filter((each) => each.state === 'unknown').map((each) => each.rung);
    return unknown.length === 0
      ? words('Everything from the name to the credentials is well.', '이름부터 자격 증명까지 모두 정상입니다.')
      : words(
          `Nothing is wrong in what could be looked at; not looked at: ${unknown.join(', ')}.`,
          `확인한 단계에는 문제가 없습니다. 확인하지 못한 단계: ${unknown.map((each) => rungWords[each].ko).join(', ')}.`,
        );
  }
  const networkIsFine = ['listener', 'tls', 'credentials'].includes(failed.rung);
  const what = rungWords[failed.rung];
  return networkIsFine
    ? words(
        `The network from ${proof.from} to ${proof.to} is fine, peering and routes included; what fails is ${what.en}.`,
        `${proof.from}에서 ${proof.to}까지 네트워크는 피어링과 경로까지 모두 정상입니다. 원인: ${what.ko}.`,
      )
    : words(
        `What fails between ${proof.from} and ${proof.to} is ${what.en}.`,
        `${proof.from}에서 ${proof.to}{으로/로} 연결되지 않습니다. 원인: ${what.ko}.`,
      );
}

const rungWords: Record<RungName, Words> = {
  name: words('the name', '이름 조회'),
  route: words('the route there', '가는 경로'),
  acl: words('a network ACL', '네트워크 ACL'),
  group: words('a security group', '보안 그룹'),
  return: words('the way back', '돌아오는 길'),
  listener: words('the listener', '수신 대기 중인 프로그램'),
  tls: words('TLS', 'TLS'),
  credentials: words('the credentials', '자격 증명'),
};
