import type { Json, JsonObject } from './json.ts';
import type { Place } from './mistake.ts';
import type { Words } from './words.ts';

/**
 * Every resource of an assembly with intrinsic functions resolved, and identifiers, addresses and
 * attributes allocated. It is plain data and the only thing that views read: nothing downstream of
 * it knows the blueprint, CDK or YAML.
 *
 * The same templates, parameters and earlier allocations always give the same inventory, and a
 * change to one resource renumbers no other.
 */
export interface Inventory {
  /** 12 digits. */
  readonly account: string;
  /** For example `ap-northeast-2`. */
  readonly region: string;
  /** In the order in which they are created. */
  readonly stacks: readonly Stack[];
  /** In the order in which they are created: what something depends on stands before it. */
  readonly resources: readonly Resource[];
  /**
   * Resources that stand without a template, so far as something of the templates stands in them: an account's default VPC, and what the project
   * imported. `ofType` and `findResource` find them as well; nothing creates, changes or removes them.
   */
  readonly outside?: readonly Resource[];
  /** What runs outside, in networks that the templates' resources stand in: it takes part in proofs, and nothing here runs it. */
  readonly neighbours?: readonly Resource[];
  /** What instances, addresses and so on were given, to be handed to the next load. */
  readonly allocations: Allocations;
  readonly assets: readonly Asset[];
  /** What the templates call the images that they take, by image id: the name of a public parameter, the path in a mapping. */
  readonly imageNames?: Readonly<Record<string, readonly string[]>>;
  /**
   * Values that are never shown: of `NoEcho` parameters, what functions make of them, of properties that AWS keeps. `concealment` masks them.
   */
  readonly secrets: readonly string[];
  /** Values that are left out because nobody here can tell them: a function of the account, AWS or a stack that is not loaded could. */
  readonly notKnown: readonly NotKnownValue[];
}

export interface NotKnownValue {
  /** The resource, or the stack for one of its outputs. */
  readonly key: ResourceKey;
  /** For example `Properties.AvailabilityZone`, `Condition` or `Outputs.Url`. */
  readonly path: string;
  readonly why: Words;
}

/**
 * Properties that the template states and whose values nobody here can tell. They are left out of `properties`, which is not the same as not
 * stated.
 */
export function unknownProperties({ notKnown }: Inventory, { key }: Resource): readonly string[] {
  return notKnown
    .filter((each) => each.key === key)
    .flatMap(({ path }) => /^Properties\.([^.]+)/.exec(path)?.[1] ?? []);
}

/** As a person is shown it, for example `app/Role Properties.ManagedPolicyArns`. */
export function shownProperty({ key }: Resource, property: string): string {
  return `${key} Properties.${property}`;
}

export interface Stack {
  readonly name: string;
  readonly id: string;
  /** The template's own `Metadata`, resolved. */
  readonly metadata: JsonObject;
  readonly parameters: Readonly<Record<string, Json>>;
  readonly outputs: readonly Output[];
  /** Names of the exports that it imports. */
  readonly imports: readonly string[];
}

export interface Output {
  readonly name: string;
  readonly value: Json;
  readonly exportName: string | null;
}

/**
 * What names a resource within an inventory: `StackName/LogicalId`. Unlike a physical id it is what the user
 * wrote, and unlike a logical id it is unique over several stacks.
 */
export type ResourceKey = string;

export interface Resource {
  readonly key: ResourceKey;
  readonly stack: string;
  readonly logicalId: string;
  /** For example `AWS::EC2::Subnet`. */
  readonly type: string;
  /** What `Ref` gives: for example `subnet-0a1b…`, an ARN, or a name, as AWS forms it for the type. */
  readonly physicalId: string;
  /** What `Fn::GetAtt` gives, by attribute name, for example `Endpoint.Address`. */
  readonly attributes: JsonObject;
  /** Resolved: no intrinsic function is left, but `{{resolve:…}}` references to secrets are, unopened unless their value was given. */
  readonly properties: JsonObject;
  readonly metadata: JsonObject;
  readonly creationPolicy: JsonObject;
  readonly updatePolicy: JsonObject;
  readonly deletionPolicy: 'Delete' | 'Retain' | 'RetainExceptOnCreate' | 'Snapshot';
  /** Of what the template states: whether AWS keeps the data when the resource leaves its stack, and when another replaces it. */
  readonly keepsData?: { readonly deleted: boolean; readonly replaced: boolean };
  /** Both stated (`DependsOn`) and implied (`Ref`, `GetAtt`, `Sub`). */
  readonly dependsOn: readonly ResourceKey[];
  /** `Tags` by key, in either form a type writes them. */
  readonly tags: Readonly<Record<string, string>>;
  readonly place: Place;
}

/** A file or folder of the assembly that the template refers to by bucket and key. */
export interface Asset {
  /** Absolute path of a file or folder. */
  readonly path: string;
  readonly packaging: 'file' | 'zip';
  readonly bucket: string;
  readonly objectKey: string;
}

/**
 * What has been given out, kept between runs: a key that says for what (`address Stack/Subnet Stack/Group#0`)
 * to the value given. An entry stays valid as long as what it was given for still fits.
 */
export type Allocations = Readonly<Record<string, string>>;

/** The resource that a `Ref` of this physical id, or a key, names. */
export function findResource(inventory: Inventory, reference: string): Resource | undefined {
  const isMeant = ({ key, physicalId }: Resource) => key === reference || physicalId === reference;
  return inventory.resources.find(isMeant) ?? inventory.outside?.find(isMeant);
}

export function ofType(inventory: Inventory, ...types: readonly string[]): Resource[] {
  return everyResource(inventory).filter((resource) => types.includes(resource.type));
}

/** The templates' resources and those that stand without them. */
export function everyResource({ resources, outside = [] }: Inventory): readonly Resource[] {
  return outside.length === 0 ? resources : [...outside, ...resources];
}
