import type { AlarmState } from '@terrace/cloud/families/alarm/alarm';
import { type Words, words } from '@terrace/cloud/words';
import { type NotificationEvent, notificationText } from '../notifications/notifications.ts';
import type { Activity } from '../scaling/activity.ts';

export type AlarmActionState = 'carried-out' | 'not-carried-out';

/** What happened by the region's clock. */
export type OperationsEvent =
  | {
      readonly kind: 'alarm';
      readonly alarm: string;
      readonly from: AlarmState;
      readonly to: AlarmState;
      readonly reason: string;
    }
  | {
      readonly kind: 'alarm-action';
      readonly action: string;
      /** The instance that the alarm watches; `null` where it watches none. */
      readonly instance: string | null;
      readonly state: AlarmActionState;
    }
  | {
      /** A scaling policy has changed what its group wants. */
      readonly kind: 'scaling';
      readonly group: string;
      readonly policy: string;
      readonly alarm: string;
      readonly state: string;
      readonly from: number;
      readonly to: number;
    }
  | { readonly kind: 'activity'; readonly activity: Activity }
  | NotificationEvent;

export function operationsText(event: OperationsEvent): Words {
  switch (event.kind) {
    case 'alarm': {
      const said = `${event.alarm}: ${event.from} -> ${event.to}: ${event.reason}`;
      return words(said, said);
    }
    case 'alarm-action':
      return event.state === 'carried-out'
        ? words(`${event.instance}: ${event.action} is done`, `${event.instance}: ${event.action} 작업 완료`)
        : words(`${event.action}: this action is not carried out`, `${event.action}: 실행하지 않는 작업입니다`);
    case 'scaling': {
      const { group, policy, alarm, from, to } = event;
      return words(
        `${group}: ${alarm} triggered ${policy}: desired capacity ${from} -> ${to}`,
        `${group}: ${alarm} 경보로 ${policy} 정책 실행. 원하는 용량 ${from} -> ${to}`,
      );
    }
    case 'activity': {
      const { group, status, description } = event.activity;
      return words(`${group}: ${status}: ${description}`, `${group}: ${status}: ${description}`);
    }
    case 'notification':
      return notificationText(event);
  }
}
