import { readFileSync } from 'node:fs';

/**
 * What AWS's resource schemas demand of values, besides their types: CloudFormation refuses a resource that breaks them before it calls the
 * service. Read from `cloud/data/constraints`, one file for each service, when a type of that service is first asked for; `index.json` there
 * says where they are from and of which day.
 *
 * https://docs.aws.amazon.com/cloudformation-cli/latest/userguide/resource-type-schema.html
 */
export interface CompactObject {
  readonly properties?: Readonly<Record<string, CompactValue>>;
  /** Exactly one of each set. */
  readonly one?: readonly (readonly string[])[];
  /** At least one. */
  readonly any?: readonly string[];
  /** Whoever states the first states the others. */
  readonly with?: Readonly<Record<string, readonly string[]>>;
  /** Whoever states the first states none of the others. */
  readonly without?: Readonly<Record<string, readonly string[]>>;
}

export interface CompactValue {
  readonly pattern?: string;
  readonly length?: Bounds;
  readonly range?: Bounds;
  readonly items?: Bounds;
  readonly unique?: true;
  readonly words?: readonly string[];
  readonly anyCase?: true;
  /** The identifier of an EC2 resource, such as `VPC.Id`. */
  readonly id?: string;
  /** Of a list's elements. */
  readonly of?: CompactValue;
  /** The definition whose object this is. */
  readonly in?: string;
}

/** The least and the most; `null` where there is none. */
export type Bounds = readonly [number | null, number | null];

/** The definitions of a type by name, its own as `''`. */
export type Constraints = Readonly<Record<string, CompactObject>>;

const folder = new URL('../../data/constraints/', import.meta.url);
const services = new Map<string, Readonly<Record<string, Constraints>>>();
let index: Index | undefined;

interface Index {
  readonly source: string;
  readonly date: string;
  readonly services: readonly string[];
}

/** Where the constraints are from, and of which day. */
export function constraintsIndex(): Index {
  index ??= read<Index>('index');
  return index;
}

/** `undefined` for a type without constraints. */
export function constraintsOf(type: string): Constraints | undefined {
  const service = type.split('::').slice(0, 2).join('-');
  let types = services.get(service);
  if (!types) {
    types = constraintsIndex().services.includes(service) ? read<Readonly<Record<string, Constraints>>>(service) : {};
    services.set(service, types);
  }
  return Object.hasOwn(types, type) ? types[type] : undefined;
}

function read<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8')) as T;
}
