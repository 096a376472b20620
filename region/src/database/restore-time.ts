/**
 * A moment as RDS has it in `RestoreTime` and `LatestRestorableTime`: ISO 8601 in whole seconds of UTC.
 *
 * https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_RestoreDBInstanceToPointInTime.html
 *
 * @param moment milliseconds since 1970
 * @param towards the second that it lies in, or the next one where it lies within one
 */
export function restoreTime(moment: number, towards: 'past' | 'future'): string {
  const seconds = towards === 'past' ? Math.floor(moment / 1000) : Math.ceil(moment / 1000);
  return new Date(seconds * 1000).toISOString().replace('.000Z', 'Z');
}

/** The first and the last second that lie in a span, so that each of them can be asked for; one that is shorter has its next. */
export function restoreSpan({ earliest, latest }: { readonly earliest: number; readonly latest: number }): {
  readonly earliest: string;
  readonly latest: string;
} {
  const first = restoreTime(earliest, 'future');
  const last = restoreTime(latest, 'past');
  return { earliest: first, latest: last < first ? first : last };
}
