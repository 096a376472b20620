import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { allocationsFileName, givenToOthers, membersFileName } from '@terrace/cloud/allocate/members';
import {
  defaultAccount,
  defaultRegion,
  type LoadOptions,
  loadAssembly,
  loadTemplates,
} from '@terrace/cloud/assembly/load';
import { readAssembly } from '@terrace/cloud/assembly/manifest';
import { readMissing } from '@terrace/cloud/assembly/missing';
import { mask } from '@terrace/cloud/concealment';
import type { Allocations, Inventory } from '@terrace/cloud/inventory';
import { isObject, type Json, type JsonObject } from '@terrace/cloud/json';
import { imageNamesOf } from '@terrace/cloud/lookups/answer';
import { failure, type Mistake, type Result } from '@terrace/cloud/mistake';
import { words } from '@terrace/cloud/words';
import { needs } from '../arguments/option-values.ts';
import { type ParameterValue, parameterValue, secretFileOpen, secretWritten } from '../arguments/parameter-values.ts';
import type { Option } from '../command.ts';
import { keepSecret, remark } from '../terminal/discretion.ts';
import { assumedRemarks, parametersIn, readOutside } from './outside.ts';
import {
  accountAssumed,
  allocationsUnreadable,
  bothGiven,
  leftMissing,
  noRegion,
  notAPair,
  nothingToLoad,
  regionStated,
} from './project-mistakes.ts';
import { readIfThere, readSettings } from './project-settings.ts';
import { standInRemark, synthesizeAnswered } from './synthesis/answered.ts';

/** What a command may be told about the project that it works on. */
export interface ProjectOptions {
  /** Template files, a stack each. */
  readonly template?: readonly string[];
  /** A command that synthesizes a CDK app, or the folder of one that is synthesized already. */
  readonly app?: string;
  /** `NAME=VALUE`, `Stack:NAME=VALUE` or `ssm:/path=VALUE`. */
  readonly parameter?: readonly string[];
  /** The variant of a CDK app: given to it as the context value `profile`. */
  readonly profile?: string;
  /** `KEY=VALUE`, given to a CDK app as context. */
  readonly context?: readonly string[];
  readonly region?: string;
  /** Lets a usual VPC stand in for one that nobody describes. */
  readonly assume?: boolean;
}

export const projectOptions: readonly Option[] = [
  {
    flags: '--template <file>',
    description: words(
      'CloudFormation template; give it several times for several stacks',
      'CloudFormation 템플릿. 스택이 여러 개면 여러 번 지정',
    ),
    repeatable: true,
  },
  {
    flags: '--app <command>',
    description: words('command that synthesizes a CDK app, or its folder', 'CDK 앱을 합성하는 명령, 또는 합성된 폴더'),
  },
  {
    flags: '--parameter <name=value>',
    description: words(
      'value of a template parameter, also file://path, file://- (standard input) or env://variable; ssm:/path=value for one of Systems Manager',
      '템플릿 파라미터 값. 값 대신 file://경로, file://-(표준 입력), env://변수도 가능. Systems Manager 파라미터는 ssm:/경로=값',
    ),
    repeatable: true,
  },
  {
    flags: '--profile <name>',
    description: words('variant of the CDK app, for example production', 'CDK 앱의 변형. 예: production'),
  },
  {
    flags: '--context <key=value>',
    description: words('context value for the CDK app', 'CDK 앱에 줄 컨텍스트 값'),
    repeatable: true,
  },
  {
    flags: '--region <region>',
    description: words(
      'AWS region, where the app leaves it open (default ap-northeast-2)',
      '앱이 정해 두지 않았을 때 쓸 AWS 리전 (기본값 ap-northeast-2)',
    ),
  },
  {
    flags: '--assume',
    description: words(
      'let a usual VPC stand in for one that only stands in AWS and was not imported',
      'AWS에만 있고 가져오지 않은 VPC는 일반적인 구성의 VPC로 가정',
    ),
  },
];

/**
 * Loads what a command works on: templates, a CDK app, or what `terrace.json` or `cdk.json` of the working directory names. Needs
 * neither credentials nor network, and takes up the identifiers and addresses that the region kept.
 *
 * @param present what stands in the region that runs: what AWS would replace of it has other identifiers and addresses
 */
export async function loadProject(
  options: ProjectOptions,
  directory = process.cwd(),
  present?: Inventory,
): Promise<Result<Inventory>> {
  keepSecret(present?.secrets ?? []);
  const loaded = await load(options, directory, present);
  if (loaded.ok) {
    keepSecret(loaded.value.secrets);
    if (options.assume) for (const each of assumedRemarks(loaded.value)) remark(each);
  }
  return loaded.ok && options.region !== undefined ? inRegion(options.region, loaded) : loaded;
}

async function load(
  options: ProjectOptions,
  directory: string,
  present: Inventory | undefined,
): Promise<Result<Inventory>> {
  const mistakes: Mistake[] = [];
  const settings = await readSettings(directory, mistakes);
  const written = pairs(options.parameter ?? [], '--parameter', mistakes);
  const given = {
    ...valuesOf(settings.parameters, 'settings', mistakes),
    ...valuesOf(written, 'command line', mistakes),
  };
  const context = pairs(options.context ?? [], '--context', mistakes);
  if (options.template?.length && options.app !== undefined) mistakes.push(bothGiven());
  if (options.region !== undefined && !looksLikeRegion(options.region)) mistakes.push(noRegion(options.region));
  const standing = await readOutside(directory, mistakes);
  const kept = present?.allocations ?? (await readAllocations(directory, mistakes));
  if (mistakes.length > 0) return failure(mistakes);
  const { AWS_REGION, AWS_DEFAULT_REGION, CDK_DEFAULT_REGION, CDK_DEFAULT_ACCOUNT } = process.env;
  const region = options.region ?? (AWS_REGION || AWS_DEFAULT_REGION || CDK_DEFAULT_REGION || defaultRegion);
  const stated = settings.account ?? (CDK_DEFAULT_ACCOUNT || undefined);
  const account = stated ?? defaultAccount;
  const how: LoadOptions = {
    region,
    account,
    parameters: {
      ...parametersIn(standing),
      ...Object.fromEntries(Object.entries(given).map(([name, { value }]) => [name, value])),
    },
    ...(present ? { present } : {}),
    allocations: kept,
    standing,
    ...(options.assume === true ? { assume: true } : {}),
    directory,
  };
  const app = options.app ?? (options.template?.length ? undefined : settings.app);
  const templates = options.template?.length ? options.template : app === undefined ? settings.templates : [];
  const ofApps = [
    ...(options.profile === undefined ? [] : [needs('--profile', '--app')]),
    ...(options.context?.length ? [needs('--context', '--app')] : []),
  ];
  if (templates.length > 0 && ofApps.length > 0) return failure(ofApps);
  if (templates.length > 0)
    return withSecretsKept(
      given,
      await loadTemplates(
        templates.map((each) => path.resolve(directory, each)),
        how,
      ),
    );
  if (app === undefined) return failure([nothingToLoad(directory)]);
  const folder = path.resolve(directory, app);
  if (await isFolder(folder)) {
    for (const each of await readMissing(folder)) remark(leftMissing(each));
    return withSecretsKept(given, await loadAssembly(folder, withImages(how, settings.context)));
  }
  const assembly = await synthesizeAnswered(
    app,
    {
      directory,
      output: path.join(directory, '.terrace', assemblyName(app, options)),
      context: { ...settings.context, ...(options.profile ? { profile: options.profile } : {}), ...context },
      account,
      region,
      ...(settings.build === undefined ? {} : { build: settings.build }),
    },
    {
      parameters: how.parameters ?? {},
      standing,
      ...(present ? { present } : {}),
      load: (made) => loadAssembly(made, { ...how, despiteMistakes: true }),
    },
  );
  if (!assembly.ok) return assembly;
  const { folder: made, context: known, standIns } = assembly.value;
  const loaded = await loadAssembly(made, withImages(how, known));
  if (loaded.ok) {
    for (const each of standIns) remark(standInRemark(each, loaded.value));
    if (stated === undefined && (await statesAccount(made, account))) remark(accountAssumed(account));
  }
  return withSecretsKept(given, loaded);
}

/** Images that a context names by id are known by the names under which they were looked up. */
function withImages(how: LoadOptions, context: JsonObject): LoadOptions {
  return { ...how, imageNames: imageNamesOf(context) };
}

function valuesOf(
  given: Readonly<Record<string, string>>,
  where: 'command line' | 'settings',
  mistakes: Mistake[],
): Record<string, ParameterValue> {
  return Object.fromEntries(
    Object.entries(given).flatMap(([name, text]) => {
      const value = parameterValue(name, text, where, mistakes);
      return value ? [[name, value]] : [];
    }),
  );
}

/** Of values that turn out to be secrets: refuses files that others may read, and remarks on those that were written down. */
function withSecretsKept(
  given: Readonly<Record<string, ParameterValue>>,
  loaded: Result<Inventory>,
): Result<Inventory> {
  if (!loaded.ok) return loaded;
  const mistakes: Mistake[] = [];
  for (const [name, { value, exposure }] of Object.entries(given)) {
    if (!isSecret(loaded.value, name, value)) continue;
    if (exposure.kind === 'readable') mistakes.push(secretFileOpen(name, exposure.file));
    if (exposure.kind === 'written') remark(secretWritten(name, exposure.where));
  }
  return mistakes.length > 0 ? failure(mistakes) : loaded;
}

/** Whether a parameter says `NoEcho`, or is one of Systems Manager that a template refers to as secure. */
function isSecret({ stacks, secrets }: Inventory, given: string, value: string): boolean {
  if (given.startsWith('ssm:')) return secrets.includes(value);
  return stacks.some(({ name, parameters }) =>
    Object.entries(parameters).some(([own, shown]) => shown === mask && (given === own || given === `${name}:${own}`)),
  );
}

/** Refuses what would be read in another region than was asked for: an app may state one for every stack. */
function inRegion(asked: string, loaded: Extract<Result<Inventory>, { readonly ok: true }>): Result<Inventory> {
  const { stacks } = loaded.value;
  const stated = [...new Set(stacks.map(({ id }) => id.split(':')[3]!))];
  return stated.length === 0 || stated.includes(asked) ? loaded : failure([regionStated(asked, stated)]);
}

/** Each variant has a folder of its own: what one command asks takes nothing from a region that runs from another. */
function assemblyName(command: string, { app, profile, context, region }: ProjectOptions): string {
  if ([app, profile, region].every((each) => each === undefined) && !context?.length) return 'assembly';
  const variant = JSON.stringify([command, profile ?? null, [...(context ?? [])].sort(), region ?? null]);
  return `assembly-${createHash('sha256').update(variant).digest('hex').slice(0, 8)}`;
}

/** What a region's groups have had since the last command is in a file of the region's own. */
async function readAllocations(directory: string, mistakes: Mistake[]): Promise<Allocations> {
  const allocations = (await readKept(path.join(directory, '.terrace', allocationsFileName), mistakes)) ?? {};
  const members = await readKept(path.join(directory, '.terrace', membersFileName), mistakes);
  return members ? { ...givenToOthers(allocations), ...members } : allocations;
}

async function readKept(file: string, mistakes: Mistake[]): Promise<Allocations | undefined> {
  const text = await readIfThere(file);
  if (text === undefined) return undefined;
  const kept = allocationsIn(text);
  if (!kept) mistakes.push(allocationsUnreadable(file));
  return kept;
}

/** `undefined` where the text is no record of allocations, such as that of a file which was cut off. */
function allocationsIn(text: string): Allocations | undefined {
  try {
    const value = JSON.parse(text) as Json;
    return isObject(value)
      ? Object.fromEntries(Object.entries(value).map(([key, each]) => [key, String(each)]))
      : undefined;
  } catch {
    return undefined;
  }
}

async function isFolder(app: string): Promise<boolean> {
  try {
    return (await stat(app)).isDirectory();
  } catch {
    return false;
  }
}

function pairs(given: readonly string[], option: string, mistakes: Mistake[]): Record<string, string> {
  const values: Record<string, string> = {};
  for (const each of given) {
    const at = each.indexOf('=');
    if (at > 0) values[each.slice(0, at)] = each.slice(at + 1);
    else mistakes.push(notAPair(option, each));
  }
  return values;
}

/** Whether a stack of the app took its account from the environment. */
async function statesAccount(folder: string, account: string): Promise<boolean> {
  const assembly = await readAssembly(folder, { account, region: defaultRegion });
  return assembly.ok && assembly.value.stacks.some((stack) => stack.account === account);
}

/** As AWS names them: https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html */
function looksLikeRegion(name: string): boolean {
  return /^[a-z]{2}(-[a-z]+)+-\d+$/.test(name);
}
