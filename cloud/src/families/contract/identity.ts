import { generatedName, resourceIdentifier, type Subject } from '../../allocate/identifier.ts';
import type { JsonObject } from '../../json.ts';

/** A resource about to get its identifiers: all that they may depend on. */
export interface Draft {
  readonly subject: Subject;
  /** `Stack/LogicalId` */
  readonly key: string;
  readonly type: string;
  /** Resolved. */
  readonly properties: JsonObject;
  /** Whether the property is stated, and left out because nobody here can tell its value. */
  isUnknown(property: string): boolean;
  /** How often it was changed in place, where AWS counts that. */
  readonly revisions: number;
  readonly stackId: string;
  readonly partition: string;
  readonly urlSuffix: string;
  /** An address for the owner in the subnet with this physical id; `undefined` if there is no such subnet or it is full. */
  privateAddress(subnet: string | undefined, owner: string, wanted?: string): string | undefined;
  publicAddress(owner: string): string;
  /** What stands earlier in the order of creation and has this physical id, ARN or name. */
  find(reference: string): Earlier | undefined;
}

interface Earlier {
  readonly key: string;
  readonly type: string;
  readonly physicalId: string;
  readonly attributes: JsonObject;
  readonly properties: JsonObject;
}

/** What `Ref` and `Fn::GetAtt` give for a resource. */
export interface Identity {
  readonly physicalId: string;
  readonly attributes: JsonObject;
}

export type Identify = (draft: Draft) => Identity;

/** The text of a property, `undefined` where it is missing or something else. */
export function textOf(draft: { readonly properties: JsonObject }, name: string): string | undefined {
  const value = Object.hasOwn(draft.properties, name) ? draft.properties[name] : undefined;
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' ? value : undefined;
}

/** An ARN of this account and region, or of none where the service has it so. */
export function arn(
  draft: Draft,
  service: string,
  resource: string,
  { region = true, account = true }: { region?: boolean; account?: boolean } = {},
): string {
  return [
    'arn',
    draft.partition,
    service,
    region ? draft.subject.region : '',
    account ? draft.subject.account : '',
    resource,
  ].join(':');
}

/** An identifier `prefix-0…` that is also the attribute of this name. */
export function identified(
  prefix: string,
  attribute: string,
  more: (draft: Draft, id: string) => JsonObject = () => ({}),
): Identify {
  return (draft) => {
    const id = resourceIdentifier(draft.subject, prefix);
    return { physicalId: id, attributes: { [attribute]: id, ...more(draft, id) } };
  };
}

/** A stated name, or one that CloudFormation makes, in small letters. */
export function lowerCaseName(
  property: string,
  attributes: (draft: Draft, name: string) => Record<string, string> = () => ({}),
): Identify {
  return (draft) => {
    const name = (textOf(draft, property) ?? generatedName(draft.subject, 255)).toLowerCase();
    return { physicalId: name, attributes: attributes(draft, name) };
  };
}

/** IAM has no regions, and paths before names. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html */
export function iamArn(draft: Draft, kind: string, name: string): string {
  return arn(draft, 'iam', `${kind}${textOf(draft, 'Path') ?? '/'}${name}`, { region: false });
}
