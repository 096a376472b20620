import { mkdirSync, writeFileSync } from 'node:fs';
import { parseOptions } from '../options.ts';
import { Refusal } from '../refusal.ts';
import { reportCall } from '../report.ts';
import { createGroups, createUsers } from './accounts.ts';
import { Authentication } from './authentication.ts';
import { BuildError } from './build-error.ts';
import { runCommands } from './commands.ts';
import { type Configuration, configurationsOf } from './config-sets.ts';
import { writeFiles } from './files.ts';
import { BuildLog } from './log.ts';
import { helperOptions, readStackMetadata, type Section } from './metadata.ts';
import { installPackages } from './packages.ts';
import { arrangeServices, type Changes } from './services.ts';
import { fetchSources } from './sources.ts';

const initKey = 'AWS::CloudFormation::Init';

/**
 * `cfn-init`: carries out a resource's `AWS::CloudFormation::Init` metadata, with the exit codes and the logs of the real one. What the real one
 * knows and this one does not ends it, by name.
 *
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/cfn-init.html
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-init.html
 */
export async function cfnInit(words: readonly string[]): Promise<number> {
  const { values, flags } = parseOptions(words, {
    valued: [...helperOptions.valued, '--configsets'],
    flags: ['--verbose', '--resume'],
    short: { ...helperOptions.short, '-c': '--configsets' },
    exitCode: 1,
  });
  if (flags.has('--resume')) throw new Refusal('--resume is for Windows', 1);
  const metadata = await readStackMetadata(values);
  mkdirSync('/var/lib/cfn-init/data', { recursive: true });
  writeFileSync('/var/lib/cfn-init/data/metadata.json', JSON.stringify(metadata, null, 4));
  const init = metadata[initKey] as Section | undefined;
  if (!init || Object.keys(init).length === 0) {
    const message = `Could not find '${initKey}' key in metadata for ${values.get('--resource')}.`;
    process.stderr.write(`${message}\n`);
    await reportCall('cfn-init', ['metadata'], 1, message);
    return 0;
  }
  const log = new BuildLog(flags.has('--verbose'));
  try {
    await build(metadata, init, values.get('--configsets') ?? 'default', log);
    return 0;
  } catch (error) {
    const { message } = error as Error;
    log.title('BUILD FAILED!', 'ERROR');
    log.error(`Unhandled exception during build: ${message}`);
    const detail = error instanceof BuildError && error.detail !== null ? ` (${error.detail})` : '';
    const shown = `Error occurred during build: ${message}${detail === '' ? '' : `\n ${detail}`}`;
    throw new Refusal(`${message}${detail}`, 1, shown);
  }
}

async function build(metadata: Section, init: Section, sets: string, log: BuildLog): Promise<void> {
  const names = sets.split(',').map((each) => each.trim());
  log.title('Starting build');
  log.info(`Running configSets: ${names.join(', ')}`);
  const authentication = new Authentication((metadata['AWS::CloudFormation::Authentication'] ?? {}) as Section, log);
  for (const name of names) {
    const configurations = configurationsOf(init, name);
    log.info(`Running configSet ${name}`);
    for (const each of configurations) await carryOut(each, authentication, log);
  }
  log.info('ConfigSets completed');
  log.title('Build complete');
}

/** In AWS's order: packages, groups, users, sources, files, commands, services. */
async function carryOut({ name, sections }: Configuration, authentication: Authentication, log: BuildLog) {
  log.info(`Running config ${name}`);
  const ignored: string[] = [];
  const ignore = (text: string) => {
    log.warn(text);
    ignored.push(text);
  };
  const given = (section: string) => (sections[section] ?? {}) as Section;
  try {
    const packages = installPackages(given('packages'), log, ignore);
    const groups = createGroups(given('groups'), log);
    const users = createUsers(given('users'), log);
    const sources = await fetchSources(given('sources'), authentication, log);
    const files = await writeFiles(given('files'), authentication, log);
    const commands = runCommands(given('commands'), log);
    const changes: Changes = { packages, groups, users, sources, files, commands };
    arrangeServices(given('services'), changes, log, ignore);
  } catch (error) {
    if (error instanceof BuildError) log.error(`Error encountered during build of ${name}: ${error.message}`);
    throw error;
  }
  const misspelled = Object.keys(sections).filter((each) => !sectionNames.includes(each));
  for (const each of misspelled) ignore(`the key ${each} of ${name} is none that cfn-init knows`);
  // The real one passes over these and ends with 0; a boot that lacks them is told of all the same.
  for (const each of ignored) {
    process.stderr.write(`cfn-init: ignored: ${each}\n`);
    await reportCall('cfn-init', ['ignored', name], 1, each);
  }
}

export const sectionNames = ['packages', 'groups', 'users', 'sources', 'files', 'commands', 'services'];
