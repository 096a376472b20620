import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import type { Allocations, Asset, Inventory } from '../inventory.ts';
import type { Json } from '../json.ts';
import { failure, type Mistake, mistake, type Result, success } from '../mistake.ts';
import { assumedStanding } from '../outside/assumed.ts';
import type { Standing } from '../outside/standing.ts';
import { maximumFileSize } from '../template/limits.ts';
import { readTemplate, tooLarge } from '../template/template.ts';
import { words } from '../words.ts';
import { buildInventory } from './build.ts';
import { readAssembly } from './manifest.ts';
import type { StackSource } from './stack-source.ts';

export interface LoadOptions {
  /** For what the template or assembly does not say itself; `ap-northeast-2` and `000000000000` unless given. */
  readonly region?: string;
  readonly account?: string;
  /**
   * Values of parameters by name, for every stack that has one of that name; `Stack:Name` for one stack's, `ssm:/path` for
   * a parameter of Systems Manager.
   */
  readonly parameters?: Readonly<Record<string, string>>;
  /** What an earlier load gave out. */
  readonly allocations?: Allocations;
  /** What stands: a resource of it that AWS would replace is given another identifier and other addresses. */
  readonly present?: Inventory;
  /** What images are called that no template names, by id. */
  readonly imageNames?: Readonly<Record<string, readonly string[]>>;
  /** What stands in accounts without the templates: `readStanding` of the project's file. */
  readonly standing?: readonly Standing[];
  /** Lets a usual VPC stand in for each that the templates name and nobody describes. */
  readonly assume?: boolean;
  /** Gives the inventory as far as it goes: before an app has the answers to its lookups, dummy values are in its templates. */
  readonly despiteMistakes?: boolean;
  /** Messages name files as seen from here; the working directory unless given. */
  readonly directory?: string;
}

export const defaultRegion = 'ap-northeast-2';
export const defaultAccount = '000000000000';

/** Loads templates, one stack each, named after their files and ordered by what they export and import. */
export async function loadTemplates(files: readonly string[], options: LoadOptions = {}): Promise<Result<Inventory>> {
  const mistakes: Mistake[] = [];
  const sources: StackSource[] = [];
  for (const file of files) {
    const text = await readTemplateFile(file, options, mistakes);
    if (text === undefined) continue;
    const template = readTemplate(shownName(file, options), text, mistakes);
    if (template) sources.push({ name: stackName(file, sources), template, file: path.resolve(file), dependsOn: [] });
  }
  return mistakes.length > 0 ? failure(mistakes) : build(sources, [], options);
}

/** Loads what CDK synthesized: the folder with `manifest.json`. */
export async function loadAssembly(directory: string, options: LoadOptions = {}): Promise<Result<Inventory>> {
  const assembly = await readAssembly(directory, {
    account: options.account ?? defaultAccount,
    region: options.region ?? defaultRegion,
  });
  if (!assembly.ok) return assembly;
  const mistakes: Mistake[] = [];
  const sources: StackSource[] = [];
  for (const { file, ...stack } of assembly.value.stacks) {
    const text = await readTemplateFile(file, options, mistakes);
    if (text === undefined) continue;
    const template = readTemplate(shownName(file, options), text, mistakes);
    if (template) sources.push({ ...stack, template, file });
  }
  for (const asset of assembly.value.assets) {
    if (!(await isThere(asset.path))) mistakes.push(missingAsset(asset));
  }
  return mistakes.length > 0 ? failure(mistakes) : build(sources, assembly.value.assets, options);
}

/** Builds the inventory of templates that are already text, for example in tests: `{ 'network.yaml': '…' }`. */
export async function loadTexts(
  texts: Readonly<Record<string, string>>,
  options: LoadOptions = {},
): Promise<Result<Inventory>> {
  const mistakes: Mistake[] = [];
  const sources: StackSource[] = [];
  for (const [file, text] of Object.entries(texts)) {
    const template = readTemplate(file, text, mistakes);
    if (template) sources.push({ name: stackName(file, sources), template, file: path.resolve(file), dependsOn: [] });
  }
  return mistakes.length > 0 ? failure(mistakes) : build(sources, [], options);
}

async function build(
  sources: readonly StackSource[],
  assets: readonly Asset[],
  options: LoadOptions,
): Promise<Result<Inventory>> {
  const how = {
    region: mostCommon(sources.map((source) => source.region)) ?? options.region ?? defaultRegion,
    account: mostCommon(sources.map((source) => source.account)) ?? options.account ?? defaultAccount,
    parameters: new Map<string, Json>(Object.entries(options.parameters ?? {})),
    allocations: options.allocations ?? {},
    assets,
    imageNames: options.imageNames ?? {},
    present: new Map(options.present?.resources.map((each) => [each.key, each])),
  };
  const standing = options.standing ?? [];
  const stated = buildInventory(sources, { ...how, standing });
  const assumed = options.assume ? assumedStanding(stated.inventory) : [];
  const built =
    assumed.length === 0 ? stated : buildInventory(sources, { ...how, standing: [...standing, ...assumed] });
  const isWrong = built.mistakes.length > 0 && options.despiteMistakes !== true;
  return isWrong ? failure(built.mistakes) : success(built.inventory, built.warnings);
}

/** What most of them say, the first of those that are equally many; `undefined` if none says anything. */
function mostCommon(values: readonly (string | undefined)[]): string | undefined {
  const stated = values.filter((each) => each !== undefined);
  const count = (value: string) => stated.filter((each) => each === value).length;
  return stated.reduce<string | undefined>(
    (best, each) => (best === undefined || count(each) > count(best) ? each : best),
    undefined,
  );
}

async function isThere(file: string): Promise<boolean> {
  try {
    await stat(file);
    return true;
  } catch {
    return false;
  }
}

function missingAsset(asset: Asset): Mistake {
  return mistake(
    'MISSING_ASSET',
    { file: asset.path },
    {
      cause: words(
        `The assembly names this file or folder as an asset (${asset.bucket}/${asset.objectKey}), and it is not there.`,
        `어셈블리가 이 파일이나 폴더를 에셋(${asset.bucket}/${asset.objectKey})으로 지정했지만 존재하지 않습니다.`,
      ),
      next: words('Synthesize the app again (npx cdk synth).', '앱을 다시 합성하세요(npx cdk synth).'),
    },
  );
}

async function readTemplateFile(file: string, options: LoadOptions, mistakes: Mistake[]): Promise<string | undefined> {
  try {
    // A pipe or a device does not say how long it is, and may be endless.
    const bytes = await buffer(createReadStream(file, { end: maximumFileSize }));
    if (bytes.length <= maximumFileSize) return bytes.toString('utf8');
    mistakes.push(tooLarge(shownName(file, options)));
    return undefined;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === undefined) throw error;
    mistakes.push(mistake('UNREADABLE_FILE', { file: shownName(file, options) }, unreadable(code)));
    return undefined;
  }
}

function unreadable(code: string): Pick<Mistake, 'cause' | 'next'> {
  return code === 'EISDIR'
    ? {
        cause: words('This is a folder, and a template is a file.', '폴더입니다. 템플릿은 파일이어야 합니다.'),
        next: words(
          'Name the file in it; the folder of a synthesized CDK app goes to --app.',
          '폴더 안의 파일을 지정하세요. 합성된 CDK 앱의 폴더는 --app에 씁니다.',
        ),
      }
    : {
        cause: words(`The file cannot be read (${code}).`, `파일을 읽을 수 없습니다(${code}).`),
        next: ['EACCES', 'EPERM'].includes(code)
          ? words('Name a template file that you may read.', '읽을 권한이 있는 템플릿 파일을 지정하세요.')
          : words('Name a template file that is there.', '존재하는 템플릿 파일을 지정하세요.'),
      };
}

function shownName(file: string, options: LoadOptions): string {
  const relative = path.relative(options.directory ?? process.cwd(), file);
  return relative === '' || relative.startsWith('..') ? file : relative;
}

/** The file's name as CloudFormation allows it for a stack, with a number where it is taken. */
function stackName(file: string, taken: readonly StackSource[]): string {
  const stem = path.basename(file).replace(/(\.template)?\.(json|ya?ml|template|txt)$/i, '');
  const name = (/^[A-Za-z]/.test(stem) ? stem : `stack-${stem}`).replace(/[^A-Za-z0-9-]+/g, '-').slice(0, 120);
  const names = new Set(taken.map((source) => source.name));
  for (let number = 1; ; number++) {
    const candidate = number === 1 ? name : `${name}-${number}`;
    if (!names.has(candidate)) return candidate;
  }
}
