import type { AlarmState } from '@terrace/cloud/families/alarm/alarm';
import { type Words, words } from '@terrace/cloud/words';
import { type NotificationEvent, notificationText } from '../notifications/notifications.ts';
import type { Activity } from '../scaling/activity.ts';

/** What happened by the region's clock. */
export type OperationsEvent =
  | {
      readonly kind: 'alarm';
      readonly alarm: string;
      readonly from: AlarmState;
      readonly to: AlarmState;
      readonly reason: string;
    }
  | { readonly kind: 'alarm-action'; readonly action: string; readonly state: 'not-carried-out' }
  | { readonly kind: 'activity'; readonly activity: Activity }
  | NotificationEvent;

export function operationsText(event: OperationsEvent): Words {
  switch (event.kind) {
    case 'alarm': {
      const said = `${event.alarm}: ${event.from} -> ${event.to}: ${event.reason}`;
      return words(said, said);
    }
    case 'alarm-action':
      return words(`${event.action}: this action is not carried out`, `${event.action}: 실행하지 않는 작업입니다`);
    case 'activity': {
      const { group, status, description } = event.activity;
      return words(`${group}: ${status}: ${description}`, `${group}: ${status}: ${description}`);
    }
    case 'notification':
      return notificationText(event);
  }
}
