import { existsSync } from 'node:fs';
import { words } from '@terrace/cloud/words';
import { fetchPackages } from '../host/package-store.ts';
import { hasProgram } from './base.ts';
import type { Ground } from './ground.ts';
import type { Question } from './guest.ts';
import { hostnamectl } from './hostnamectl.ts';
import type { Journal } from './journal.ts';
import { journalctl } from './journalctl.ts';
import type { PacketFilter } from './netfilter/packet-filter.ts';
import { takeReport } from './report.ts';
import type { Systemd } from './systemd/manager.ts';
import { systemctl } from './systemd/systemctl.ts';
import { timedatectl } from './timedatectl.ts';
import type { Troubles } from './trouble.ts';
import { manageAccounts } from './useradd.ts';
import { apt } from './userland/apt.ts';
import { dnf } from './userland/dnf.ts';
import { extras } from './userland/extras.ts';
import { connect, type PackageRepository } from './userland/repository.ts';

/** The instance in which a stand-in was called. */
interface Instance {
  readonly ground: Ground;
  readonly systemd: Systemd;
  readonly journal: Journal;
  readonly repository: PackageRepository;
  readonly troubles: Troubles;
  readonly filter: PacketFilter;
  /** Its host name without the domain, as the journal's lines have it. */
  readonly host: string;
  rename(name: string): Promise<void>;
}

/**
 * Carries out what a program on an instance's path is asked that only stands there for Amazon Linux's own. Resolves to its exit code; one that
 * is not known says so.
 */
export async function carryOut(question: Question, instance: Instance): Promise<number> {
  const { systemd, journal, host } = instance;
  switch (question.name) {
    case 'systemctl':
      return control(question, question.words, instance);
    case 'service': {
      const [unit = '', verb = ''] = question.words;
      if (verb === 'save') return saveRules(question, instance, unit);
      return control(question, [verb, unit], instance);
    }
    case 'report':
      return takeReport(question, instance.troubles);
    case 'timedatectl':
      return timedatectl(systemd.guest, question);
    case 'hostnamectl':
      return hostnamectl(systemd.guest, question, (name) => instance.rename(name));
    case 'journalctl':
      return journalctl(journal, host, question);
    case 'dnf':
    case 'yum':
      return dnf(packageSource(instance), question);
    case 'amazon-linux-extras':
      return extras(packageSource(instance), question);
    case 'apt-get':
    case 'apt':
      return apt({ ...packageSource(instance), startUnit: (name) => startUnit(systemd, name) }, question);
    case 'iptables':
    case 'iptables-save':
    case 'iptables-restore':
      return instance.filter.answer(question);
    case 'chkconfig': {
      const [unit = '', state = 'on'] = question.words.filter((word) => !word.startsWith('--'));
      return control(question, [state === 'off' ? 'disable' : 'enable', unit], instance);
    }
    case 'update-rc.d': {
      const [unit = '', verb = 'defaults'] = question.words.filter((word) => !word.startsWith('-'));
      return control(question, [verb === 'disable' || verb === 'remove' ? 'disable' : 'enable', unit], instance);
    }
    case 'useradd':
    case 'groupadd':
    case 'usermod':
    case 'userdel':
    case 'groupdel':
      return manageAccounts(systemd.guest, question);
    default:
      question.say('err', `${question.name} is not carried out in a rehearsal\n`);
      return 1;
  }
}

/** A unit that does not start, or is not there, is a refused step of the boot. */
async function control(question: Question, given: readonly string[], { systemd, troubles }: Instance): Promise<number> {
  const command = [question.name, ...question.words].join(' ');
  let said = '';
  const heard: Question = {
    ...question,
    say: (stream, text) => {
      if (stream === 'err' && said.length < 1000) said += text;
      question.say(stream, text);
    },
  };
  const code = await systemctl(systemd, given, question.uid, heard);
  const starts = given.some((word) => /^(start|restart|reload-or-restart|try-restart|enable)$/.test(word));
  if (code === 0) troubles.resolve(command);
  else if (starts) {
    const cause = said.trim().split('\n')[0] ?? '';
    troubles.add({ kind: 'unit', command, cause: words(cause, cause), unreached: null });
  }
  return code;
}

/** `service iptables save`, an action of the package iptables-services. */
async function saveRules(question: Question, { systemd, filter }: Instance, unit: string): Promise<number> {
  const file = '/etc/sysconfig/iptables';
  if (unit !== 'iptables' || (await systemd.guest.readIfThere('/usr/libexec/iptables/iptables.init')) === undefined) {
    question.say('err', `${unit}: unrecognized service\n`);
    return 1;
  }
  await systemd.guest.write(file, filter.save(), '0600');
  question.say('out', `iptables: Saving firewall rules to ${file}: [  OK  ]\n`);
  return 0;
}

function packageSource({ ground, systemd, repository, troubles }: Instance) {
  return {
    guest: systemd.guest,
    accounts: ground.accounts,
    ipv6: existsSync('/proc/net/if_inet6'),
    hasProgram: (name: string) => hasProgram(ground, name),
    fetch: (packages: readonly string[]) => fetchPackages(packages, ground.packages),
    repository,
    connect: () => connect(systemd.guest, repository),
    troubles,
  };
}

/** As Debian's packages do when they are installed. */
async function startUnit(systemd: Systemd, name: string): Promise<void> {
  await systemd.reloadUnits();
  const found = await systemd.find(name);
  if (found.kind !== 'service') throw new Error(`the unit ${name} is not there`);
  await systemd.enable(found.service.unit);
  const { up, reason } = await systemd.start(name);
  if (!up) throw new Error(reason ?? `${name} did not start`);
}
