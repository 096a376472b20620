import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { partitionOf } from '../allocate/zones.ts';
import type { Asset } from '../inventory.ts';
import { isObject, type Json, type JsonObject } from '../json.ts';
import { failure, type Mistake, mistake, type Result, success } from '../mistake.ts';
import { readJson } from '../template/read-json.ts';
import { words } from '../words.ts';

/** What CDK wrote into a folder: stacks with their environments, and the assets they refer to. */
interface Assembly {
  readonly stacks: readonly AssemblyStack[];
  readonly assets: readonly Asset[];
}

interface AssemblyStack {
  readonly name: string;
  /** Absolute path of the template. */
  readonly file: string;
  readonly dependsOn: readonly string[];
  readonly region?: string;
  readonly account?: string;
  readonly parameters?: Readonly<Record<string, string>>;
}

/** Reads `manifest.json` of a synthesized CDK app, stages in it included. */
export async function readAssembly(
  directory: string,
  otherwise: { readonly account: string; readonly region: string },
): Promise<Result<Assembly>> {
  const mistakes: Mistake[] = [];
  const stacks: AssemblyStack[] = [];
  const assets: Asset[] = [];
  await readFolder(path.resolve(directory), stacks, assets, mistakes, otherwise);
  return mistakes.length > 0 ? failure(mistakes) : success({ stacks, assets });
}

async function readFolder(
  folder: string,
  stacks: AssemblyStack[],
  assets: Asset[],
  mistakes: Mistake[],
  otherwise: { readonly account: string; readonly region: string },
): Promise<void> {
  const manifest = await readObject(path.join(folder, 'manifest.json'), mistakes);
  if (!manifest) return;
  const artifacts = Object.entries(objectAt(manifest, 'artifacts'));
  const names = new Map(
    artifacts
      .filter(([, each]) => typeOf(each) === 'aws:cloudformation:stack')
      .map(([id, each]) => [id, stackNameOf(id, each)]),
  );
  const environments = new Map<string, { account?: string; region?: string }>();
  for (const [id, artifact] of artifacts) {
    if (!isObject(artifact)) continue;
    const properties = objectAt(artifact, 'properties');
    switch (artifact.type) {
      case 'aws:cloudformation:stack': {
        const environment = environmentOf(artifact.environment);
        const dependencies = Array.isArray(artifact.dependencies) ? artifact.dependencies.map(String) : [];
        for (const each of dependencies) environments.set(each, environment);
        stacks.push({
          name: stackNameOf(id, artifact),
          file: path.join(folder, String(properties.templateFile)),
          dependsOn: dependencies.flatMap((each) => names.get(each) ?? []),
          ...environment,
          parameters: Object.fromEntries(
            Object.entries(objectAt(properties, 'parameters')).map(([name, value]) => [name, String(value)]),
          ),
        });
        break;
      }
      case 'cdk:cloud-assembly':
        await readFolder(path.join(folder, String(properties.directoryName)), stacks, assets, mistakes, otherwise);
        break;
    }
  }
  for (const [id, artifact] of artifacts) {
    if (typeOf(artifact) !== 'cdk:asset-manifest') continue;
    const file = path.join(folder, String(objectAt(artifact as JsonObject, 'properties').file));
    const listed = await readObject(file, mistakes);
    if (listed) assets.push(...assetsOf(listed, folder, { ...otherwise, ...environments.get(id) }));
  }
}

/** Bucket names may hold `${AWS::AccountId}` and its kind, which the environment settles. */
function assetsOf(listed: JsonObject, folder: string, environment: { account: string; region: string }): Asset[] {
  return Object.values(objectAt(listed, 'files')).flatMap((file) => {
    if (!isObject(file) || !isObject(file.source) || typeof file.source.path !== 'string') return [];
    const { path: source, packaging } = file.source;
    return Object.values(objectAt(file, 'destinations')).flatMap((destination): Asset[] => {
      if (!isObject(destination)) return [];
      return [
        {
          path: path.resolve(folder, source),
          packaging: packaging === 'zip' ? 'zip' : 'file',
          bucket: settle(String(destination.bucketName), environment),
          objectKey: settle(String(destination.objectKey), environment),
        },
      ];
    });
  });
}

function settle(text: string, { account, region }: { account: string; region: string }): string {
  const values = new Map([
    ['AccountId', account],
    ['Region', region],
    ['Partition', partitionOf(region)],
  ]);
  return text.replace(/\$\{AWS::(\w+)\}/g, (whole, name: string) => values.get(name) ?? whole);
}

/** `aws://000000000000/ap-northeast-2`, with `unknown-account` and `unknown-region` where the app leaves it open. */
function environmentOf(environment: Json | undefined): { account?: string; region?: string } {
  const match = /^aws:\/\/([^/]+)\/([^/]+)$/.exec(String(environment));
  if (!match) return {};
  const [, account, region] = match as unknown as [string, string, string];
  return {
    ...(account === 'unknown-account' ? {} : { account }),
    ...(region === 'unknown-region' ? {} : { region }),
  };
}

function stackNameOf(id: string, artifact: Json): string {
  const properties = isObject(artifact) ? objectAt(artifact, 'properties') : {};
  return typeof properties.stackName === 'string' ? properties.stackName : id;
}

function typeOf(artifact: Json): Json | undefined {
  return isObject(artifact) ? artifact.type : undefined;
}

function objectAt(object: JsonObject, key: string): JsonObject {
  const value = Object.hasOwn(object, key) ? object[key] : undefined;
  return isObject(value) ? value : {};
}

async function readObject(file: string, mistakes: Mistake[]): Promise<JsonObject | undefined> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    mistakes.push(notAnAssembly(file));
    return undefined;
  }
  const value = readJson({ file, text }, mistakes);
  if (isObject(value)) return value;
  if (value !== undefined) mistakes.push(notAnAssembly(file));
  return undefined;
}

function notAnAssembly(file: string): Mistake {
  return mistake(
    'NOT_AN_ASSEMBLY',
    { file },
    {
      cause: words(
        'This file of a synthesized CDK app is missing or cannot be read.',
        '합성된 CDK 앱의 이 파일이 없거나 읽을 수 없습니다.',
      ),
      next: words('Synthesize the app again (npx cdk synth).', '앱을 다시 합성하세요(npx cdk synth).'),
    },
  );
}
