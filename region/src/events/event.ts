import { type Words, words } from '@terrace/cloud/words';
import type { DatabaseEvent } from '../database/configuration.ts';
import type { DriftEvent } from '../drift/drift-record.ts';
import { driftText } from '../drift/drift-text.ts';
import type { EndpointEvent } from '../endpoints/configuration.ts';
import { type Incident, incidentText } from '../incident.ts';
import { type OperationsEvent, operationsText } from './operations-event.ts';

/**
 * Something that happened in a region, told by the part that saw it. None holds a value of a secret, what a call was about, or what an
 * instance wrote.
 */
export type RegionEvent =
  | DriftEvent
  | { readonly kind: 'incident'; readonly incident: Incident }
  | ChangeEvent
  | InstanceHappening
  | OperationsEvent
  | { readonly kind: 'database'; readonly event: DatabaseEvent }
  | { readonly kind: 'endpoint'; readonly event: EndpointEvent };

/** What `terrace up` asked for: it was begun, and what came of it. */
export interface ChangeEvent {
  readonly kind: 'change';
  /** Refused and failed ones leave the region as it was before. */
  readonly state: 'begun' | 'done' | 'refused' | 'failed';
}

export interface InstanceHappening {
  readonly kind: 'instance';
  /** As on the command line, for example `web/0`. */
  readonly instance: string;
  readonly state: 'booted' | 'boot-step-refused' | 'user-data-failed' | 'stopped' | 'impaired';
  /** Why; `null` where there is no more to say. */
  readonly reason: Words | null;
}

/** An event with its place in the order of events, from 1 on, and its time. */
export type NumberedEvent = RegionEvent & {
  readonly number: number;
  /** ISO 8601 */
  readonly at: string;
};

/** Whether it belongs into the region's log, which has what went wrong. */
export function isTrouble(event: RegionEvent): boolean {
  switch (event.kind) {
    case 'drift':
    case 'incident':
      return true;
    case 'endpoint':
      return event.event.kind === 'internal-failure';
    case 'instance':
      return event.state === 'impaired';
    default:
      return false;
  }
}

export function eventText(event: RegionEvent): Words {
  switch (event.kind) {
    case 'drift':
      return driftText(event);
    case 'incident':
      return words(incidentText(event.incident), incidentText(event.incident));
    case 'change':
      return changeWords[event.state];
    case 'instance':
      return instanceText(event);
    case 'database':
      return databaseText(event.event);
    case 'endpoint':
      return endpointText(event.event);
    case 'alarm':
    case 'alarm-action':
    case 'scaling':
    case 'activity':
    case 'notification':
      return operationsText(event);
  }
}

const changeWords: Readonly<Record<ChangeEvent['state'], Words>> = {
  begun: words('terrace up: the change has begun', 'terrace up: 변경 시작'),
  done: words('terrace up: the change is done', 'terrace up: 변경 완료'),
  refused: words('terrace up: the change was refused', 'terrace up: 변경 거부됨'),
  failed: words('terrace up: the change failed', 'terrace up: 변경 실패'),
};

const instanceWords: Readonly<Record<InstanceHappening['state'], Words>> = {
  booted: words('booted', '부팅 완료'),
  'boot-step-refused': words('booted, and a step of its user data failed', '부팅했지만 사용자 데이터의 한 단계가 실패'),
  'user-data-failed': words('its user data failed', '사용자 데이터 실패'),
  stopped: words('stopped', '멈춤'),
  impaired: words('impaired', '손상됨'),
};

function instanceText({ instance, state, reason }: InstanceHappening): Words {
  const { en, ko } = instanceWords[state];
  return reason === null
    ? words(`${instance}: ${en}`, `${instance}: ${ko}`)
    : words(`${instance}: ${en} (${reason.en})`, `${instance}: ${ko}(${reason.ko})`);
}

function databaseText(event: DatabaseEvent): Words {
  const { database } = event;
  const told = (en: string, ko: string) => words(`${database}: ${en}`, `${database}: ${ko}`);
  switch (event.kind) {
    case 'ready':
      return event.created
        ? told(`created, available after ${event.milliseconds} ms`, `생성 완료, ${event.milliseconds}ms 만에 사용 가능`)
        : told(`available after ${event.milliseconds} ms`, `${event.milliseconds}ms 만에 사용 가능`);
    case 'crashed':
      return told(`its server ended: ${event.said}`, `서버 종료: ${event.said}`);
    case 'failed-over':
      return told(`failed over in ${event.milliseconds} ms`, `${event.milliseconds}ms 만에 장애 조치 완료`);
    case 'in-sync':
      return told('its standby is in sync', '대기 인스턴스 동기화됨');
    case 'out-of-sync':
      return told('its standby is behind', '대기 인스턴스 동기화 지연');
    case 'backed-up':
      return told(`backed up as ${event.backup}`, `백업 완료: ${event.backup}`);
    case 'silent':
    case 'hung':
      return told(`no answer for ${event.milliseconds} ms`, `${event.milliseconds}ms 동안 응답 없음`);
    case 'answers':
      return told('answers again', '다시 응답함');
    case 'no-room':
      return told('no room on the disk', '디스크 공간 부족');
    case 'given-up':
      return told(`given up: ${event.said}`, `다시 시작하지 않음: ${event.said}`);
  }
}

function endpointText(event: EndpointEvent): Words {
  switch (event.kind) {
    case 'call': {
      const who = event.role ?? event.source;
      const outcome = event.error === null ? `${event.status}` : `${event.status} ${event.error}`;
      return words(
        `${event.service} ${event.action} by ${who}: ${outcome}`,
        `${event.service} ${event.action}, 호출자 ${who}: ${outcome}`,
      );
    }
    case 'signal':
      return words(
        `${event.logicalId} ${event.uniqueId} signalled ${event.status}`,
        `${event.logicalId} ${event.uniqueId}의 신호: ${event.status}`,
      );
    case 'metrics': {
      const names = [...new Set(event.data.map(({ name }) => name))].join(', ');
      return words(`metrics of ${event.namespace}: ${names}`, `${event.namespace}의 지표: ${names}`);
    }
    case 'secret-changed':
      return words(`secret ${event.arn} has another value`, `보안 암호 ${event.arn}의 값이 바뀜`);
    case 'internal-failure':
      return words(`AWS's endpoints: ${event.said}`, `AWS 엔드포인트: ${event.said}`);
  }
}
