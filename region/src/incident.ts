import { visible } from '@terrace/cloud/visible';
import type { Words } from '@terrace/cloud/words';

/** Something that went wrong in a region while nobody was waiting for an answer. The region goes on; its log has a line of it. */
export type Incident =
  /** A process of the region's own ended and is started again. */
  | { readonly kind: 'restarted'; readonly part: string; readonly said: string }
  /** A part does not answer, answers again, or hangs and is ended; `milliseconds` for which it did not answer. */
  | { readonly kind: 'silent' | 'answers' | 'hung'; readonly part: string; readonly milliseconds: number }
  /** A part could not do something, for example publish a log file. */
  | { readonly kind: 'failed'; readonly part: string; readonly said: string }
  /** The disk was full. `undone` is a sentence on what the part could not do, shown by `terrace status` until there is room. */
  | { readonly kind: 'no-room'; readonly part: string; readonly undone: Words };

/** @param part who could not do it, for example `access log` */
export function failed(part: string, error: unknown): Incident {
  return { kind: 'failed', part, said: error instanceof Error ? (error.stack ?? error.message) : String(error) };
}

/** A line of the region's log, which a terminal may show: what a program said is in it in a visible form. */
export function incidentText(incident: Incident): string {
  return visible(lineOf(incident));
}

function lineOf(incident: Incident): string {
  const { part } = incident;
  switch (incident.kind) {
    case 'restarted':
      return `${part} ended and is started again: ${incident.said}`;
    case 'silent':
      return `${part} has not answered for ${seconds(incident.milliseconds)}`;
    case 'answers':
      return `${part} answers again after ${seconds(incident.milliseconds)}`;
    case 'hung':
      return `${part} did not answer for ${seconds(incident.milliseconds)}: it is killed`;
    case 'no-room':
      return `${part}: the disk is full: ${incident.undone.en}`;
    case 'failed':
      return `${part}: ${incident.said}`;
  }
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}
