import type { Incident } from '../incident.ts';
import { AnswerWatch } from './answer-watch.ts';

/**
 * Asks a process on which others depend: one that is silent is first told to go on (SIGCONT), which heals one that was stopped; one that stays silent
 * for its whole patience is ended or given up, as `hangs` decides.
 */
export function watchAndWake(watched: {
  /** As in the log: `launcher of instances`. */
  readonly part: string;
  /** Milliseconds without an answer after which it hangs. */
  readonly patience: number;
  ask(): Promise<void>;
  whom(): object | null;
  wake(): void;
  hangs(milliseconds: number): void;
  on(incident: Incident): void;
}): AnswerWatch {
  const { part } = watched;
  return new AnswerWatch({
    ask: () => watched.ask(),
    whom: () => watched.whom(),
    patience: () => watched.patience,
    silent(milliseconds) {
      watched.on({ kind: 'silent', part, milliseconds });
      watched.wake();
    },
    answersAgain: (milliseconds) => watched.on({ kind: 'answers', part, milliseconds }),
    hangs: (milliseconds) => watched.hangs(milliseconds),
  });
}
