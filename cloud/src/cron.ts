/** A moment of a place's wall clock. */
interface LocalTime {
  readonly minute: number;
  readonly hour: number;
  readonly day: number;
  /** From 1. */
  readonly month: number;
  /** Sunday is 0. */
  readonly weekday: number;
  readonly year: number;
}

export type Cron = (time: LocalTime) => boolean;

/**
 * A line of cron as Auto Scaling takes it: `MINUTE HOUR DAY MONTH WEEKDAY`, with `*`, lists, ranges, steps and names; Sunday is 0 or 7. Where
 * both days are given, either is enough. `undefined` for what is not understood.
 *
 * https://docs.aws.amazon.com/autoscaling/ec2/userguide/scheduled-scaling-recurring-schedules.html
 */
export function unixCron(text: string): Cron | undefined {
  const parts = text.trim().split(/\s+/);
  if (parts.length !== 5) return undefined;
  const [minute, hour, day, month, weekday] = [
    field(parts[0]!, 0, 59),
    field(parts[1]!, 0, 23),
    field(parts[2]!, 1, 31),
    field(parts[3]!, 1, 12, months),
    field(parts[4]!, 0, 7, weekdays),
  ];
  if (!minute || !hour || !day || !month || !weekday) return undefined;
  if (weekday.has(7)) weekday.add(0);
  const either = !parts[2]!.startsWith('*') && !parts[4]!.startsWith('*');
  return (time) => {
    const onDay = day.has(time.day);
    const onWeekday = weekday.has(time.weekday);
    return (
      minute.has(time.minute) &&
      hour.has(time.hour) &&
      month.has(time.month) &&
      (either ? onDay || onWeekday : onDay && onWeekday)
    );
  };
}

/**
 * What stands in `cron(…)` of EventBridge: `MINUTE HOUR DAY MONTH WEEKDAY YEAR`, Sunday is 1, and one of the days is `?`. `undefined` for what
 * is not understood: `L`, `W` and `#`.
 *
 * https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html#cron-based
 */
export function eventBridgeCron(text: string): Cron | undefined {
  const parts = text.trim().split(/\s+/);
  if (parts.length !== 6) return undefined;
  const open = (part: string) => (part === '?' ? '*' : part);
  const [minute, hour, day, month, weekday, year] = [
    field(parts[0]!, 0, 59),
    field(parts[1]!, 0, 23),
    field(open(parts[2]!), 1, 31),
    field(parts[3]!, 1, 12, months),
    field(open(parts[4]!), 1, 7, weekdaysFromOne),
    field(parts[5]!, 1970, 2199),
  ];
  if (!minute || !hour || !day || !month || !weekday || !year) return undefined;
  return (time) =>
    minute.has(time.minute) &&
    hour.has(time.hour) &&
    day.has(time.day) &&
    month.has(time.month) &&
    weekday.has(time.weekday + 1) &&
    year.has(time.year);
}

/** What the wall clock of a time zone shows. */
export function localTime(moment: number, timeZone: string): LocalTime {
  const parts = Object.fromEntries(
    formatOf(timeZone)
      .formatToParts(moment)
      .map(({ type, value }) => [type, value]),
  );
  return {
    minute: Number(parts.minute),
    hour: Number(parts.hour),
    day: Number(parts.day),
    month: Number(parts.month),
    weekday: weekdays.indexOf(String(parts.weekday).toUpperCase()),
    year: Number(parts.year),
  };
}

/** Whether a time zone is one that the wall clock can be told of. */
export function isTimeZone(name: string): boolean {
  try {
    return formatOf(name) !== undefined;
  } catch {
    return false;
  }
}

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    weekday: 'short',
  });
  formats.set(timeZone, made);
  return made;
}

const weekdays = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];
const weekdaysFromOne = ['', ...weekdays];
const months = ['', 'JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];

/** The numbers that one field means. */
function field(text: string, least: number, most: number, names: readonly string[] = []): Set<number> | undefined {
  const found = new Set<number>();
  for (const part of text.toUpperCase().split(',')) {
    const match = /^(\*|\w+)(?:-(\w+))?(?:\/(\d+))?$/.exec(part);
    if (!match) return undefined;
    const [, first = '', last, step] = match;
    const from = first === '*' ? least : numberOf(first, names);
    const to = first === '*' || (step !== undefined && last === undefined) ? most : numberOf(last ?? first, names);
    if (from === undefined || to === undefined || from < least || to > most || step === '0') return undefined;
    // A range of weekdays may go over Sunday, as in FRI-MON.
    const end = from <= to ? to : most === 7 ? to + 7 : undefined;
    if (end === undefined) return undefined;
    for (let each = from; each <= end; each += Number(step ?? 1)) found.add(each > most ? each - 7 : each);
  }
  return found;
}

function numberOf(word: string, names: readonly string[]): number | undefined {
  if (/^\d+$/.test(word)) return Number(word);
  const index = names.indexOf(word);
  return index < 0 ? undefined : index;
}
