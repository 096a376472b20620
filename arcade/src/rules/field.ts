import { Random } from './random.ts';

/** What stands in a cell: one terrace of one column. */
export const nothing = 0;
export const firefly = 1;
export const scarecrow = 2;
export const pearl = 3;
export type Cell = 0 | 1 | 2 | 3;

export const terraces = 3;

/** How many columns are known at once: more than a screen shows. */
const window = 64;

/**
 * The hillside, column by column, from a seed. There is always a way through: the free terrace of one row of
 * scarecrows is at most one step from the free terrace of the row before, with room between them.
 */
export class Field {
  readonly #random: Random;
  /** Two bits a cell, of the columns made last. */
  readonly #columns = new Uint8Array(window);
  #made = 0;
  #safe = 1;
  #untilRow = 14;
  #trailTerrace = 1;
  #trailLeft = 0;
  #trailPause = 2;

  constructor(seed: string) {
    this.#random = new Random(seed);
  }

  /** `column` may be up to 40 ahead of the furthest one that was left behind. */
  cell(column: number, terrace: number): Cell {
    while (this.#made <= column) this.#make();
    return (((this.#columns[column & (window - 1)] as number) >> (terrace * 2)) & 3) as Cell;
  }

  #make(): void {
    const column = this.#made++;
    this.#untilRow -= 1;
    const row = this.#untilRow === 0;
    let cells = row ? this.#scarecrows(column) : 0;
    cells |= this.#trail(cells);
    this.#columns[column & (window - 1)] = cells;
  }

  /** A row of one or two scarecrows; the further up the night, the closer the rows and the more often two. */
  #scarecrows(column: number): number {
    const least = column < 120 ? 6 : column < 350 ? 5 : column < 800 ? 4 : column < 1400 ? 3 : 2;
    this.#untilRow = least + this.#random.below(3);
    const before = this.#safe;
    this.#safe = Math.min(terraces - 1, Math.max(0, before + this.#random.below(3) - 1));
    const upper = this.#safe === 0 ? 1 : 0;
    const lower = this.#safe === 2 ? 1 : 2;
    const two = this.#random.below(2400) < 500 + column;
    if (!two) return scarecrow << (2 * (this.#random.below(2) === 0 ? upper : lower));
    const both = (scarecrow << (2 * upper)) | (scarecrow << (2 * lower));
    return this.#random.below(14) === 0 ? both | (pearl << (2 * this.#safe)) : both;
  }

  /** Fireflies come in short lines: two in three on the way that is free, the rest where one must dare something. */
  #trail(taken: number): number {
    if (this.#trailLeft === 0) {
      if (this.#trailPause-- > 0) return 0;
      this.#trailLeft = 2 + this.#random.below(4);
      this.#trailPause = 1 + this.#random.below(3);
      this.#trailTerrace = this.#random.below(3) === 0 ? this.#random.below(terraces) : this.#safe;
    }
    this.#trailLeft -= 1;
    const shift = 2 * this.#trailTerrace;
    return (taken >> shift) & 3 ? 0 : firefly << shift;
  }
}
