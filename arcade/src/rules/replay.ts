import type { Input } from './inputs.ts';
import { Night } from './night.ts';

export interface Outcome {
  readonly points: number;
  /** How long the game took, in steps. */
  readonly steps: number;
}

/** The game that was played, to its end; `undefined` where an input was not possible when it is said to have been made. */
export function replay(seed: string, inputs: readonly Input[]): Outcome | undefined {
  const night = new Night(seed);
  for (const { step, action } of inputs) {
    while (night.step < step && !night.over) night.advance();
    if (!night.allows(action)) return undefined;
    night.act(action);
  }
  while (!night.over) night.advance();
  return { points: night.points, steps: night.step };
}
