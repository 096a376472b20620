import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { argv } from 'node:process';
import { pathToFileURL } from 'node:url';
import { createContext, runInContext } from 'node:vm';
import type { CompactObject, CompactValue } from '../src/specification/constraints.ts';

/**
 * Writes the constraints of AWS's resource schemas (patterns, lengths, bounds, words) as one small file for each service, in the form that
 * `src/specification/constraints.ts` reads: `npm run constraints -w cloud -- FOLDER SOURCE DATE [OFFERS]`. FOLDER has one schema a file, as AWS's
 * archive of schemas has; OFFERS has a folder a type with words by engine or region, of which all are taken. Where two schemas of a type differ from region to region, the wider constraint is kept.
 *
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/resource-type-schemas.html
 */
interface Schema {
  readonly typeName?: string;
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly pattern?: string;
  readonly format?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: boolean;
  readonly enum?: readonly (string | number | boolean)[];
  readonly enumCaseInsensitive?: readonly string[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly definitions?: Readonly<Record<string, Schema>>;
  readonly requiredXor?: readonly string[] | readonly (readonly string[])[];
  readonly requiredOr?: readonly string[];
  readonly dependentRequired?: Readonly<Record<string, readonly string[]>>;
  readonly dependentExcluded?: Readonly<Record<string, readonly string[]>>;
  readonly readOnlyProperties?: readonly string[];
  readonly oneOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
}

const [from, source, date, offers] = argv.slice(2);
if (!from || !source || !/^\d{4}-\d\d-\d\d$/.test(date ?? ''))
  throw new Error('usage: constraints FOLDER SOURCE YYYY-MM-DD');

const trial = createContext({});
const tried = new Map<string, string | undefined>();
const hostile = ['a', 'A', '1', '-', 'a-', 'a.', '/', ' ', '_', 'a1'].flatMap((each) =>
  ['', 'arn:aws:s3:::', 'https://'].map((before) => `${before}${each.repeat(1000)}\u0000`),
);

const folder = new URL('data/constraints/', pathToFileURL(`${process.cwd()}/`));
const services = new Map<string, Record<string, Record<string, CompactObject>>>();
let dropped = 0;
for (const file of readdirSync(from)
  .filter((name) => name.endsWith('.json'))
  .sort()) {
  const schema = JSON.parse(readFileSync(join(from, file), 'utf8')) as Schema;
  if (!schema.typeName) continue;
  const service = schema.typeName.split('::').slice(0, 2).join('-');
  const types = services.get(service) ?? {};
  services.set(service, types);
  const compact = compactType(schema);
  takeAnyCase(schema.typeName, compact);
  takeDefaultVpc(schema.typeName, compact);
  takeGroupNames(schema.typeName, compact);
  const before = types[schema.typeName];
  types[schema.typeName] = before ? wider(before, compact) : compact;
}

if (offers) addOffers(offers);
if (offers) writeDatabaseOffers(join(offers, 'aws_rds_dbinstance'));
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const index: string[] = [];
for (const [service, types] of [...services].sort(([a], [b]) => (a < b ? -1 : 1))) {
  const kept = Object.entries(types)
    .filter(([, type]) => Object.keys(type).length > 0)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  if (kept.length === 0) continue;
  index.push(service);
  const lines = kept.map(([name, type]) => `${JSON.stringify(name)}:${JSON.stringify(type)}`);
  writeFileSync(new URL(`${service}.json`, folder), `{\n${lines.join(',\n')}\n}\n`);
}
writeFileSync(new URL('index.json', folder), `${JSON.stringify({ source, date, services: index })}\n`);
process.stdout.write(`${index.length} services; ${dropped} patterns left out\n`);

/** Words that depend on another property, such as the classes of an engine: a word that no other value takes either is none. */
function addOffers(offers: string): void {
  const types = [...services.values()].flatMap((each) => Object.entries(each));
  for (const name of readdirSync(offers)) {
    const found = types.find(([type]) => type.toLowerCase().replaceAll('::', '_') === name);
    if (!found) continue;
    for (const file of readdirSync(join(offers, name)).filter((each) => each.endsWith('_enum.json'))) {
      const own: CompactObject = found[1][''] ?? {};
      const words = new Map<string, Set<string>>();
      collectWords(JSON.parse(readFileSync(join(offers, name, file), 'utf8')), words);
      const properties = Object.fromEntries(
        [...words].map(([key, list]) => [key, { ...own.properties?.[key], words: [...list].sort() }]),
      );
      found[1][''] = { ...own, properties: { ...own.properties, ...properties } };
    }
  }
}

/** Versions and classes that RDS offers of each engine, in any region: `src/families/database/offers.ts` reads them. */
function writeDatabaseOffers(of: string): void {
  const versions = offersByEngine(join(of, 'engine_version.json'), 'EngineVersion');
  const classes = offersByEngine(join(of, 'dbinstanceclass_enum.json'), 'DBInstanceClass');
  const lines = Object.entries({ source, date, versions, classes }).map(
    ([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`,
  );
  writeFileSync(new URL('../offers/database.json', folder), `{\n${lines.join(',\n')}\n}\n`);
}

function offersByEngine(file: string, name: string): Record<string, string[]> {
  const found: Record<string, Set<string>> = {};
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(visit);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return;
    const { if: asked, then } = value as { if?: Schema; then?: Schema };
    const engine = (asked?.properties?.Engine as { const?: string } | undefined)?.const;
    if (engine !== undefined)
      found[engine] = new Set([...(found[engine] ?? []), ...(then?.properties?.[name]?.enum ?? []).map(String)]);
    else for (const each of Object.values(value)) visit(each);
  };
  visit(JSON.parse(readFileSync(file, 'utf8')));
  return Object.fromEntries(Object.entries(found).map(([engine, list]) => [engine, [...list].sort()]));
}

function collectWords(schema: unknown, words: Map<string, Set<string>>): void {
  if (Array.isArray(schema)) for (const each of schema) collectWords(each, words);
  if (typeof schema !== 'object' || schema === null || Array.isArray(schema)) return;
  for (const [key, value] of Object.entries(schema)) {
    if (key === 'properties')
      for (const [name, { enum: list }] of Object.entries(value as Record<string, Schema>))
        if (list) words.set(name, new Set([...(words.get(name) ?? []), ...list.map(String)]));
    if (key !== 'if' && key !== 'properties') collectWords(value, words);
  }
}

/**
 * Words that a service takes in any case though the schema lists one: `http` is in AWS's own examples.
 *
 * https://docs.aws.amazon.com/elasticloadbalancing/2012-06-01/APIReference/API_CreateLoadBalancer.html
 */
function takeAnyCase(type: string, compact: Record<string, CompactObject>): void {
  if (type !== 'AWS::ElasticLoadBalancing::LoadBalancer') return;
  const properties = compact.Listeners?.properties ?? {};
  for (const name of ['Protocol', 'InstanceProtocol'])
    if (properties[name]?.words)
      compact.Listeners = {
        ...compact.Listeners,
        properties: { ...compact.Listeners?.properties, [name]: { ...properties[name], anyCase: true } },
      };
}

/**
 * A group without a VPC stands in the default one and may state its egress; the schema knows EC2-Classic, which is no more.
 *
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-securitygroup.html
 */
function takeDefaultVpc(type: string, compact: Record<string, CompactObject>): void {
  if (type !== 'AWS::EC2::SecurityGroup') return;
  const { with: companions, ...rest } = compact[''] ?? {};
  const { SecurityGroupEgress: _, ...others } = companions ?? {};
  compact[''] = Object.keys(others).length > 0 ? { ...rest, with: others } : rest;
}

/**
 * `SecurityGroups` of a launch template are names; `SecurityGroupIds` are identifiers.
 *
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-ec2-launchtemplate-launchtemplatedata.html
 */
function takeGroupNames(type: string, compact: Record<string, CompactObject>): void {
  const data = compact.LaunchTemplateData;
  if (type !== 'AWS::EC2::LaunchTemplate' || !data?.properties?.SecurityGroups) return;
  const SecurityGroups: CompactValue = { of: { id: 'SecurityGroup.Name' } };
  compact.LaunchTemplateData = { ...data, properties: { ...data.properties, SecurityGroups } };
}

/** The type itself is `''`; definitions without a constraint are left out. */
function compactType(schema: Schema): Record<string, CompactObject> {
  const definitions = schema.definitions ?? {};
  const all: Record<string, CompactObject> = { '': compactObject(schema, definitions) };
  for (const [name, definition] of Object.entries(definitions))
    if (definition.properties) all[name] = compactObject(definition, definitions);
  for (let changed = true; changed; ) {
    changed = false;
    for (const [name, { properties, ...together }] of Object.entries(all)) {
      const kept = Object.entries(properties ?? {}).flatMap(([key, value]) => {
        const rest = withoutEmpty(value, all);
        return rest ? [[key, rest] as const] : [];
      });
      if (kept.length === 0 && Object.keys(together).length === 0) {
        delete all[name];
        changed = true;
      } else all[name] = { ...together, ...(kept.length > 0 ? { properties: Object.fromEntries(kept) } : {}) };
    }
  }
  return all;
}

function withoutEmpty(value: CompactValue, all: Record<string, CompactObject>): CompactValue | undefined {
  const { in: named, of, ...rest } = value;
  const element = of ? withoutEmpty(of, all) : undefined;
  const result = {
    ...rest,
    ...(named !== undefined && all[named] ? { in: named } : {}),
    ...(element ? { of: element } : {}),
  };
  return Object.keys(result).length > 0 ? result : undefined;
}

function compactObject(schema: Schema, definitions: Readonly<Record<string, Schema>>): CompactObject {
  const readOnly = new Set(schema.readOnlyProperties?.map((path) => path.replace('/properties/', '')));
  const one = schema.requiredXor ?? [];
  const sets = (one.every((each) => typeof each === 'string') ? [one] : one) as readonly (readonly string[])[];
  return {
    properties: Object.fromEntries(
      Object.entries(schema.properties ?? {})
        .filter(([key]) => !readOnly.has(key))
        .map(([key, value]) => [key, compactValue(value, definitions)]),
    ),
    ...(one.length > 0 ? { one: sets } : {}),
    ...(schema.requiredOr ? { any: schema.requiredOr } : {}),
    ...(schema.dependentRequired ? { with: schema.dependentRequired } : {}),
    ...(schema.dependentExcluded ? { without: schema.dependentExcluded } : {}),
  };
}

function compactValue(schema: Schema, definitions: Readonly<Record<string, Schema>>): CompactValue {
  if (schema.$ref) {
    const name = schema.$ref.replace('#/definitions/', '');
    const definition = definitions[name];
    if (!definition || schema.$ref === name) return {};
    return definition.properties ? { in: name } : compactValue(definition, definitions);
  }
  const types = [schema.type ?? []].flat();
  const id = schema.format?.startsWith('AWS::EC2::') ? schema.format.slice('AWS::EC2::'.length) : undefined;
  const of = schema.items && !Array.isArray(schema.items) ? compactValue(schema.items, definitions) : undefined;
  const pattern = schema.pattern === undefined ? undefined : patternOf(schema.pattern);
  const words = (schema.enum ?? schema.enumCaseInsensitive)?.filter((each) => typeof each !== 'boolean').map(String);
  return {
    ...(pattern === undefined ? {} : { pattern }),
    ...bounds('length', schema.minLength, schema.maxLength),
    ...bounds('range', schema.minimum, schema.maximum),
    ...bounds('items', schema.minItems, schema.maxItems),
    ...(schema.uniqueItems && types.includes('array') ? { unique: true as const } : {}),
    ...(words?.length ? { words } : {}),
    ...(words?.length && schema.enumCaseInsensitive ? { anyCase: true as const } : {}),
    ...(id !== undefined && !types.includes('array') ? { id } : {}),
    ...(of ? { of: id !== undefined && types.includes('array') ? { ...of, id: id.replace(/s$/, '') } : of } : {}),
  };
}

function bounds(name: 'length' | 'range' | 'items', least: number | undefined, most: number | undefined) {
  if (least === undefined && most === undefined) return {};
  if ((least ?? 0) === 0 && most === undefined && name !== 'range') return {};
  return { [name]: [least ?? null, most ?? null] as const };
}

/**
 * The schemas are ECMAScript's by their own standard; a few are not, some match everything, and some take too long for a hostile text:
 * those are left out.
 */
function patternOf(stated: string): string | undefined {
  if (!tried.has(stated)) tried.set(stated, usable(stated));
  return tried.get(stated);
}

function usable(stated: string): string | undefined {
  const pattern = stated.replace(/\\[Zz]$/, '$').replace(/^\\A/, '^');
  if (/^\^?\(?\.\*\)?\$?$/.test(pattern)) return undefined;
  const compiled = compile(pattern, 'u') ?? (/\\[AZzGhHRXQEpP]/.test(pattern) ? undefined : compile(pattern, ''));
  if (compiled && !hostile.some((text) => takesLong(compiled, text))) return pattern;
  dropped++;
  return undefined;
}

function compile(pattern: string, flags: string): RegExp | undefined {
  try {
    return new RegExp(pattern, flags);
  } catch {
    return undefined;
  }
}

/** A pattern that backtracks without end is stopped by the clock of its context. */
function takesLong(pattern: RegExp, text: string): boolean {
  try {
    runInContext('pattern.test(text)', Object.assign(trial, { pattern, text }), { timeout: 500 });
    return false;
  } catch {
    return true;
  }
}

/** A constraint that two regions state alike is kept, words of both are. */
function wider<T>(one: T, other: T): T {
  if (JSON.stringify(one) === JSON.stringify(other)) return one;
  const result: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(one as Record<string, unknown>)) {
    const beside = (other as Record<string, unknown>)[key];
    if (beside === undefined) {
      if (['in', 'properties', 'of'].includes(key) || /^[A-Z]/.test(key)) result[key] = value;
    } else if (key === 'words') result[key] = [...new Set([...(value as string[]), ...(beside as string[])])].sort();
    else if (JSON.stringify(value) === JSON.stringify(beside)) result[key] = value;
    else if (typeof value === 'object' && !Array.isArray(value)) result[key] = wider(value, beside);
  }
  for (const [key, value] of Object.entries(other as Record<string, unknown>))
    if (!(key in (one as object)) && (['in', 'properties', 'of'].includes(key) || /^[A-Z]/.test(key)))
      result[key] = value;
  return result as T;
}
