/** Work that is done one after another: who comes waits for all before, however they end. */
export class Turns {
  #last: Promise<unknown> = Promise.resolve();
  #count = 0;

  /** How many have a turn or wait for one. */
  get count(): number {
    return this.#count;
  }

  take<T>(work: () => Promise<T>): Promise<T> {
    const next = this.#last.then(work);
    const over = () => {
      this.#count--;
    };
    this.#count++;
    this.#last = next.then(over, over);
    return next;
  }
}
