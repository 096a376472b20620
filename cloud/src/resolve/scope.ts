import type { Json, JsonObject } from '../json.ts';
import type { Mistake } from '../mistake.ts';
import type { Template } from '../template/template.ts';
import type { NotKnown } from './not-known.ts';
import type { Trail } from './trail.ts';

/** `AWS::NoValue`: what has it is left out. */
export const absent = Symbol('absent');
/** A mistake has been reported for it; whatever it would be part of is left alone, so that one fault gives one message. */
export const unresolved = Symbol('unresolved');

export type Resolved = Json | typeof absent | typeof unresolved | NotKnown;

/** What a condition came to. */
export type Verdict = boolean | typeof unresolved | NotKnown;

/** Which stack it is, for pseudo parameters and identifiers. */
export interface StackIdentity {
  readonly name: string;
  readonly id: string;
  /** 12 digits. */
  readonly account: string;
  readonly region: string;
}

/** Everything that the value of an intrinsic function can depend on. */
export interface Scope {
  readonly stack: StackIdentity;
  readonly template: Template;
  readonly parameters: ReadonlyMap<string, Resolved>;
  /** What a condition came to. */
  readonly conditions: ReadonlyMap<string, Verdict>;
  /** Which functions may stand here; the others are named as out of place. */
  readonly mayReferToResources: boolean;
  /** Whether the functions of rules may stand here as well. */
  readonly inRules: boolean;
  /** What `Ref` and `Fn::GetAtt` give; `undefined` if no resource has that name. */
  resource(logicalId: string): ResourceValues | typeof unresolved | undefined;
  /** The value exported under this name by an earlier stack. */
  exported(name: string): Json | NotKnown | undefined;
  /** The value of a parameter of Systems Manager. */
  systemParameter(name: string): string | undefined;
  report(mistake: Mistake): void;
  warn(mistake: Mistake): void;
}

export interface ResourceValues {
  readonly type: string;
  /** False where its condition leaves it out. */
  readonly exists: boolean;
  readonly physicalId: string | NotKnown;
  readonly attributes: JsonObject;
  /** An attribute that is not among them: not known where somebody else tells it, `undefined` if there is none of that name. */
  untold(name: string): NotKnown | typeof unresolved | undefined;
}

/** An intrinsic function: its argument as written, and where it stands. */
export type Intrinsic = (scope: Scope, argument: Json, trail: Trail) => Resolved;
