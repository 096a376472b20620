import { constants } from 'node:os';
import type { Ending } from '../guest.ts';
import type { ServiceUnit } from './service-unit.ts';

/**
 * Whether a service's process ended as it should: status 0, or a signal to end, or what `SuccessExitStatus=` adds.
 *
 * https://www.freedesktop.org/software/systemd/man/latest/systemd.service.html#SuccessExitStatus=
 */
export function succeeded(ending: Ending, unit: Pick<ServiceUnit, 'type' | 'successCodes'>): boolean {
  if (ending.code === 0) return true;
  if (ending.code !== null) return unit.successCodes.includes(ending.code);
  const name = signalName(ending.signal ?? 0);
  const usual = unit.type !== 'oneshot' && ['SIGHUP', 'SIGINT', 'SIGTERM', 'SIGPIPE'].includes(name);
  return usual || unit.successCodes.includes(name) || unit.successCodes.includes(name.slice(3));
}

/** https://www.freedesktop.org/software/systemd/man/latest/systemd.service.html#Restart= */
export function restarts(policy: ServiceUnit['restart'], ending: Ending, clean: boolean): boolean {
  if (policy === 'always') return true;
  if (policy === 'on-success') return clean;
  if (policy === 'on-failure') return !clean;
  if (policy === 'on-abnormal' || policy === 'on-abort') return !clean && ending.code === null;
  return false;
}

/** `code=exited, status=1` or `code=killed, status=9/SIGKILL`. */
export function describeEnding({ code, signal }: Ending): string {
  return code === null ? `code=killed, status=${signal}/${signalName(signal ?? 0)}` : `code=exited, status=${code}`;
}

/** Of `SIGTERM`, `TERM` or `15`; throws for what is no signal. */
export function signalNumber(name: string): number {
  if (/^\d+$/.test(name)) return Number(name);
  const full = `SIG${name.replace(/^SIG/, '')}`;
  const number = (constants.signals as Readonly<Record<string, number>>)[full];
  if (number === undefined) throw new Error(`unknown signal ${name}`);
  return number;
}

function signalName(number: number): string {
  return Object.entries(constants.signals).find(([, value]) => value === number)?.[0] ?? `SIG${number}`;
}

/** `undefined` after so many milliseconds; infinity waits for ever. */
export async function within<T>(promise: Promise<T>, milliseconds: number): Promise<T | undefined> {
  if (milliseconds >= 2 ** 31) return promise;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), milliseconds);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
