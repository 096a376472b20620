import type { Incident } from '../incident.ts';
import { AnswerWatch } from './answer-watch.ts';

/**
 * Milliseconds without an answer after which a part of the region is killed and started again. What AWS runs behind its names has no documented time
 * for this; a client waits for 5 to 10 s until it asks a resolver, a load balancer's name or an endpoint anew.
 */
export const partPatience = 10_000;

/** Whether a part answered just now: milliseconds for which it has not, `null` where it did. */
export interface PartAnswer {
  readonly part: string;
  readonly silentFor: number | null;
}

/** Asks a process of the region's own, and kills it where it hangs: what starts it again when it ends does so then. */
export function watchPart(watched: {
  /** As in the log: `AWS endpoints`. */
  readonly part: string;
  ask(signal: AbortSignal): Promise<void>;
  whom(): object | null;
  kill(): void;
  on(incident: Incident): void;
}): AnswerWatch {
  const { part } = watched;
  return new AnswerWatch({
    ask: (signal) => watched.ask(signal),
    whom: () => watched.whom(),
    patience: () => partPatience,
    silent: (milliseconds) => watched.on({ kind: 'silent', part, milliseconds }),
    answersAgain: (milliseconds) => watched.on({ kind: 'answers', part, milliseconds }),
    hangs(milliseconds) {
      watched.on({ kind: 'hung', part, milliseconds });
      watched.kill();
    },
  });
}
