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
  /** The stack that nests it: it alone gives parameters then. */
  readonly nestedIn?: string;
}
