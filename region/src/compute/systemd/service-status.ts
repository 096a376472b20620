import type { Ending } from '../guest.ts';

export type ActiveState = 'inactive' | 'activating' | 'active' | 'reloading' | 'deactivating' | 'failed';

/** `result` as systemd names it: `success`, `exit-code`, `signal`, `timeout`, `resources`, `protocol`, `start-limit-hit`, `condition`. */
export interface ServiceStatus {
  readonly active: ActiveState;
  readonly sub: string;
  readonly result: string;
  readonly mainPid: number;
  readonly ending: Ending | null;
  /** Milliseconds since the epoch. */
  readonly since: number;
  readonly restarts: number;
  readonly text: string;
}

export function neverStarted(): ServiceStatus {
  return {
    active: 'inactive',
    sub: 'dead',
    result: 'success',
    mainPid: 0,
    ending: null,
    since: Date.now(),
    restarts: 0,
    text: '',
  };
}

/** What a service says of itself. https://www.freedesktop.org/software/systemd/man/latest/sd_notify.html */
export function readNotification(text: string): { readonly status: string | undefined; readonly ready: boolean } {
  const fields = new Map(text.split('\n').map((line) => line.split(/=(.*)/s) as [string, string]));
  return { status: fields.get('STATUS'), ready: fields.get('READY') === '1' };
}
