import { expect, test } from 'vitest';
import { durationOf } from './duration.ts';

test.each([
  ['PT15M', 900_000],
  ['PT1H', 3_600_000],
  ['PT1H30M', 5_400_000],
  ['PT1H5S', 3_605_000],
  ['PT12M5S', 725_000],
  ['PT90M', 5_400_000],
  ['PT0S', 0],
  ['PT43200S', 43_200_000],
  ['PT', undefined],
  ['P1D', undefined],
  ['P1DT1H', undefined],
  ['PT1.5M', undefined],
  ['PT5M1H', undefined],
  ['PT-5M', undefined],
  ['15M', undefined],
  ['PR15M', undefined],
  ['5 minutes', undefined],
  ['', undefined],
])('%j is %s milliseconds', (text, milliseconds) => {
  expect(durationOf(text)).toBe(milliseconds);
});
