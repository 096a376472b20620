import type { NotKnown } from '../resolve/not-known.ts';
import type { Template } from '../template/template.ts';

/** A stack to be resolved: its template and what the assembly says about it. */
export interface StackSource {
  readonly name: string;
  readonly template: Template;
  /** Absolute path of the template. */
  readonly file: string;
  /** Names of stacks that come before it. */
  readonly dependsOn: readonly string[];
  readonly region?: string;
  readonly account?: string;
  readonly parameters?: Readonly<Record<string, string>>;
  /** Parameters that the stack which nests it gives, and cannot tell. */
  readonly unknownParameters?: ReadonlyMap<string, NotKnown>;
  /** The stack that nests it: it alone gives parameters then. */
  readonly nestedIn?: string;
}
