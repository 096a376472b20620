import type { Words } from '@terrace/cloud/words';

/** Something that went wrong in a region while nobody was waiting for an answer. The region goes on; its log has a line of it. */
export type Incident =
  /** A process of the region's own ended and is started again. */
  | { readonly kind: 'restarted'; readonly part: string; readonly said: string }
  /** A part could not do something, for example publish a log file. */
  | { readonly kind: 'failed'; readonly part: string; readonly said: string }
  /** The disk was full. `undone` is a sentence on what the part could not do, shown by `terrace status` until there is room. */
  | { readonly kind: 'no-room'; readonly part: string; readonly undone: Words };

/** @param part who could not do it, for example `access log` */
export function failed(part: string, error: unknown): Incident {
  return { kind: 'failed', part, said: error instanceof Error ? (error.stack ?? error.message) : String(error) };
}

export function incidentText(incident: Incident): string {
  const { kind, part } = incident;
  if (kind === 'no-room') return `${part}: the disk is full: ${incident.undone.en}`;
  return kind === 'restarted' ? `${part} ended and is started again: ${incident.said}` : `${part}: ${incident.said}`;
}
