import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseOptions } from './options.ts';
import { Refusal } from './refusal.ts';
import { send } from './request.ts';
import { callQuery, element } from './service-call.ts';

type Section = Readonly<Record<string, unknown>>;

/**
 * `cfn-init`: carries out a resource's `AWS::CloudFormation::Init` metadata, in AWS's order: packages, groups, users, sources,
 * files, commands, services. What it does not know ends it, by name.
 *
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-init.html
 */
export async function cfnInit(words: readonly string[]): Promise<number> {
  const { values } = parseOptions(words, {
    valued: ['--stack', '--resource', '--region', '--configsets', '--role', '--url'],
    flags: ['--verbose', '--resume'],
    short: { '-s': '--stack', '-r': '--resource', '-c': '--configsets', '-v': '--verbose' },
    exitCode: 1,
  });
  const [stack, resource] = [values.get('--stack'), values.get('--resource')];
  if (stack === undefined || resource === undefined) throw new Refusal('--stack and --resource are needed', 1);
  const xml = await callQuery('cloudformation', values.get('--region'), '2010-05-15', 'DescribeStackResource', {
    StackName: stack,
    LogicalResourceId: resource,
  });
  const metadata = JSON.parse(element(xml, 'Metadata') ?? '{}') as Section;
  const init = metadata['AWS::CloudFormation::Init'] as Section | undefined;
  if (!init) throw new Refusal(`${resource} has no AWS::CloudFormation::Init metadata`, 1);
  for (const name of configurationsOf(init, values.get('--configsets') ?? 'default')) {
    const configuration = init[name] as Section | undefined;
    if (!configuration) throw new Refusal(`the configuration ${name} is not stated`, 1);
    await carryOut(configuration, name);
  }
  return 0;
}

function configurationsOf(init: Section, asked: string): string[] {
  const sets = init.configSets as Readonly<Record<string, readonly unknown[]>> | undefined;
  if (!sets) return ['config'];
  const names = (set: string, above: readonly string[]): string[] => {
    const members = sets[set];
    if (!members) throw new Refusal(`the configuration set ${set} is not stated`, 1);
    if (above.includes(set)) throw new Refusal(`the configuration set ${set} contains itself`, 1);
    return members.flatMap((member) =>
      typeof member === 'string' ? [member] : names(String((member as Section).ConfigSet), [...above, set]),
    );
  };
  return asked.split(',').flatMap((set) => names(set.trim(), []));
}

const sections: Readonly<Record<string, (given: Section) => void | Promise<void>>> = {
  packages: installPackages,
  groups: (given) => {
    for (const [name, { gid }] of entries(given))
      run('groupadd', ['-f', ...(gid === undefined ? [] : ['-g', String(gid)]), name]);
  },
  users: addUsers,
  sources: fetchSources,
  files: writeFiles,
  commands: runCommands,
  services: arrangeServices,
};

async function carryOut(configuration: Section, name: string): Promise<void> {
  const unknown = Object.keys(configuration).find((key) => !(key in sections));
  if (unknown !== undefined) throw new Refusal(`${name}: ${unknown} is not carried out in a rehearsal`, 1);
  for (const [section, act] of Object.entries(sections)) {
    const given = configuration[section];
    if (given !== undefined) await act(given as Section);
  }
}

function entries(given: Section): [string, Section][] {
  return Object.entries(given).map(([name, value]) => [name, (value ?? {}) as Section]);
}

function installPackages(given: Section): void {
  for (const [kind, packages] of entries(given)) {
    if (kind !== 'yum' && kind !== 'dnf')
      throw new Refusal(`packages of ${kind} are not carried out in a rehearsal`, 1);
    run('dnf', ['install', '-y', ...Object.keys(packages)]);
  }
}

function addUsers(given: Section): void {
  for (const [name, { uid, groups, homeDir }] of entries(given)) {
    const options = [
      ...['-r', '-s', '/sbin/nologin'],
      ...(uid === undefined ? [] : ['-u', String(uid)]),
      ...(homeDir === undefined ? ['-M'] : ['-m', '-d', String(homeDir)]),
      ...(Array.isArray(groups) && groups.length > 0 ? ['-G', groups.join(',')] : []),
    ];
    run('useradd', [...options, name]);
  }
}

async function fetchSources(given: Section): Promise<void> {
  for (const [folder, address] of Object.entries(given)) {
    const kind = /\.(tar|tar\.gz|tgz|tar\.bz2|zip)$/.exec(new URL(String(address)).pathname)?.[1];
    if (kind === undefined) throw new Refusal(`the source ${address} is no archive that is known`, 1);
    const body = await fetchBody(String(address));
    mkdirSync(folder, { recursive: true });
    const file = `${folder}/.cfn-init-source`;
    writeFileSync(file, body);
    if (kind === 'zip') run('unzip', ['-o', '-q', file, '-d', folder]);
    else run('tar', ['-xf', file, '-C', folder]);
    run('rm', [file]);
  }
}

async function writeFiles(given: Section): Promise<void> {
  for (const [path, file] of entries(given)) {
    const {
      content,
      source,
      encoding,
      mode,
      owner = 'root',
      group = 'root',
      context,
      authentication,
      ...unknown
    } = file;
    const more = [
      context === undefined ? '' : 'context',
      authentication === undefined ? '' : 'authentication',
      ...Object.keys(unknown),
    ].find((key) => key !== '');
    if (more !== undefined) throw new Refusal(`files: ${path}: ${more} is not carried out in a rehearsal`, 1);
    mkdirSync(dirname(path), { recursive: true });
    if (String(mode ?? '').startsWith('120')) {
      run('ln', ['-sfn', String(content), path]);
      continue;
    }
    const text = typeof content === 'string' ? content : JSON.stringify(content);
    const body =
      source === undefined
        ? Buffer.from(text ?? '', encoding === 'base64' ? 'base64' : 'utf8')
        : await fetchBody(String(source));
    writeFileSync(path, body);
    if (mode !== undefined) chmodSync(path, Number.parseInt(String(mode).slice(-4), 8));
    run('chown', [`${owner}:${group}`, path]);
  }
}

function runCommands(given: Section): void {
  for (const [name, { command, env, cwd, test, ignoreErrors, waitAfterCompletion, ...unknown }] of entries(given).sort(
    ([one], [other]) => (one < other ? -1 : 1),
  )) {
    const more = Object.keys(unknown)[0];
    if (more !== undefined) throw new Refusal(`commands: ${name}: ${more} is not carried out in a rehearsal`, 1);
    // It makes the real one wait for a reboot on Windows; on Linux it has no effect.
    void waitAfterCompletion;
    const options = {
      stdio: 'inherit' as const,
      cwd: cwd === undefined ? '/' : String(cwd),
      env: { ...process.env, ...(env as Record<string, string> | undefined) },
    };
    if (test !== undefined && spawnSync('sh', ['-c', String(test)], options).status !== 0) continue;
    const [program = 'sh', ...words] = Array.isArray(command) ? command.map(String) : ['sh', '-c', String(command)];
    const { status, error } = spawnSync(program, words, options);
    if (status !== 0 && String(ignoreErrors) !== 'true')
      throw new Refusal(`Command ${name} failed${error ? `: ${error.message}` : ` with exit code ${status}`}`, 1);
  }
}

function arrangeServices(given: Section): void {
  for (const [kind, services] of entries(given)) {
    if (kind !== 'systemd' && kind !== 'sysvinit')
      throw new Refusal(`services of ${kind} are not carried out in a rehearsal`, 1);
    run('systemctl', ['daemon-reload']);
    for (const [name, { enabled, ensureRunning }] of entries(services)) {
      if (enabled !== undefined) run('systemctl', [String(enabled) === 'true' ? 'enable' : 'disable', name]);
      if (ensureRunning !== undefined) run('systemctl', [String(ensureRunning) === 'true' ? 'start' : 'stop', name]);
    }
  }
}

async function fetchBody(address: string): Promise<Buffer> {
  const answer = await send({ url: new URL(address), method: 'GET', headers: {}, patience: 10_000 }).catch(
    (error: Error) => {
      throw new Refusal(`${address}: ${error.message}`, 1);
    },
  );
  if (answer.status !== 200) throw new Refusal(`${address}: ${answer.status} ${answer.statusText}`, 1);
  return answer.body;
}

function run(program: string, words: readonly string[]): void {
  const { status, error } = spawnSync(program, words, { stdio: 'inherit' });
  if (status !== 0) throw new Refusal(`${program} ${words.join(' ')}: ${error?.message ?? `exit code ${status}`}`, 1);
}
