import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { isObject, type Json, type JsonObject } from '../json.ts';

/** A context value that an app asked for and did not have; the manifest lists it, and the app went on with a dummy value. */
export interface MissingContext {
  /** What the value is called in `cdk.context.json`. */
  readonly key: string;
  /** For example `vpc-provider`: https://docs.aws.amazon.com/cdk/v2/guide/context.html */
  readonly provider: string;
  readonly props: JsonObject;
}

/** Reads what the manifest of an assembly says is missing, stages in it included; nothing where there is no readable manifest. */
export async function readMissing(directory: string): Promise<MissingContext[]> {
  const manifest = await readFile(path.join(directory, 'manifest.json'), 'utf8').then(parsed, () => undefined);
  if (!isObject(manifest)) return [];
  const own = Array.isArray(manifest.missing) ? manifest.missing.flatMap(missingIn) : [];
  const artifacts = isObject(manifest.artifacts) ? Object.values(manifest.artifacts) : [];
  const stages = artifacts.flatMap((each) =>
    isObject(each) && each.type === 'cdk:cloud-assembly' && isObject(each.properties)
      ? [String(each.properties.directoryName)]
      : [],
  );
  const within = await Promise.all(stages.map((each) => readMissing(path.join(directory, each))));
  return [...new Map([...own, ...within.flat()].map((each) => [each.key, each])).values()];
}

function missingIn(value: Json): MissingContext[] {
  if (!isObject(value) || typeof value.key !== 'string') return [];
  return [{ key: value.key, provider: String(value.provider), props: isObject(value.props) ? value.props : {} }];
}

/** What the loader says of a manifest that is no JSON comes from the loader. */
function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
