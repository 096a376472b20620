import { reasonOf, type Systemd } from './manager.ts';
import { type Reply, type Request, refuse } from './systemctl-request.ts';

/** `is-active` and `is-failed`: a line for each unit; 0 where one of them is so. */
export async function showStates(
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

/** `status`. */
export async function showStatus(systemd: Systemd, units: readonly string[], reply: Reply): Promise<number> {
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

/** `show`: properties in the words of systemd's own. */
export async function showProperties(
  systemd: Systemd,
  { units, values, options }: Request,
  reply: Reply,
): Promise<number> {
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
