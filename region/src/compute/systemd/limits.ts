import type { ServiceUnit } from './service-unit.ts';

type Limit = ServiceUnit['limits'][number];

/** `infinity` as the kernel has it. */
const unlimited = 18_446_744_073_709_551_615n;

/** Lines of `/proc/PID/limits`, by their number in <sys/resource.h>. */
const names: Readonly<Record<string, number>> = {
  'Max cpu time': 0,
  'Max file size': 1,
  'Max data size': 2,
  'Max stack size': 3,
  'Max core file size': 4,
  'Max resident set': 5,
  'Max processes': 6,
  'Max open files': 7,
  'Max locked memory': 8,
  'Max address space': 9,
};

/** The hard limits that a `/proc/PID/limits` states. */
export function parseHardLimits(text: string): ReadonlyMap<number, bigint> {
  const limits = new Map<number, bigint>();
  for (const line of text.split('\n')) {
    const [, name = '', hard = ''] = /^(Max .*?)\s{2,}\S+\s+(\S+)/.exec(line) ?? [];
    const resource = names[name];
    if (resource !== undefined) limits.set(resource, hard === 'unlimited' ? unlimited : BigInt(hard));
  }
  return limits;
}

/** A unit's limits as this machine can give them: what lies above its hard limits is that, and named in the remarks. */
export function withinHardLimits(
  limits: readonly Limit[],
  hard: ReadonlyMap<number, bigint>,
): { readonly limits: readonly string[]; readonly remarks: readonly string[] } {
  const remarks: string[] = [];
  const clipped = limits.map((limit) => {
    const most = hard.get(limit.resource) ?? unlimited;
    const [soft, top] = [BigInt(limit.soft), BigInt(limit.hard)].map((asked) => (asked > most ? most : asked));
    if (BigInt(limit.hard) > most && limit.hard !== String(unlimited))
      remarks.push(`${limit.name}=${limit.hard} is above this machine's hard limit and becomes ${most}`);
    return `${limit.resource}:${soft}:${top}`;
  });
  return { limits: clipped, remarks };
}
