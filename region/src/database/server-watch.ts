import { AnswerWatch } from '../answering/answer-watch.ts';
import type { DatabaseEvent } from './configuration.ts';

/** Asks a database server, and tells of what it does not answer. */
export function watchServer(server: {
  readonly node: 'server' | 'standby';
  readonly database: string;
  ask(signal: AbortSignal): Promise<void>;
  whom(): object | null;
  patience(): number;
  answersAgain?(): void;
  hangs(milliseconds: number): void;
  readonly emit: (event: DatabaseEvent) => void;
}): AnswerWatch {
  const { node, database, emit } = server;
  return new AnswerWatch({
    ask: (signal) => server.ask(signal),
    whom: () => server.whom(),
    patience: () => server.patience(),
    silent: (milliseconds) => emit({ kind: 'silent', database, node, milliseconds }),
    answersAgain(milliseconds) {
      emit({ kind: 'answers', database, node, milliseconds });
      server.answersAgain?.();
    },
    hangs: (milliseconds) => server.hangs(milliseconds),
  });
}
