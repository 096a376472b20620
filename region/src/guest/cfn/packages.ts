import { existsSync } from 'node:fs';
import { BuildError } from './build-error.ts';
import type { BuildLog } from './log.ts';
import type { Section } from './metadata.ts';
import { reasonIn, run, runLogged } from './run.ts';

/** By package tool, the packages that were installed. */
export type PackageChanges = ReadonlyMap<string, readonly string[]>;

/** Before these come `rpm`, then `apt` and `yum`; the others in the alphabet's order. */
const order = ['msi', 'dpkg', 'rpm', 'apt', 'yum'];

type Install = (packages: Section, log: BuildLog) => readonly string[];

const tools: Readonly<Record<string, Install>> = { yum, apt, rpm, python };

export const packageTools = Object.keys(tools);

/** Those that `cfn-init` knows and this one does not have. */
export const refusedTools = ['rubygems', 'zypper', 'msi'];

/**
 * Installs what the section `packages` names, by the image's own package tools.
 *
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-init.html#aws-resource-init-packages
 */
export function installPackages(given: Section, log: BuildLog, ignored: (text: string) => void): PackageChanges {
  const rank = (name: string) => (order.includes(name) ? order.indexOf(name) : order.length);
  const named = Object.entries(given).sort(([one], [other]) => rank(one) - rank(other) || (one < other ? -1 : 1));
  const changes = new Map<string, readonly string[]>();
  for (const [tool, packages] of named) {
    const install = Object.hasOwn(tools, tool) ? tools[tool] : undefined;
    if (install) changes.set(tool, install((packages ?? {}) as Section, log));
    else if (refusedTools.includes(tool))
      throw new BuildError(`packages of ${tool} are not carried out in a rehearsal`);
    else ignored(`Unsupported package manager: ${tool}`);
  }
  return changes;
}

function yum(packages: Section, log: BuildLog): readonly string[] {
  const names = Object.entries(packages).map(([name, versions]) => {
    const version = latest(versionsOf(versions));
    return version === undefined ? name : `${name}-${version}`;
  });
  if (names.length === 0) return [];
  const cache = run(['yum', '-y', 'makecache']);
  if (cache.status !== 0) throw new BuildError('Could not create yum cache', reasonIn(cache));
  const install = runLogged(log, `yum install ${names.join(' ')}`, ['yum', '-y', 'install', ...names]);
  if (install.status === 0) {
    log.info(`Yum installed [${Object.keys(packages).join(', ')}]`);
    return Object.keys(packages);
  }
  const absent = /Unable to find a match:\n\s+([^\s:]+)/.exec(install.output)?.[1];
  throw new BuildError(
    absent === undefined
      ? 'Could not successfully install/update yum packages'
      : `Yum does not have ${absent} available for installation`,
    reasonIn(install),
  );
}

function apt(packages: Section, log: BuildLog): readonly string[] {
  const names = Object.entries(packages).flatMap(([name, versions]) => {
    const wanted = versionsOf(versions).map((version) => (version === '' ? name : `${name}=${version}`));
    return wanted.length === 0 ? [name] : wanted;
  });
  if (names.length === 0) return [];
  log.info(`Attempting to install [${names.join(', ')}] via APT`);
  const environment = { ...environmentOfProcess(), DEBIAN_FRONTEND: 'noninteractive' };
  const install = runLogged(log, `apt-get install ${names.join(' ')}`, ['apt-get', '-q', '-y', 'install', ...names], {
    environment,
  });
  if (install.status === 0) {
    log.info(`APT installed [${Object.keys(packages).join(', ')}]`);
    return Object.keys(packages);
  }
  const absent = /Unable to locate package (\S+)/.exec(install.output)?.[1];
  throw new BuildError(
    absent === undefined
      ? 'Could not successfully install APT packages'
      : `APT does not have ${absent} available for installation`,
    reasonIn(install),
  );
}

/** By `yum`, which says why a file is not laid down here. */
function rpm(packages: Section, log: BuildLog): readonly string[] {
  const places = Object.values(packages).flatMap(versionsOf);
  if (places.length === 0) return [];
  const install = runLogged(log, `rpm ${places.join(' ')}`, ['yum', '-y', 'install', ...places]);
  if (install.status !== 0) throw new BuildError('Could not successfully install rpm packages', reasonIn(install));
  return Object.keys(packages);
}

function python(packages: Section, log: BuildLog): readonly string[] {
  const wanted = Object.entries(packages).flatMap(([name, given]) => {
    const versions = versionsOf(given).filter((version) => version !== '');
    if (versions.length === 0) return [name];
    return versions.map((version) => (/^https?:\/\//i.test(version) ? version : `${name}==${version}`));
  });
  if (wanted.length === 0) return [];
  const pip = ['/usr/bin/pip3', '/usr/bin/pip'].find((path) => existsSync(path));
  if (pip === undefined)
    throw new BuildError('Could not successfully install python packages', 'the image has no pip: install python3-pip');
  const install = runLogged(log, `pip install ${wanted.join(' ')}`, [pip, 'install', ...wanted]);
  if (install.status !== 0) throw new BuildError('Could not successfully install python packages', reasonIn(install));
  return Object.keys(packages);
}

/** A version, a list of versions, or none. */
function versionsOf(given: unknown): readonly string[] {
  if (given === undefined || given === null || given === '') return [];
  return Array.isArray(given) ? given.map(String) : [String(given)];
}

function latest(versions: readonly string[]): string | undefined {
  return [...versions].sort((one, other) => one.localeCompare(other, 'en', { numeric: true })).at(-1);
}

function environmentOfProcess(): Record<string, string> {
  return Object.fromEntries(Object.entries(process.env).flatMap(([name, value]) => (value ? [[name, value]] : [])));
}
