import { type Words, words } from '@terrace/cloud/words';
import type { UserDataResult } from '../compute/cloud-init/boot.ts';
import type { ControlEvent } from '../control/protocol.ts';
import type { EndpointEvent } from '../endpoints/configuration.ts';
import type { ChangeEvent, InstanceHappening } from '../events/event.ts';
import { instanceName, type Outline } from '../outline.ts';

/** What is told of an instance while a change is under way. */

export function bootEvent(instance: string, result: UserDataResult): ControlEvent {
  const state = bootState(result);
  const text = {
    booted: words('booted', '부팅 완료'),
    'boot-step-refused': words(
      'booted, and a step of its user data failed',
      '부팅했지만 사용자 데이터의 한 단계가 실패',
    ),
    'user-data-failed': words('user data failed', '사용자 데이터 실패'),
  }[state];
  return event(instance, state === 'user-data-failed' ? 'booted' : state, text);
}

export function bootHappening(instance: string, result: UserDataResult): InstanceHappening {
  return { kind: 'instance', instance, state: bootState(result), reason: null };
}

function bootState({ outcome, troubles }: UserDataResult): 'booted' | 'boot-step-refused' | 'user-data-failed' {
  if (outcome === 'failed') return 'user-data-failed';
  return troubles.length > 0 ? 'boot-step-refused' : 'booted';
}

/** It stopped by itself, or fails its status check. */
export function instanceHappening(
  present: Outline | null,
  id: string,
  state: 'stopped' | 'impaired',
  reason: Words,
): InstanceHappening {
  return { kind: 'instance', instance: present ? instanceName(present, id) : id, state, reason };
}

export function progress(tell: (event: ControlEvent) => void, text: Words): void {
  tell({ kind: 'progress', step: text.en, text });
}

/** @param answer what whoever asked for the change is told */
export function changeEnd(answer: ControlEvent): ChangeEvent {
  const state = answer.kind === 'result' ? 'done' : answer.kind === 'mistakes' ? 'refused' : 'failed';
  return { kind: 'change', state };
}

/** A resource with a creation policy is told of by its instances. https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-creationpolicy.html */
export function signalEvent({ logicalId, uniqueId, status }: Extract<EndpointEvent, { kind: 'signal' }>): ControlEvent {
  const text = status === 'SUCCESS' ? words('signalled success', '성공 신호') : words('signalled failure', '실패 신호');
  return event(`${logicalId} ${uniqueId}`, status, text);
}

function event(instance: string, state: string, text: Words): ControlEvent {
  return { kind: 'instance', instance, state, text };
}
