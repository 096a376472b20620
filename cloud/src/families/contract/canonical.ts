/** How AWS takes properties that are written in another form than its own. Paths are written with dots; a `*` stands for every element of a list. */
export interface CanonicalForm {
  /** Ranges in which AWS clears the bits behind their length. */
  readonly ranges?: readonly string[];
  /** Names that AWS takes in any case. */
  readonly inAnyCase?: readonly string[];
  /** Lists of which one element may join several by commas. */
  readonly joined?: readonly string[];
  /** Lists in which AWS takes each as an element of its own. */
  readonly apart?: readonly string[];
}

/** By type. */
export type CanonicalForms = Readonly<Record<string, CanonicalForm>>;
