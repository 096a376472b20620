/**
 * A stream of 32-bit numbers that is the same in every browser and on the server: integer operations only.
 * sfc32 by Chris Doty-Humphrey (PractRand), of which every output bit is good enough to be taken alone.
 */
export class Random {
  #a: number;
  #b: number;
  #c: number;
  #counter = 1;

  /** `seed` is 16 hexadecimal digits. */
  constructor(seed: string) {
    this.#a = Number.parseInt(seed.slice(0, 8), 16) | 0;
    this.#b = Number.parseInt(seed.slice(8, 16), 16) | 0;
    this.#c = 0x7e44ace | 0;
    for (let round = 0; round < 12; round++) this.next();
  }

  /** An integer of 32 bits, signed. */
  next(): number {
    const result = (this.#a + this.#b + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + result) | 0;
    return result;
  }

  /** An integer from 0 to `size` - 1; `size` is below 65,536. */
  below(size: number): number {
    return ((this.next() >>> 16) * size) >>> 16;
  }
}
