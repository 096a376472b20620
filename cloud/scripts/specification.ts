import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';
import type { Property, PropertyType, Resource, SpecDatabase, TypeDefinition } from '@aws-cdk/service-spec-types';

/**
 * Writes AWS's own specification of every resource type as one small file for each service, in the form that
 * `src/specification/resource-type.ts` reads: `npm run specification -w cloud`. What is written is checked in, so that loading a template
 * costs a few milliseconds and not the half second that the whole database takes.
 */
const folder = new URL('data/specification/', pathToFileURL(`${process.cwd()}/`));
const database = loadAwsServiceSpecSync();

rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const services = new Map<string, Record<string, unknown>>();
for (const resource of [...database.all('resource')].sort((a, b) =>
  a.cloudFormationType < b.cloudFormationType ? -1 : 1,
)) {
  const service = resource.cloudFormationType.split('::').slice(0, 2).join('-');
  const types = services.get(service) ?? {};
  services.set(service, types);
  types[resource.cloudFormationType] = compactResource(database, resource);
}
const index: Record<string, string[]> = {};
for (const [service, types] of services) {
  writeFileSync(new URL(`${service}.json`, folder), lines(types));
  index[service] = Object.keys(types).map((type) => type.split('::').slice(2).join('::'));
}
writeFileSync(new URL('index.json', folder), lines(index));
process.stdout.write(`${readdirSync(folder).length} files\n`);

/** One type a line, so that a new version of the specification reads as a change of lines. */
function lines(object: Record<string, unknown>): string {
  const members = Object.entries(object).map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`);
  return `{\n${members.join(',\n')}\n}\n`;
}

function compactResource(db: SpecDatabase, resource: Resource) {
  const definitions = new Map(db.follow('usesType', resource).map(({ entity }) => [entity.$id, entity]));
  const names = namesOf([...definitions.values()]);
  const name = (id: string) =>
    names.get(id) ?? failed(`${resource.cloudFormationType} refers to an unknown type ${id}`);
  const properties = (from: Record<string, Property>) =>
    Object.fromEntries(
      Object.keys(from)
        .sort()
        .map((key) => [key, compactProperty(from[key] as Property, name)]),
    );
  return {
    id: resource.cfnRefIdentifier ?? resource.primaryIdentifier ?? [],
    ...(resource.arnTemplate ? { arn: resource.arnTemplate } : {}),
    ...(resource.tagInformation ? { tags: resource.tagInformation.tagPropertyName } : {}),
    ...(resource.additionalReplacementProperties ? { replacing: resource.additionalReplacementProperties } : {}),
    properties: properties(resource.properties),
    attributes: Object.fromEntries(
      Object.keys(resource.attributes)
        .sort()
        .map((key) => [key, compactType(resource.attributes[key]!.type, name)]),
    ),
    types: Object.fromEntries(
      [...definitions.values()]
        .map((each) => [name(each.$id), properties(each.properties)] as const)
        .sort(([a], [b]) => (a < b ? -1 : 1)),
    ),
  };
}

/** Names of definitions; two of one name are told apart by a number. */
function namesOf(definitions: readonly TypeDefinition[]): Map<string, string> {
  const names = new Map<string, string>();
  const taken = new Set<string>();
  for (const { $id, name } of definitions) {
    let unique = name;
    for (let number = 2; taken.has(unique); number++) unique = `${name}~${number}`;
    taken.add(unique);
    names.set($id, unique);
  }
  return names;
}

/** Flags (r required, y replaces, m may replace, x out of use), a colon, and the types it may have. */
function compactProperty(property: Property, name: (id: string) => string): string {
  const flags = [
    property.required ? 'r' : '',
    property.causesReplacement === 'yes' ? 'y' : property.causesReplacement === 'maybe' ? 'm' : '',
    property.deprecated === 'WARN' ? 'x' : '',
  ].join('');
  const types = [property.type, ...(property.previousTypes ?? [])].map((type) => compactType(type, name));
  return `${flags}:${[...new Set(types)].join('|')}`;
}

/** s, i, n, b text, integer, number, truth; j any JSON; d date; t tag; [T list; {T map; #Name a type of its own; T|T either. */
function compactType(type: PropertyType, name: (id: string) => string): string {
  switch (type.type) {
    case 'string':
      return 's';
    case 'integer':
      return 'i';
    case 'number':
      return 'n';
    case 'boolean':
      return 'b';
    case 'json':
      return 'j';
    case 'date-time':
      return 'd';
    case 'tag':
      return 't';
    case 'null':
      return 'j';
    case 'array':
      return `[${grouped(compactType(type.element, name))}`;
    case 'map':
      return `{${grouped(compactType(type.element, name))}`;
    case 'ref':
      return `#${name(type.reference.$ref)}`;
    case 'union':
      return type.types.map((each) => compactType(each, name)).join('|');
  }
}

function grouped(type: string): string {
  return type.includes('|') ? `(${type})` : type;
}

function failed(reason: string): never {
  throw new Error(reason);
}
