import type { Question } from '../guest.ts';
import { signalNumber } from './ending.ts';
import { reasonOf, type Systemd } from './manager.ts';
import type { Service } from './service.ts';

/** What was asked for: verb, units and options, or what of it is not known. */
interface Request {
  readonly verb: string;
  readonly units: readonly string[];
  readonly options: ReadonlySet<string>;
  readonly values: ReadonlyMap<string, string>;
}

type Reply = Pick<Question, 'say'>;

const flags = new Set([
  '--now',
  '--quiet',
  '-q',
  '--no-block',
  '--no-pager',
  '--system',
  '--force',
  '-f',
  '--full',
  '-l',
  '--all',
  '-a',
  '--plain',
  '--no-legend',
  '--no-reload',
  '--wait',
  '--value',
  '--failed',
  '--runtime',
]);
const valued = new Map([
  ['-p', '--property'],
  ['--property', '--property'],
  ['-s', '--signal'],
  ['--signal', '--signal'],
  ['--kill-who', '--kill-whom'],
  ['--kill-whom', '--kill-whom'],
  ['-n', '--lines'],
  ['--lines', '--lines'],
  ['-o', '--output'],
  ['--output', '--output'],
  ['-t', '--type'],
  ['--type', '--type'],
  ['--state', '--state'],
]);

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
  const request = parse(words);
  if (typeof request === 'string') return refuse(reply, request);
  const verb = verbs[request.verb];
  if (!verb) return refuse(reply, `the verb '${request.verb}' is not carried out in a rehearsal`);
  if (verb.changes && uid !== 0) return refuse(reply, 'Access denied: only root may do that');
  if (verb.units && request.units.length === 0) return refuse(reply, 'Too few arguments.');
  return verb.run(systemd, request, reply);
}

function parse(words: readonly string[]): Request | string {
  const options = new Set<string>();
  const values = new Map<string, string>();
  const plain: string[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at]!;
    const [name = word, attached] = word.startsWith('--') ? word.split(/=(.*)/s) : [word];
    if (!word.startsWith('-') || word === '-') plain.push(word);
    else if (flags.has(word)) options.add(word);
    else if (valued.has(name)) {
      const value = attached ?? words[at + 1];
      if (attached === undefined) at += 1;
      if (value === undefined) return `option ${name} needs a value`;
      values.set(valued.get(name)!, value);
    } else return `option ${word} is not carried out in a rehearsal`;
  }
  const [verb = 'list-units', ...units] = plain;
  return { verb, units: units.map((unit) => (/\.[a-z]+$/.test(unit) ? unit : `${unit}.service`)), options, values };
}

function refuse(reply: Reply, text: string): number {
  reply.say('err', `systemctl: ${text}\n`);
  return 1;
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
      states(systemd, units, reply, options, (state) => state === 'active' || state === 'reloading', 3),
  },
  'is-failed': {
    units: true,
    run: (systemd, { units, options }, reply) =>
      states(systemd, units, reply, options, (state) => state === 'failed', 1),
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

async function states(
  systemd: Systemd,
  units: readonly string[],
  reply: Reply,
  options: ReadonlySet<string>,
  holds: (state: string) => boolean,
  otherwise: number,
): Promise<number> {
  let any = false;
  for (const unit of units) {
    const found = await systemd.find(unit);
    const state =
      found.kind === 'service' ? found.service.status.active : found.kind === 'supplied' ? 'active' : 'inactive';
    if (!options.has('--quiet') && !options.has('-q')) reply.say('out', `${state}\n`);
    any ||= holds(state);
  }
  return any ? 0 : otherwise;
}

async function showStatus(systemd: Systemd, units: readonly string[], reply: Reply): Promise<number> {
  let code = 0;
  for (const name of units) {
    const found = await systemd.find(name);
    if (found.kind === 'supplied') {
      reply.say('out', `● ${name}\n     Active: active (the region itself stands for it)\n`);
      continue;
    }
    if (found.kind !== 'service') {
      reply.say('err', `${reasonOf(found, name)}\n`);
      code = 4;
      continue;
    }
    const { unit, status } = found.service;
    const enabled = await systemd.isEnabled(name);
    const [path = ''] = (await systemd.files(name))[0] ?? [];
    reply.say(
      'out',
      `● ${name}${unit.description === name ? '' : ` - ${unit.description}`}\n     Loaded: loaded (${path}; ${enabled})\n     Active: ${status.active} (${status.sub}) since ${new Date(status.since).toISOString()}\n`,
    );
    if (status.mainPid > 0) reply.say('out', `   Main PID: ${status.mainPid}\n`);
    if (status.active === 'failed')
      reply.say(
        'out',
        `     Result: ${status.result}${status.ending?.code === undefined || status.ending.code === null ? '' : ` (status ${status.ending.code})`}\n`,
      );
    if (status.text !== '') reply.say('out', `     Status: "${status.text}"\n`);
    if (status.active !== 'active' && status.active !== 'reloading') code = Math.max(code, 3);
  }
  return code;
}

async function showProperties(systemd: Systemd, { units, values, options }: Request, reply: Reply): Promise<number> {
  for (const name of units) {
    const found = await systemd.find(name);
    const status = found.kind === 'service' ? found.service.status : undefined;
    const properties: Readonly<Record<string, string>> = {
      Id: name,
      LoadState:
        found.kind === 'absent'
          ? 'not-found'
          : found.kind === 'masked'
            ? 'masked'
            : found.kind === 'invalid'
              ? 'bad-setting'
              : 'loaded',
      ActiveState: status?.active ?? (found.kind === 'supplied' ? 'active' : 'inactive'),
      SubState: status?.sub ?? (found.kind === 'supplied' ? 'running' : 'dead'),
      Result: status?.result ?? 'success',
      MainPID: String(status?.mainPid ?? 0),
      NRestarts: String(status?.restarts ?? 0),
      ExecMainStatus: String(status?.ending?.code ?? 0),
      UnitFileState: await systemd.isEnabled(name).then((state) => (state === 'absent' ? '' : state)),
    };
    const wanted = values.get('--property')?.split(',') ?? Object.keys(properties);
    for (const property of wanted) {
      const value = properties[property];
      if (value === undefined) return refuse(reply, `the property ${property} is not known in a rehearsal`);
      reply.say('out', options.has('--value') ? `${value}\n` : `${property}=${value}\n`);
    }
  }
  return 0;
}
