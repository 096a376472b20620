import type { ColumnType, Generated } from 'kysely';

/** The tables as they are after the last migration. */
export interface Schema {
  readonly visit: {
    /** The instance that answered. */
    readonly instance: string;
    readonly visits: number;
  };
  readonly signing_key: {
    readonly single: Generated<boolean>;
    readonly key: Buffer;
  };
  readonly score: {
    readonly run: string;
    readonly nickname: string;
    readonly points: number;
    readonly steps: number;
    readonly inputs: Buffer;
    readonly digest: Buffer;
    readonly at: Generated<Date>;
    /** Compared as text, `2026-11-22`. */
    readonly day: ColumnType<string, never, never>;
  };
}
