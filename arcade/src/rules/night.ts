import { type Cell, Field, firefly, pearl, scarecrow, terraces } from './field.ts';

/**
 * The game: carry a lantern over the terraces until dawn. Integers only and one fixed step, so that the same
 * seed and inputs give the same game in every browser and on the server.
 *
 * Changing anything that a game's outcome depends on needs a new `rules` number.
 */
export const rules = 1;

export const stepsPerSecond = 60;
/** Five minutes, and it is dawn. */
export const dawn = 18_000;
/** Length of a column in the units of `travelled`. */
export const columnLength = 1000;
export const fullLight = 10_000;

/** What a player can do. */
export const up = 0;
export const down = 1;
export const flare = 2;
export type Action = 0 | 1 | 2;

/** Steps between two moves. */
const moveRest = 5;
const flareRest = 30;
export const flareCost = 2500;
/** Columns that a flare clears. */
const flareReach = 7;
/** Steps after a collision during which the next does nothing. */
const spared = 60;

/** What happened in a step, for eyes and ears; the rules do not depend on who listens. */
export interface Witness {
  caught(cell: Cell, points: number, place: { readonly column: number; readonly terrace: number }): void;
  hit(): void;
  /** A scarecrow evaded at the last moment. */
  skimmed(points: number): void;
  flared(burned: number, points: number): void;
}

export class Night {
  readonly field: Field;
  readonly #witness: Witness | undefined;

  /** Steps since the beginning. */
  step = 0;
  /** 0 is the highest terrace. */
  terrace = 1;
  /** In units of a thousandth of a column. */
  travelled = 0;
  light = 8000;
  points = 0;
  /** Fireflies and narrow escapes since the last collision. */
  chain = 0;
  over = false;
  /** Columns up to this one have been cleared by a flare. */
  burnedUntil = -1;
  /** Columns up to this one had been passed when it was. */
  burnedFrom = -1;
  /** The step from which a collision counts again. */
  sparedUntil = 0;
  #column = 0;
  #nextMove = 0;
  #nextFlare = 0;

  constructor(seed: string, witness?: Witness) {
    this.field = new Field(seed);
    this.#witness = witness;
  }

  /** Units travelled in a step: 4.5 columns a second at dusk, 11 at dawn. */
  get speed(): number {
    return 75 + (((this.step * 110) / dawn) | 0);
  }

  /** From 1 to 8. */
  get multiplier(): number {
    return Math.min(8, 1 + ((this.chain / 12) | 0));
  }

  allows(action: Action): boolean {
    if (this.over) return false;
    if (action === flare) return this.step >= this.#nextFlare && this.light > flareCost;
    return this.step >= this.#nextMove && (action === up ? this.terrace > 0 : this.terrace < terraces - 1);
  }

  /** To be called before the step it belongs to, and only where it is allowed. */
  act(action: Action): void {
    if (action === flare) {
      this.#flare();
      return;
    }
    this.#skim();
    this.terrace += action === up ? -1 : 1;
    this.#nextMove = this.step + moveRest;
  }

  advance(): void {
    this.travelled += this.speed;
    this.step += 1;
    this.light -= 4 + (((this.step * 14) / dawn) | 0);
    if (this.travelled >= (this.#column + 1) * columnLength) {
      this.#column += 1;
      this.points += 1;
      this.#meet(this.field.cell(this.#column, this.terrace));
    }
    if (this.light <= 0) {
      this.light = 0;
      this.over = true;
    } else if (this.step === dawn) {
      this.points += 1000 + ((this.light / 10) | 0);
      this.over = true;
    }
  }

  #meet(cell: Cell): void {
    if (cell === firefly) this.#catch(cell, 10, 330);
    else if (cell === pearl) this.#catch(cell, 100, 2000);
    else if (cell === scarecrow && this.#column > this.burnedUntil && this.step >= this.sparedUntil) {
      this.light -= 1500 + ((this.step / 12) | 0);
      this.chain = 0;
      this.sparedUntil = this.step + spared;
      this.#witness?.hit();
    }
  }

  #catch(cell: Cell, worth: number, light: number): void {
    const points = worth * this.multiplier;
    this.points += points;
    this.chain += 1;
    this.light = Math.min(fullLight, this.light + light);
    this.#witness?.caught(cell, points, { column: this.#column, terrace: this.terrace });
  }

  /** Leaving a terrace at the last moment: nine steps at most before the scarecrow that stands on it. */
  #skim(): void {
    const next = this.#column + 1;
    if (next <= this.burnedUntil || next * columnLength - this.travelled > this.speed * 9) return;
    if (this.field.cell(next, this.terrace) !== scarecrow) return;
    const points = 20 * this.multiplier;
    this.points += points;
    this.chain += 1;
    this.#witness?.skimmed(points);
  }

  #flare(): void {
    this.light -= flareCost;
    this.#nextFlare = this.step + flareRest;
    let burned = 0;
    const first = Math.max(this.#column, this.burnedUntil) + 1;
    if (this.burnedUntil <= this.#column) this.burnedFrom = this.#column;
    this.burnedUntil = this.#column + flareReach;
    for (let column = first; column <= this.burnedUntil; column++) {
      for (let terrace = 0; terrace < terraces; terrace++) {
        if (this.field.cell(column, terrace) === scarecrow) burned += 1;
      }
    }
    const points = 15 * burned * this.multiplier;
    this.points += points;
    this.#witness?.flared(burned, points);
  }
}
