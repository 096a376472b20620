import { signalNumber } from './ending.ts';
import { reasonOf, type Systemd } from './manager.ts';
import type { Service } from './service.ts';
import { parseRequest, type Reply, type Request, refuse } from './systemctl-request.ts';
import { showProperties, showStates, showStatus } from './systemctl-show.ts';

/**
 * `systemctl` inside an instance. Resolves to its exit code: those of systemctl itself, and 1 with a message for what it does
 * not know.
 *
 * https://www.freedesktop.org/software/systemd/man/latest/systemctl.html
 */
export async function systemctl(
  systemd: Systemd,
  words: readonly string[],
  uid: number,
  reply: Reply,
): Promise<number> {
  const request = parseRequest(words);
  if (typeof request === 'string') return refuse(reply, request);
  const verb = verbs[request.verb];
  if (!verb) return refuse(reply, `the verb '${request.verb}' is not carried out in a rehearsal`);
  if (verb.changes && uid !== 0) return refuse(reply, 'Access denied: only root may do that');
  if (verb.units && request.units.length === 0) return refuse(reply, 'Too few arguments.');
  return verb.run(systemd, request, reply);
}

interface Verb {
  readonly changes?: boolean;
  readonly units?: boolean;
  run(systemd: Systemd, request: Request, reply: Reply): Promise<number>;
}

const verbs: Readonly<Record<string, Verb>> = {
  start: {
    changes: true,
    units: true,
    run: (systemd, { units, options }, reply) => startAll(systemd, units, reply, options),
  },
  stop: {
    changes: true,
    units: true,
    run: (systemd, { units }, reply) => each(systemd, units, reply, async (service) => stopped(service)),
  },
  restart: {
    changes: true,
    units: true,
    run: async (systemd, { units, options }, reply) => {
      for (const name of units) {
        const found = await systemd.find(name);
        if (found.kind === 'service') await found.service.stop();
      }
      return startAll(systemd, units, reply, options);
    },
  },
  'try-restart': {
    changes: true,
    units: true,
    run: (systemd, { units }, reply) =>
      each(systemd, units, reply, async (service) => service.status.active !== 'active' || service.restart()),
  },
  reload: {
    changes: true,
    units: true,
    run: (systemd, { units }, reply) => each(systemd, units, reply, (service) => service.reload()),
  },
  'reload-or-restart': {
    changes: true,
    units: true,
    run: async (systemd, { units, options }, reply) => {
      for (const name of units) {
        const found = await systemd.find(name);
        const reloaded = found.kind === 'service' && (await found.service.reload());
        if (found.kind === 'service' && !reloaded) await found.service.stop();
        if (!reloaded && (await startAll(systemd, [name], reply, options)) !== 0) return 1;
      }
      return 0;
    },
  },
  enable: {
    changes: true,
    units: true,
    run: async (systemd, { units, options }, reply) => {
      const code = await each(systemd, units, reply, async (service) => {
        const { unit } = service;
        for (const line of await systemd.enable(unit)) reply.say('err', `${line}\n`);
        if (unit.wantedBy.length + unit.requiredBy.length + unit.aliases.length === 0)
          reply.say(
            'err',
            `The unit ${unit.name} has no installation config (WantedBy=, RequiredBy=, Alias=): nothing was enabled.\n`,
          );
        return true;
      });
      return code === 0 && options.has('--now') ? startAll(systemd, units, reply, options) : code;
    },
  },
  disable: {
    changes: true,
    units: true,
    run: (systemd, { units, options }, reply) =>
      each(systemd, units, reply, async (service) => {
        for (const line of await systemd.disable(service.unit)) reply.say('err', `${line}\n`);
        if (options.has('--now')) await service.stop();
        return true;
      }),
  },
  mask: { changes: true, units: true, run: (systemd, { units }, reply) => masks(systemd, units, true, reply) },
  unmask: { changes: true, units: true, run: (systemd, { units }, reply) => masks(systemd, units, false, reply) },
  'daemon-reload': { changes: true, run: (systemd) => systemd.reloadUnits().then(() => 0) },
  'daemon-reexec': { changes: true, run: (systemd) => systemd.reloadUnits().then(() => 0) },
  'reset-failed': {
    changes: true,
    run: async (systemd, { units }) => {
      for (const service of systemd.services())
        if (units.length === 0 || units.includes(service.unit.name)) service.resetFailed();
      return 0;
    },
  },
  kill: {
    changes: true,
    units: true,
    run: (systemd, { units, values }, reply) =>
      each(systemd, units, reply, async (service) => {
        await service.signal(
          signalNumber(values.get('--signal') ?? 'SIGTERM'),
          (values.get('--kill-whom') ?? 'all') === 'all',
        );
        return true;
      }),
  },
  'is-active': {
    units: true,
    run: (systemd, { units, options }, reply) =>
      showStates(systemd, units, reply, options, (state) => state === 'active' || state === 'reloading', 3),
  },
  'is-failed': {
    units: true,
    run: (systemd, { units, options }, reply) =>
      showStates(systemd, units, reply, options, (state) => state === 'failed', 1),
  },
  'is-enabled': {
    units: true,
    run: async (systemd, { units, options }, reply) => {
      const found = await Promise.all(units.map((unit) => systemd.isEnabled(unit)));
      for (const [index, state] of found.entries()) {
        if (state === 'absent')
          reply.say('err', `Failed to get unit file state for ${units[index]}: No such file or directory\n`);
        else if (!options.has('--quiet') && !options.has('-q')) reply.say('out', `${state}\n`);
      }
      return found.some((state) => state === 'enabled' || state === 'static') ? 0 : 1;
    },
  },
  'is-system-running': {
    run: async (systemd, _, reply) => {
      const degraded = systemd.services().some((service) => service.status.active === 'failed');
      reply.say('out', degraded ? 'degraded\n' : 'running\n');
      return degraded ? 1 : 0;
    },
  },
  status: { units: true, run: (systemd, { units }, reply) => showStatus(systemd, units, reply) },
  show: { units: true, run: (systemd, request, reply) => showProperties(systemd, request, reply) },
  cat: {
    units: true,
    run: async (systemd, { units }, reply) => {
      for (const unit of units) {
        const files = await systemd.files(unit);
        if (files.length === 0) return refuse(reply, `No files found for ${unit}.`);
        for (const [path, text] of files) reply.say('out', `# ${path}\n${text}\n`);
      }
      return 0;
    },
  },
  'list-units': {
    run: async (systemd, _, reply) => {
      for (const { unit, status } of systemd.services())
        reply.say('out', `${unit.name} loaded ${status.active} ${status.sub} ${unit.description}\n`);
      return 0;
    },
  },
};

async function startAll(
  systemd: Systemd,
  units: readonly string[],
  reply: Reply,
  options: ReadonlySet<string>,
): Promise<number> {
  let code = 0;
  for (const unit of units) {
    const starting = systemd.start(unit);
    if (options.has('--no-block')) {
      // Nobody waits: what comes of it is in the journal, or the instance is gone.
      starting.catch(() => undefined);
      continue;
    }
    const { up, reason } = await starting;
    if (up) continue;
    reply.say('err', `${reason?.startsWith('Unit') ? `Failed to start ${unit}: ` : ''}${reason ?? ''}\n`);
    code = reason?.endsWith('not found.') ? 5 : 1;
  }
  return code;
}

async function each(
  systemd: Systemd,
  units: readonly string[],
  reply: Reply,
  act: (service: Service) => Promise<boolean>,
): Promise<number> {
  let code = 0;
  for (const unit of units) {
    const found = await systemd.find(unit);
    if (found.kind === 'supplied') continue;
    if (found.kind !== 'service') {
      reply.say('err', `Failed to do that with ${unit}: ${reasonOf(found, unit)}\n`);
      code = found.kind === 'absent' ? 5 : 1;
    } else if (!(await act(found.service))) {
      reply.say('err', `Job for ${unit} failed. See "journalctl -xeu ${unit}".\n`);
      code = 1;
    }
  }
  return code;
}

async function stopped(service: Service): Promise<boolean> {
  await service.stop();
  return true;
}

async function masks(systemd: Systemd, units: readonly string[], masked: boolean, reply: Reply): Promise<number> {
  for (const unit of units)
    if (!(await systemd.mask(unit, masked)))
      return refuse(reply, `Failed to mask unit: File '/etc/systemd/system/${unit}' already exists.`);
  return 0;
}
