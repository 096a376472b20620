import type { JsonObject } from '../../json.ts';
import { objects, text } from '../../property.ts';

/**
 * How a thing that stands in an account is read from the JSON of the AWS CLI, by the name of the list in which a command gives it, for example
 * `Subnets` of `aws ec2 describe-subnets`.
 */
export type Descriptions = Readonly<Record<string, (listed: JsonObject) => readonly Described[]>>;

/** One thing that stands, as the resources that a template would make it of. */
export interface Described {
  /** What templates call it: an id, an ARN, or a name. */
  readonly id: string;
  /** 12 digits, where AWS says it. */
  readonly account?: string;
  readonly resources: readonly DescribedResource[];
  /** Of an export or a parameter. */
  readonly value?: string;
  /** What it tells of other things, by their ids: the main route table of a VPC is told by the table. */
  readonly amends?: Readonly<Record<string, JsonObject>>;
}

export interface DescribedResource {
  readonly type: string;
  readonly id: string;
  /** As a template would state them. */
  readonly properties: JsonObject;
  readonly attributes?: JsonObject;
  readonly tags?: Readonly<Record<string, string>>;
  /** Whether a program answers there: it takes part in proofs, and is not run here. */
  readonly isServer?: boolean;
}

/** `Tags` of any of AWS's listings. */
export function tagsOf(listed: JsonObject): Readonly<Record<string, string>> {
  const tags = [...objects(listed, 'Tags'), ...objects(listed, 'TagSet'), ...objects(listed, 'TagList')];
  return Object.fromEntries(tags.map((tag) => [text(tag, 'Key') ?? '', text(tag, 'Value') ?? '']));
}

/** The named values of a listing, under the names that a template has for them; those that are not there are left out. */
export function renamed(listed: JsonObject, names: Readonly<Record<string, string>>): JsonObject {
  return Object.fromEntries(
    Object.entries(names).flatMap(([own, name]) => {
      const value = listed[name];
      return value === undefined || value === null || value === '' ? [] : [[own, value]];
    }),
  );
}

/** The account of a thing that says it, as the part of a `Described`. */
export function ownedBy(account: string | undefined): { readonly account?: string } {
  return account === undefined ? {} : { account };
}
