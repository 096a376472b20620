import { existsSync } from 'node:fs';
import { BuildError } from './build-error.ts';
import { isTrue } from './is-true.ts';
import type { BuildLog } from './log.ts';
import type { Section } from './metadata.ts';
import type { PackageChanges } from './packages.ts';
import { reasonIn, run } from './run.ts';

/** What a build changed so far, by which services restart. */
export interface Changes {
  readonly packages: PackageChanges;
  readonly files: readonly string[];
  readonly sources: readonly string[];
  readonly commands: readonly string[];
  readonly groups: readonly string[];
  readonly users: readonly string[];
}

/**
 * Enables, starts, stops and restarts services. One restarts where something that it names changed.
 *
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-init.html#aws-resource-init-services
 */
export function arrangeServices(
  given: Section,
  changes: Changes,
  log: BuildLog,
  ignored: (text: string) => void,
): void {
  for (const [kind, services] of Object.entries(given)) {
    if (kind !== 'systemd' && kind !== 'sysvinit') {
      ignored(`Unsupported service manager: ${kind}`);
      continue;
    }
    if (kind === 'systemd') run(['systemctl', 'daemon-reload']);
    for (const [name, stated] of Object.entries((services ?? {}) as Section)) {
      const service = (stated ?? {}) as Section;
      const control = kind === 'systemd' ? systemd(name) : sysvinit(name);
      if (service.enabled !== undefined) enable(control, name, isTrue(service.enabled), log);
      if (isRestarted(service, changes)) act(control, name, 'restart', log);
      else if (service.ensureRunning !== undefined) {
        const wanted = isTrue(service.ensureRunning);
        if (wanted !== (run(control.words('status')).status === 0)) act(control, name, wanted ? 'start' : 'stop', log);
      }
    }
  }
}

interface Control {
  words(verb: 'start' | 'stop' | 'restart' | 'status'): string[];
  /** `null` where the image has nothing to do it with. */
  enabling(wanted: boolean): string[] | null;
}

const systemd = (name: string): Control => ({
  words: (verb) => ['systemctl', verb, name],
  enabling: (wanted) => ['systemctl', wanted ? 'enable' : 'disable', name],
});

/** Amazon Linux 2023 has no `chkconfig` from the start: `cfn-init` says so in its log and goes on. */
const sysvinit = (name: string): Control => ({
  words: (verb) => ['service', name, verb],
  enabling: (wanted) => {
    if (existsSync('/sbin/chkconfig') || existsSync('/bin/chkconfig'))
      return ['chkconfig', name, wanted ? 'on' : 'off'];
    if (existsSync('/usr/sbin/update-rc.d')) return ['update-rc.d', name, wanted ? 'enable' : 'disable'];
    return null;
  },
});

function enable(control: Control, name: string, wanted: boolean, log: BuildLog): void {
  const words = control.enabling(wanted);
  if (words === null) {
    // The real one goes on as well: the service runs, and does not start at the next boot.
    const text = `Could not enable ${name}, as chkconfig and update-rc.d were not available`;
    log.error(text);
    process.stderr.write(`cfn-init: ${text}\n`);
    return;
  }
  const ended = run(words);
  if (ended.status !== 0)
    throw new BuildError(`Could not ${wanted ? 'enable' : 'disable'} service ${name}`, reasonIn(ended));
  log.info(`${wanted ? 'enabled' : 'disabled'} service ${name}`);
}

function act(control: Control, name: string, verb: 'start' | 'stop' | 'restart', log: BuildLog): void {
  const ended = run(control.words(verb));
  if (ended.status !== 0) throw new BuildError(`Could not ${verb} ${name}`, reasonIn(ended));
  const done = { start: 'Started', stop: 'Stopped', restart: 'Restarted' }[verb];
  log.info(`${done} ${name} successfully`);
}

function isRestarted(service: Section, changes: Changes): boolean {
  const kinds = ['files', 'sources', 'groups', 'users', 'commands'] as const;
  if (kinds.some((kind) => list(service[kind]).some((each) => changes[kind].includes(each)))) return true;
  return Object.entries((service.packages ?? {}) as Section).some(([tool, names]) =>
    list(names).some((each) => changes.packages.get(tool)?.includes(each)),
  );
}

function list(given: unknown): readonly string[] {
  return Array.isArray(given) ? given.map(String) : given === undefined ? [] : [String(given)];
}
