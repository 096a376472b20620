import type { Ending, Guest } from '../guest.ts';
import type { Machine } from './invocation.ts';
import { parseServiceUnit } from './parse-service-unit.ts';
import { Service } from './service.ts';
import type { ServiceUnit } from './service-unit.ts';

/** Where unit files are looked for, the first wins. */
const unitFolders = [
  '/etc/systemd/system',
  '/run/systemd/system',
  '/usr/local/lib/systemd/system',
  '/usr/lib/systemd/system',
];
const enabledIn = '/etc/systemd/system';

/** Units that an Amazon Linux instance has running and the region itself stands for; asking for them always works. */
const suppliedServices = new Set([
  'amazon-ssm-agent.service',
  'chronyd.service',
  'systemd-networkd.service',
  'systemd-resolved.service',
  'systemd-journald.service',
  'cloud-init.service',
  'cloud-final.service',
  'cloud-config.service',
  'nss-lookup.service',
  'dbus.service',
]);

type Lookup =
  | { readonly kind: 'service'; readonly service: Service }
  | { readonly kind: 'supplied' }
  | { readonly kind: 'masked' }
  | { readonly kind: 'absent' }
  | { readonly kind: 'unsupported'; readonly reason: string }
  | { readonly kind: 'invalid'; readonly reason: string };

/** The units of one instance: read from its own files, started in order, kept running. */
export class Systemd {
  readonly #guest: Guest;
  readonly #machine: Machine;
  readonly #services = new Map<string, Service>();

  constructor(guest: Guest, machine: Machine) {
    this.#guest = guest;
    this.#machine = machine;
  }

  get guest(): Guest {
    return this.#guest;
  }

  services(): Service[] {
    return [...this.#services.values()];
  }

  /** The unit by its full name, loaded if it is not yet. */
  async find(name: string): Promise<Lookup> {
    const loaded = this.#services.get(name);
    if (loaded) return { kind: 'service', service: loaded };
    if (name.endsWith('.target') || suppliedServices.has(name)) {
      const stated = name.endsWith('.target') ? undefined : await this.#texts(name);
      if (stated === undefined) return { kind: 'supplied' };
    }
    if (!name.endsWith('.service'))
      return { kind: 'unsupported', reason: `${name}: units of this kind are not carried out in a rehearsal` };
    const texts = await this.#texts(name);
    if (texts === 'masked') return { kind: 'masked' };
    if (texts === undefined) return { kind: 'absent' };
    try {
      const unit = parseServiceUnit(name, texts);
      this.#remark(unit);
      const service = new Service(unit, this.#machine);
      this.#services.set(name, service);
      return { kind: 'service', service };
    } catch (error) {
      return { kind: 'invalid', reason: (error as Error).message };
    }
  }

  /** Reads every loaded unit's files again. */
  async reloadUnits(): Promise<void> {
    for (const [name, service] of this.#services) {
      const texts = await this.#texts(name);
      if (texts === undefined || texts === 'masked') {
        if (['inactive', 'failed'].includes(service.status.active)) this.#services.delete(name);
        continue;
      }
      try {
        service.unit = parseServiceUnit(name, texts);
        this.#remark(service.unit);
      } catch (error) {
        this.#machine.journal(name, 1, `${name}: ${(error as Error).message}`);
      }
    }
  }

  /** Starts a unit and what it requires or wants before it. The answer says why it did not come up. */
  async start(
    name: string,
    seen: ReadonlySet<string> = new Set(),
  ): Promise<{ readonly up: boolean; readonly reason?: string }> {
    const found = await this.find(name);
    if (found.kind === 'supplied') return { up: true };
    if (found.kind !== 'service') return { up: false, reason: reasonOf(found, name) };
    const { unit, status } = found.service;
    if (status.active === 'active' || seen.has(name)) return { up: true };
    const soFar = new Set([...seen, name]);
    for (const other of unit.wants) if (/\.(service|target)$/.test(other)) await this.start(other, soFar);
    for (const other of unit.requires) {
      const { up } = await this.start(other, soFar);
      if (!up) return { up: false, reason: `A dependency job for ${name} failed: ${other}.` };
    }
    for (const { kind, path, absent } of unit.conditions) {
      if ((await this.#exists(path)) !== absent) continue;
      this.#machine.journal(
        name,
        1,
        `${name} was skipped because of an unmet condition check (${absent ? '!' : ''}${path}).`,
      );
      return kind === 'condition' ? { up: true } : { up: false, reason: `Assertion failed on job for ${name}.` };
    }
    const up = await found.service.start();
    if (up) return { up };
    return {
      up: false,
      reason: `Job for ${name} failed because ${why(found.service)}.\nSee "systemctl status ${name}" and "journalctl -xeu ${name}" for details.`,
    };
  }

  /** Starts what is enabled, in the order of `After=`, as at boot. */
  async startEnabled(): Promise<void> {
    const names: string[] = [];
    for (const target of ['multi-user.target', 'default.target', 'network-online.target', 'graphical.target'])
      for (const [name] of await this.#guest.list(`${enabledIn}/${target}.wants`))
        if (name.endsWith('.service')) names.push(name);
    const units = new Map<string, ServiceUnit>();
    for (const name of names) {
      const found = await this.find(name);
      if (found.kind === 'service') units.set(name, found.service.unit);
      else if (found.kind !== 'supplied') this.#machine.journal(name, 1, reasonOf(found, name));
    }
    const started = new Map<string, Promise<unknown>>();
    const begin = (name: string, above: readonly string[]): Promise<unknown> => {
      const running = started.get(name);
      if (running) return running;
      const before = (units.get(name)?.after ?? []).filter((other) => units.has(other) && !above.includes(other));
      const promise = Promise.all(before.map((other) => begin(other, [...above, name]))).then(() => this.start(name));
      started.set(name, promise);
      return promise;
    };
    await Promise.all([...units.keys()].map((name) => begin(name, [name])));
  }

  async stopAll(): Promise<void> {
    await Promise.all(this.services().map((service) => service.stop()));
  }

  /** The instance has ended without stopping anything. */
  abandon(): void {
    for (const service of this.services()) service.abandon();
  }

  /** Links as `systemctl enable` makes them; what it says is returned. */
  async enable(unit: ServiceUnit): Promise<string[]> {
    const said: string[] = [];
    const path = (await this.#path(unit.name)) ?? `/usr/lib/systemd/system/${unit.name}`;
    for (const link of linksOf(unit)) {
      await this.#guest.makeFolder(link.slice(0, link.lastIndexOf('/')));
      await this.#guest.link(path, link);
      said.push(`Created symlink ${link} → ${path}.`);
    }
    return said;
  }

  async disable(unit: ServiceUnit): Promise<string[]> {
    const said: string[] = [];
    for (const link of linksOf(unit)) {
      const removed = await this.#guest.unlink(link).then(
        () => true,
        () => false,
      );
      if (removed) said.push(`Removed "${link}".`);
    }
    return said;
  }

  async isEnabled(name: string): Promise<'enabled' | 'disabled' | 'static' | 'masked' | 'absent'> {
    const found = await this.find(name);
    if (found.kind === 'masked') return 'masked';
    if (found.kind === 'supplied') return name.endsWith('.target') ? 'static' : 'enabled';
    if (found.kind !== 'service') return 'absent';
    const links = linksOf(found.service.unit);
    if (links.length === 0) return 'static';
    for (const link of links) if (await this.#exists(link)) return 'enabled';
    return 'disabled';
  }

  /** False where a unit file of that name stands in the way of the mask. */
  async mask(name: string, masked: boolean): Promise<boolean> {
    const path = `${enabledIn}/${name}`;
    const present = await this.#kind(path);
    if (masked && present !== undefined && present !== '->/dev/null') return false;
    if (masked) await this.#guest.link('/dev/null', path);
    else if (present === '->/dev/null') await this.#guest.unlink(path);
    this.#services.delete(name);
    return true;
  }

  /** The files a unit is made of, with their texts: what `systemctl cat` shows. */
  async files(name: string): Promise<readonly (readonly [path: string, text: string])[]> {
    const path = await this.#path(name);
    if (path === undefined) return [];
    const files: (readonly [string, string])[] = [[path, await this.#guest.read(path)]];
    for (const folder of unitFolders.toReversed()) {
      for (const base of [templateOf(name), name].filter((each): each is string => each !== undefined))
        for (const [file, kind] of await this.#guest.list(`${folder}/${base}.d`))
          if (file.endsWith('.conf') && kind !== 'folder')
            files.push([`${folder}/${base}.d/${file}`, await this.#guest.read(`${folder}/${base}.d/${file}`)]);
    }
    return files;
  }

  reaped(pid: number, ending: Ending): void {
    const owner = this.services().find((service) => service.status.mainPid === pid);
    owner?.reaped(pid, ending);
  }

  notified(unit: string, text: string): void {
    this.#services.get(unit)?.notified(text);
  }

  async #texts(name: string): Promise<readonly string[] | 'masked' | undefined> {
    const path = await this.#path(name);
    if (path === undefined) return undefined;
    if ((await this.#kind(path)) === '->/dev/null') return 'masked';
    const files = await this.files(name);
    return files.map(([, text]) => text);
  }

  async #path(name: string): Promise<string | undefined> {
    for (const base of [name, templateOf(name)].filter((each): each is string => each !== undefined))
      for (const folder of unitFolders) if (await this.#exists(`${folder}/${base}`)) return `${folder}/${base}`;
    return undefined;
  }

  async #exists(path: string): Promise<boolean> {
    return (await this.#kind(path)) !== undefined;
  }

  async #kind(path: string): Promise<string | undefined> {
    const at = path.lastIndexOf('/');
    return (await this.#guest.list(path.slice(0, at) || '/')).get(path.slice(at + 1));
  }

  #remark(unit: ServiceUnit): void {
    for (const remark of unit.remarks) this.#machine.journal(unit.name, 1, remark);
  }
}

/** `app@.service` for `app@blue.service`. */
function templateOf(name: string): string | undefined {
  const match = /^([^@]+@)[^.]+(\..+)$/.exec(name);
  return match ? `${match[1]}${match[2]}` : undefined;
}

function linksOf(unit: ServiceUnit): string[] {
  return [
    ...unit.wantedBy.map((target) => `${enabledIn}/${target}.wants/${unit.name}`),
    ...unit.requiredBy.map((target) => `${enabledIn}/${target}.requires/${unit.name}`),
    ...unit.aliases.map((alias) => `${enabledIn}/${alias}`),
  ];
}

export function reasonOf(found: Exclude<Lookup, { kind: 'service' } | { kind: 'supplied' }>, name: string): string {
  if (found.kind === 'masked') return `Unit ${name} is masked.`;
  if (found.kind === 'absent') return `Unit ${name} not found.`;
  if (found.kind === 'unsupported') return found.reason;
  return `Unit ${name} has a bad unit file setting: ${found.reason}`;
}

function why(service: Service): string {
  switch (service.status.result) {
    case 'timeout':
      return 'a timeout was exceeded';
    case 'resources':
      return 'of unavailable resources or another system error';
    case 'protocol':
      return 'the service did not take the steps required by its unit configuration';
    case 'start-limit-hit':
      return 'start of the service was attempted too often';
    case 'signal':
      return 'a fatal signal was delivered to the control process';
    default:
      return 'the control process exited with error code';
  }
}
