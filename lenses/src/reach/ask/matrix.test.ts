import { describe, expect, test } from 'vitest';
import { randomNetwork } from '../../../differential/random-network.ts';
import { openReach } from './ask.ts';
import { computeMatrix, travelBetween } from './matrix.ts';

describe('every pair at once', () => {
  test.each(
    Array.from({ length: 60 }, (_, index) => 5000 + index),
  )('says of each pair what the pair itself says (network %d)', (seed) => {
    const reach = openReach(randomNetwork(seed));
    const matrix = computeMatrix(reach);
    const { interfaces } = reach.network.view;
    for (const from of interfaces) {
      for (const to of interfaces) {
        if (from === to) continue;
        const between = matrix.between(matrix.classOf(from.id), matrix.classOf(to.id));
        expect({ from: from.id, to: to.id, between }).toEqual({
          from: from.id,
          to: to.id,
          between: travelBetween(reach, from, to).allowed,
        });
      }
    }
  });
});
