import { failure, type Mistake, mistake, type Result, success } from '@terrace/cloud/mistake';
import { type Words, words } from '@terrace/cloud/words';

/**
 * One of the words that an option takes. Mistake: `OPTION_UNKNOWN`, unless the option has had a code of its own.
 *
 * @param flag as it is written on the command line, for example `--via`
 */
export function oneOf<T extends string>(
  flag: string,
  value: unknown,
  known: readonly T[],
  code = 'OPTION_UNKNOWN',
): Result<T> {
  const found = known.find((each) => each === value);
  if (found !== undefined) return success(found);
  const list = known.join(', ');
  return failure([
    mistake(
      code,
      { path: flag },
      {
        cause: words(`${flag} knows no “${value}”.`, `${flag}에 “${value}”{은/는} 없습니다.`),
        next: words(`use one of ${list}`, `${list} 가운데 하나를 쓰세요`),
      },
    ),
  ]);
}

/** What a number counts, and how far it goes, both ends included. */
export interface Range {
  readonly least: number;
  readonly most: number;
  /** What holds where the option is not given. */
  readonly otherwise: number;
  /** A value worth trying; what holds otherwise, unless stated. */
  readonly example?: number;
  /** What leaving it out means, for the next step. */
  readonly leftOut?: Words;
}

/** A whole number in decimal digits. Mistake: `OPTION_OUT_OF_RANGE`. */
export function wholeNumber(flag: string, value: unknown, range: Range): Result<number> {
  if (value === undefined) return success(range.otherwise);
  const number = /^\d{1,15}$/.test(String(value)) ? Number(value) : Number.NaN;
  if (number >= range.least && number <= range.most) return success(number);
  const example = `${flag} ${range.example ?? range.otherwise}`;
  const next = words(`for example ${example}`, `예: ${example}`);
  return failure([
    mistake(
      'OPTION_OUT_OF_RANGE',
      { path: flag },
      {
        cause: words(
          `${flag} takes a whole number from ${range.least} to ${range.most}; it was given “${value}”.`,
          `${flag}에는 ${range.least}부터 ${range.most}까지의 정수를 씁니다. “${value}”{을/를} 받았습니다.`,
        ),
        next: range.leftOut
          ? words(`${next.en}, or leave it out: ${range.leftOut.en}`, `${next.ko}. 생략하면 ${range.leftOut.ko}`)
          : next,
      },
    ),
  ]);
}

/** A TCP or UDP port. Mistake: `OPTION_OUT_OF_RANGE`. */
export function port(value: unknown, otherwise: number, more: Pick<Range, 'example' | 'leftOut'> = {}): Result<number> {
  return wholeNumber('--port', value, { least: 1, most: 65_535, otherwise, ...more });
}

/** How long silence is waited for, in milliseconds. Mistake: `OPTION_OUT_OF_RANGE`. */
export function patience(value: unknown): Result<number> {
  return wholeNumber('--wait', value, { least: 1, most: 60_000, otherwise: 2000 });
}

/** An option that says nothing without another. Mistake: `OPTION_NEEDS_ANOTHER`. */
export function needs(flag: string, ...others: readonly string[]): Mistake {
  const list = others.join(', ');
  return mistake(
    'OPTION_NEEDS_ANOTHER',
    { path: flag },
    {
      cause: words(
        `${flag} means nothing without ${others.length > 1 ? `one of ${list}` : list}.`,
        `${flag}만으로는 뜻이 없고 ${list}{이/가} 함께 있어야 합니다.`,
      ),
      next: words(`add ${others[0]}, or leave ${flag} out`, `${others[0]}{을/를} 함께 쓰거나 ${flag}{을/를} 빼세요`),
    },
  );
}

/** Two options that ask for different answers. Mistake: `OPTIONS_EXCLUDE`. */
export function excludes(flag: string, other: string): Mistake {
  return mistake(
    'OPTIONS_EXCLUDE',
    { path: flag },
    {
      cause: words(`${flag} and ${other} do not go together.`, `${flag}{과/와} ${other}{은/는} 함께 쓸 수 없습니다.`),
      next: words('give one of them', '둘 중 하나만 쓰세요'),
    },
  );
}

/** Every mistake of several results, to be shown together. */
export function mistakesOf(results: readonly Result<unknown>[]): Mistake[] {
  return results.flatMap((each) => (each.ok ? [] : each.mistakes));
}
