import type { Cell } from './field.ts';
import { firefly, pearl, scarecrow, terraces } from './field.ts';
import type { Input } from './inputs.ts';
import { columnLength, down, flare, Night, up } from './night.ts';

/**
 * What a player who sees `columnsAhead` would do now, if anything: for tests and benchmarks, and for the
 * demonstration behind the title.
 */
export function robotMove(night: Night, columnsAhead: number): 0 | 1 | 2 | undefined {
  const column = (night.travelled / columnLength) | 0;
  const scores = [0, 1, 2].map((terrace) => worth(night, column, terrace, columnsAhead));
  const here = scores[night.terrace] as number;
  let best = night.terrace;
  for (let terrace = 0; terrace < terraces; terrace++) {
    if ((scores[terrace] as number) > (scores[best] as number)) best = terrace;
  }
  if (here < -500 && best === night.terrace && night.light > 6000 && night.allows(flare)) return flare;
  if (best === night.terrace) return undefined;
  const action = best < night.terrace ? up : down;
  return night.allows(action) ? action : undefined;
}

function worth(night: Night, column: number, terrace: number, ahead: number): number {
  let total = 0;
  for (let distance = 1; distance <= ahead; distance++) {
    const cell: Cell = night.field.cell(column + distance, terrace);
    const near = ahead + 1 - distance;
    if (cell === scarecrow && column + distance > night.burnedUntil) total -= 100 * near;
    else if (cell === firefly) total += 8 * near;
    else if (cell === pearl) total += 40 * near;
  }
  return total;
}

/** Every input of a game that the robot plays from this seed, thinking once every `reaction` steps. */
export function robotGame(seed: string, columnsAhead = 3, reaction = 6): Input[] {
  const night = new Night(seed);
  const inputs: Input[] = [];
  while (!night.over) {
    const action = night.step % reaction === 0 ? robotMove(night, columnsAhead) : undefined;
    if (action !== undefined) {
      inputs.push({ step: night.step, action });
      night.act(action);
    }
    night.advance();
  }
  return inputs;
}
