import { existsSync } from 'node:fs';
import { hasProgram } from './base.ts';
import type { Ground } from './ground.ts';
import type { Question } from './guest.ts';
import { hostnamectl } from './hostnamectl.ts';
import type { Journal } from './journal.ts';
import { journalctl } from './journalctl.ts';
import type { Systemd } from './systemd/manager.ts';
import { systemctl } from './systemd/systemctl.ts';
import { timedatectl } from './timedatectl.ts';
import type { Troubles } from './trouble.ts';
import { manageAccounts } from './useradd.ts';
import { dnf } from './userland/dnf.ts';
import { connect, type PackageRepository } from './userland/repository.ts';

/** The instance in which a stand-in was called. */
interface Instance {
  readonly ground: Ground;
  readonly systemd: Systemd;
  readonly journal: Journal;
  readonly repository: PackageRepository;
  readonly troubles: Troubles;
  /** Its host name without the domain, as the journal's lines have it. */
  readonly host: string;
  rename(name: string): Promise<void>;
}

/**
 * Carries out what a program on an instance's path is asked that only stands there for Amazon Linux's own. Resolves to its exit code; one that
 * is not known says so.
 */
export async function carryOut(question: Question, instance: Instance): Promise<number> {
  const { ground, systemd, journal, host } = instance;
  switch (question.name) {
    case 'systemctl':
      return systemctl(systemd, question.words, question.uid, question);
    case 'service': {
      const [unit = '', verb = ''] = question.words;
      return systemctl(systemd, [verb, unit], question.uid, question);
    }
    case 'timedatectl':
      return timedatectl(systemd.guest, question);
    case 'hostnamectl':
      return hostnamectl(systemd.guest, question, (name) => instance.rename(name));
    case 'journalctl':
      return journalctl(journal, host, question);
    case 'dnf':
    case 'yum':
      return dnf(
        {
          guest: systemd.guest,
          accounts: ground.accounts,
          ipv6: existsSync('/proc/net/if_inet6'),
          hasProgram: (name) => hasProgram(ground, name),
          repository: instance.repository,
          connect: () => connect(systemd.guest, instance.repository),
          troubles: instance.troubles,
        },
        question,
      );
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
