const minute = 60_000;
const day = 86_400_000;

/**
 * When the next daily copy is due: at once where there is none, as after the instance was made; from then on when the
 * window opens, or at once while it is open and today's has not been taken. A window that passed while the instance was
 * stopped is passed over. Milliseconds since 1970.
 *
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_WorkingWithAutomatedBackups.BackupWindow.html
 *
 * @param window `hh:mm-hh:mm` in UTC, as `PreferredBackupWindow` has it. RDS chooses one where it is left out; here a
 *   copy is then due a day after the last.
 */
export function nextBackup(
  { last, window }: { readonly last: number | undefined; readonly window: string | null },
  now: number,
): number {
  if (last === undefined) return now;
  const times = window === null ? null : /^(\d\d):(\d\d)-(\d\d):(\d\d)$/.exec(window);
  if (!times) return Math.max(now, last + day);
  const [hour, start, endHour, end] = times.slice(1).map(Number) as [number, number, number, number];
  const opens = (hour * 60 + start) * minute;
  const length = ((endHour * 60 + end) * minute - opens + day) % day || day;
  const midnight = now - (now % day);
  // A window may reach over midnight: yesterday's may still be open.
  for (const each of [midnight - day, midnight, midnight + day].map((from) => from + opens)) {
    if (each + length <= now || last >= each) continue;
    return Math.max(now, each);
  }
  throw new Error(`no day of ${window} follows ${new Date(now).toISOString()}`);
}
