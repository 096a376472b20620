import { isDeepStrictEqual } from 'node:util';
import type { Resource } from '../inventory.ts';
import { isObject, type Json, type JsonObject } from '../json.ts';
import { object, text, texts } from '../property.ts';
import { words } from '../words.ts';
import { type Answer, homeOf, type Known, known, matching, standIn } from './lookup.ts';

/**
 * The generic provider, by the Cloud Control API: a resource by its identifier, or those with certain properties.
 *
 * https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.cloud_assembly_schema.CcApiContextQuery.html
 */
export function answerResource(props: JsonObject, from: Known): Answer {
  const type = text(props, 'typeName') ?? '';
  const identifier = text(props, 'exactIdentifier');
  const wanted = object(props, 'propertyMatch');
  const found = matching(from, homeOf(props), [type], (each) =>
    identifier === undefined
      ? Object.entries(wanted).every(([path, value]) => isDeepStrictEqual(valueAt(each, path), value))
      : each.physicalId === identifier,
  );
  const name = `${type} ${identifier ?? JSON.stringify(wanted)}`;
  const count = text(props, 'expectedMatchCount') ?? 'any';
  if (found.length > 1 && ['exactly-one', 'at-most-one'].includes(count))
    return {
      kind: 'none',
      why: words(`${found.length} of ${name} match.`, `${name}에 맞는 것이 ${found.length}개입니다.`),
    };
  const paths = texts(props, 'propertiesToReturn');
  const value = found.map(
    ({ resource }): Json => ({
      Identifier: resource.physicalId,
      ...Object.fromEntries(
        paths.flatMap((path) => {
          const at = valueAt(resource, path);
          return at === undefined ? [] : [[path, at]];
        }),
      ),
    }),
  );
  if (value.length > 0) return known(value);
  // As many as there are in AWS's account, none among them, is an answer only AWS has.
  if (props.dummyValue !== undefined) return standIn(props.dummyValue, words(name, name));
  return identifier === undefined && ['any', 'at-most-one'].includes(count)
    ? standIn([], words(name, name))
    : { kind: 'none', why: words(`Nothing here is ${name}.`, `${name}에 해당하는 것이 없습니다.`) };
}

/** A property by its path with full stops, or an attribute. */
function valueAt({ properties, attributes }: Resource, path: string): Json | undefined {
  if (Object.hasOwn(attributes, path)) return attributes[path];
  return path
    .split('.')
    .reduce<Json | undefined>(
      (value, key) => (isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined),
      properties,
    );
}
