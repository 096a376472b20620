import { setTimeout as wait } from 'node:timers/promises';
import type { AnswerWatch } from '../../answering/answer-watch.ts';
import type { DatabaseConfiguration, DatabaseEvent } from '../configuration.ts';
import { watchServer } from '../server-watch.ts';
import { commitLocally, follows, type Positions, speaks } from './answers.ts';
import type { DatabaseNode } from './node.ts';

/** Milliseconds in which a standby that is to take over has to answer. */
const beforeTakingOver = 2_000;

/** Milliseconds in which the active server has to say how far its standby has come. Its own silence is not the standby's. */
const beforeBlaming = 1_000;

/** What a pair is asked by, and what it hears. */
interface Pair {
  configuration(): DatabaseConfiguration;
  active(): DatabaseNode;
  passive(): DatabaseNode;
  readonly emit: (event: DatabaseEvent) => void;
  /** Commits are not to wait for it any longer. */
  standbyHangs(): void;
  standbyIsBack(): void;
}

/**
 * Asks both servers of a pair, each apart. One that hangs for long is killed: what follows is what follows when it dies by itself. A standby that
 * hangs for a shorter time is let be, and goes on where it was when it comes back.
 */
export class PairWatch implements Disposable {
  readonly #pair: Pair;
  readonly #active: AnswerWatch;
  readonly #standby: AnswerWatch;
  /** What the active server said last of the two. */
  #positions: Positions | null = null;
  #standbyFollows = true;
  /** How often the active server has answered, and how often when the standby was first seen to lag. */
  #answers = 0;
  #laggedAt: number | null = null;

  /** @param slot by which the active server knows its standby */
  constructor(pair: Pair, slot: string) {
    const database = pair.configuration().id;
    const patience = () => pair.configuration().patience;
    this.#pair = pair;
    this.#active = watchServer({
      node: 'server',
      database,
      emit: pair.emit,
      whom: () => pair.active().running,
      patience: () => patience().server,
      ask: async (signal) => this.#took(await commitLocally(pair.active().address, slot, signal)),
      hangs: (milliseconds) => {
        pair.emit({ kind: 'hung', database, node: 'server', milliseconds });
        pair.active().fence();
      },
    });
    this.#standby = watchServer({
      node: 'standby',
      database,
      emit: pair.emit,
      whom: () => pair.passive().running,
      patience: () => patience().standby,
      ask: async (signal) => {
        await speaks(pair.passive().address, signal);
        if (!(await this.#keepsUp())) throw new Error('it does not follow');
      },
      answersAgain: () => pair.standbyIsBack(),
      hangs: (milliseconds) => {
        if (milliseconds < patience().server) return pair.standbyHangs();
        pair.emit({ kind: 'hung', database, node: 'standby', milliseconds });
        pair.passive().fence();
      },
    });
  }

  /** Asks both now. Milliseconds for which the active server has not answered; `null` where it answers. */
  async look(): Promise<number | null> {
    const [silent] = await Promise.all([this.#active.look(), this.#standby.look()]);
    return silent;
  }

  get activeIsSilent(): boolean {
    return this.#active.silentFor !== null;
  }

  get standbyIsSilent(): boolean {
    return this.#standby.silentFor !== null;
  }

  get standbyIsHung(): boolean {
    return (this.#standby.silentFor ?? 0) >= this.#pair.configuration().patience.standby;
  }

  /** Asked anew: of a standby that hung a moment ago nobody knows yet. */
  standbyAnswers(): Promise<boolean> {
    return speaks(this.#pair.passive().address, AbortSignal.timeout(beforeTakingOver)).then(
      () => true,
      () => false,
    );
  }

  /** The two have changed places. */
  forget(): void {
    this.#positions = null;
    this.#standbyFollows = true;
    this.#laggedAt = null;
  }

  [Symbol.dispose](): void {
    this.#active[Symbol.dispose]();
    this.#standby[Symbol.dispose]();
  }

  /** False only where the active server has said so twice. */
  async #keepsUp(): Promise<boolean> {
    if (!this.#standbyFollows) {
      this.#laggedAt ??= this.#answers;
      await Promise.race([this.#active.look(), wait(beforeBlaming, undefined, { ref: false })]);
    }
    if (this.#standbyFollows) this.#laggedAt = null;
    return this.#laggedAt === null || this.#answers === this.#laggedAt;
  }

  #took(positions: Positions | null): void {
    this.#answers += 1;
    this.#standbyFollows = !this.#positions || !positions || follows(this.#positions, positions);
    this.#positions = positions;
  }
}
