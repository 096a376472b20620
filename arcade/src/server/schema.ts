/** The tables as they are after the last migration. */
export interface Schema {
  readonly visit: {
    /** The instance that answered. */
    readonly instance: string;
    readonly visits: number;
  };
}
