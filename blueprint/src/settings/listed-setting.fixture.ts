import { type Words, words } from '../words.ts';

/** A path into a resource of the templates, as `stack/LogicalId` (in small letters without `Terrace`), and what stands there. */
export type Expectation = readonly [id: string, path: string, expected: unknown];

/** What becomes of one setting: where it shows in the templates, and whether a rehearsal shows it. */
export interface ListedSetting {
  /** Settings under which it is not what the classroom has. */
  readonly context: Readonly<Record<string, unknown>>;
  readonly reaches: readonly Expectation[];
  readonly region: ActsInRegion | NotInRegion;
}

/** A test with a running region sees it act. */
export interface ActsInRegion {
  readonly file: string;
  readonly test: string;
  /** What people are told besides, where it does not act as on AWS. */
  readonly note?: Words;
}

/** Nothing acts by it; the reason is told in docs/blueprint.md, and by the properties that it sets in docs/types.md. */
export interface NotInRegion {
  readonly because: Words;
  /** `AWS::Type.Property`, or a type alone: none of them is called real. */
  readonly properties: readonly string[];
}

export function inTest(file: string, test: string, note?: Words): ActsInRegion {
  return { file: `region/test/${file}.test.ts`, test, ...(note ? { note } : {}) };
}

export function sizes(...properties: readonly string[]): NotInRegion {
  return { because: words('priced; sizes are not enforced', '요금만 계산하고 크기를 제한하지는 않음'), properties };
}
