import type { Input } from '../rules/inputs.ts';
import { type Action, Night, stepsPerSecond, type Witness } from '../rules/night.ts';

/** A wish that cannot be granted yet waits this many steps, so that a key a little too early still counts. */
const patience = 9;
/** A frame that took longer than this many seconds is a pause and not a jump. */
const longestFrame = 0.1;

/** One night as it is played: time becomes steps, wishes become inputs, and the inputs are kept. */
export class Session {
  readonly night: Night;
  readonly inputs: Input[] = [];
  #wishes: { readonly action: Action; readonly until: number }[] = [];
  #time = 0;

  constructor(seed: string, witness: Witness) {
    this.night = new Night(seed, witness);
  }

  wish(action: Action): void {
    if (this.#wishes.length < 2) this.#wishes.push({ action, until: this.night.step + patience });
  }

  /** Plays on for as long as a frame took; answers how much of the next step has passed, from 0 to 1. */
  play(seconds: number): number {
    this.#time += Math.min(seconds, longestFrame) * stepsPerSecond;
    while (this.#time >= 1 && !this.night.over) {
      this.#time -= 1;
      this.#grant();
      this.night.advance();
    }
    return this.night.over ? 0 : this.#time;
  }

  #grant(): void {
    const { night } = this;
    while (this.#wishes[0] && this.#wishes[0].until < night.step) this.#wishes.shift();
    const [wish] = this.#wishes;
    if (!wish || !night.allows(wish.action)) return;
    this.#wishes.shift();
    this.inputs.push({ step: night.step, action: wish.action });
    night.act(wish.action);
  }
}
