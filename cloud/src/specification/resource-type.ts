import { readFileSync } from 'node:fs';

/**
 * AWS's own specification of a resource type: what its properties may be, which of them replace the resource, what `Fn::GetAtt` gives.
 * Read from `cloud/data/specification`, one file for each service, when a type of that service is first asked for.
 *
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-template-resource-type-ref.html
 */
export interface ResourceType {
  readonly name: string;
  /** Attributes or properties that `Ref` gives, joined by `|` where there are several. */
  readonly identifier: readonly string[];
  readonly arnTemplate: string | undefined;
  /** The property that holds the tags, where the type has any. */
  readonly tags: string | undefined;
  /** Paths of properties that replace the resource besides those that say so themselves. */
  readonly replacing: readonly (readonly string[])[];
  readonly properties: PropertyTypes;
  readonly attributes: ReadonlyMap<string, ValueType>;
  /** Types that properties refer to by name. */
  type(name: string): PropertyTypes;
}

export type PropertyTypes = ReadonlyMap<string, PropertyType>;

export interface PropertyType {
  readonly required: boolean;
  readonly replacement: 'yes' | 'maybe' | 'no';
  readonly deprecated: boolean;
  readonly value: ValueType;
}

export type ValueType =
  | { readonly kind: 'text' | 'integer' | 'number' | 'truth' | 'json' | 'date' | 'tag' }
  | { readonly kind: 'list' | 'map'; readonly element: ValueType }
  | { readonly kind: 'object'; readonly name: string }
  | { readonly kind: 'either'; readonly alternatives: readonly ValueType[] };

interface CompactResource {
  readonly id: readonly string[];
  readonly arn?: string;
  readonly tags?: string;
  readonly replacing?: readonly (readonly string[])[];
  readonly properties: Readonly<Record<string, string>>;
  readonly attributes: Readonly<Record<string, string>>;
  readonly types: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

const folder = new URL('../../data/specification/', import.meta.url);
const services = new Map<string, Readonly<Record<string, CompactResource>>>();
const types = new Map<string, ResourceType>();
let index: Readonly<Record<string, readonly string[]>> | undefined;

/** `undefined` for a type that AWS does not have. */
export function resourceType(name: string): ResourceType | undefined {
  const known = types.get(name);
  if (known) return known;
  const compact = compactResource(name);
  if (!compact) return undefined;
  const type = expand(name, compact);
  types.set(name, type);
  return type;
}

/** Every type that AWS has, in alphabetical order. */
export function allResourceTypes(): string[] {
  return Object.entries(serviceIndex()).flatMap(([service, names]) =>
    names.map((name) => `${service.replace('-', '::')}::${name}`),
  );
}

function serviceIndex(): Readonly<Record<string, readonly string[]>> {
  const read = index ?? readData<Readonly<Record<string, readonly string[]>>>('index');
  index = read;
  return read;
}

function compactResource(name: string): CompactResource | undefined {
  const service = name.split('::').slice(0, 2).join('-');
  if (!Object.hasOwn(serviceIndex(), service)) return undefined;
  let contents = services.get(service);
  if (!contents) {
    contents = readData<Readonly<Record<string, CompactResource>>>(service);
    services.set(service, contents);
  }
  return Object.hasOwn(contents, name) ? contents[name] : undefined;
}

function readData<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8')) as T;
}

function expand(name: string, compact: CompactResource): ResourceType {
  const named = new Map<string, PropertyTypes>();
  return {
    name,
    identifier: compact.id,
    arnTemplate: compact.arn,
    tags: compact.tags,
    replacing: compact.replacing ?? [],
    properties: expandProperties(compact.properties),
    attributes: new Map(Object.entries(compact.attributes).map(([key, text]) => [key, parseType(text)])),
    type(typeName) {
      const known = named.get(typeName);
      if (known) return known;
      const definition = compact.types[typeName];
      if (!definition) throw new Error(`${name} has no type ${typeName} in its specification`);
      const expanded = expandProperties(definition);
      named.set(typeName, expanded);
      return expanded;
    },
  };
}

function expandProperties(compact: Readonly<Record<string, string>>): PropertyTypes {
  return new Map(
    Object.entries(compact).map(([key, text]): [string, PropertyType] => {
      const colon = text.indexOf(':');
      const flags = text.slice(0, colon);
      return [
        key,
        {
          required: flags.includes('r'),
          replacement: flags.includes('y') ? 'yes' : flags.includes('m') ? 'maybe' : 'no',
          deprecated: flags.includes('x'),
          value: parseType(text.slice(colon + 1)),
        },
      ];
    }),
  );
}

const simpleTypes: Readonly<Record<string, ValueType>> = {
  s: { kind: 'text' },
  i: { kind: 'integer' },
  n: { kind: 'number' },
  b: { kind: 'truth' },
  j: { kind: 'json' },
  d: { kind: 'date' },
  t: { kind: 'tag' },
};

const parsed = new Map<string, ValueType>();

/** The forms are described in `cloud/scripts/specification.ts`. */
function parseType(text: string): ValueType {
  const known = parsed.get(text);
  if (known) return known;
  const type = parse(text);
  parsed.set(text, type);
  return type;
}

function parse(text: string): ValueType {
  const alternatives = splitAlternatives(text);
  if (alternatives.length > 1) return { kind: 'either', alternatives: alternatives.map(parseType) };
  if (text.startsWith('(')) return parseType(text.slice(1, -1));
  if (text.startsWith('[')) return { kind: 'list', element: parseType(text.slice(1)) };
  if (text.startsWith('{')) return { kind: 'map', element: parseType(text.slice(1)) };
  if (text.startsWith('#')) return { kind: 'object', name: text.slice(1) };
  return simpleTypes[text] ?? unreadable(text);
}

function splitAlternatives(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '(') depth++;
    else if (text[at] === ')') depth--;
    else if (text[at] === '|' && depth === 0) {
      parts.push(text.slice(from, at));
      from = at + 1;
    }
  }
  parts.push(text.slice(from));
  return parts;
}

function unreadable(text: string): never {
  throw new Error(`the specification holds a type that is not understood: ${text}`);
}
