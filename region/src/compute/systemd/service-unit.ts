import { parseTimeSpan, parseUnitFile, splitWords } from './unit-file.ts';

/** A command line of a unit, its prefixes taken off; variables are still in it. */
export interface Command {
  readonly words: readonly string[];
  /** `-`: a failure counts as success. */
  readonly mayFail: boolean;
  /** `:`: no variables are put in. */
  readonly literal: boolean;
  /** `+`, `!` or `!!`: `User=` does not hold. */
  readonly privileged: boolean;
}

export type Restart = 'no' | 'always' | 'on-success' | 'on-failure' | 'on-abnormal' | 'on-abort' | 'on-watchdog';

/** What a `.service` unit says, as far as it is carried out here. Times are in milliseconds. */
export interface ServiceUnit {
  readonly name: string;
  readonly description: string;
  readonly after: readonly string[];
  readonly requires: readonly string[];
  readonly wants: readonly string[];
  readonly conditions: readonly {
    readonly kind: 'condition' | 'assert';
    readonly path: string;
    readonly absent: boolean;
  }[];
  readonly startLimitInterval: number;
  readonly startLimitBurst: number;
  readonly type: 'simple' | 'exec' | 'forking' | 'oneshot' | 'notify';
  readonly condition: readonly Command[];
  readonly startPre: readonly Command[];
  readonly start: readonly Command[];
  readonly startPost: readonly Command[];
  readonly reload: readonly Command[];
  readonly stop: readonly Command[];
  readonly stopPost: readonly Command[];
  readonly restart: Restart;
  readonly restartDelay: number;
  readonly startTimeout: number;
  readonly stopTimeout: number;
  readonly user: string | null;
  readonly dynamicUser: boolean;
  readonly group: string | null;
  readonly workingFolder: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly environmentFiles: readonly { readonly path: string; readonly optional: boolean }[];
  readonly pidFile: string | null;
  readonly killSignal: string;
  readonly killMode: 'control-group' | 'mixed' | 'process' | 'none';
  readonly remainAfterExit: boolean;
  readonly standardOutput: string;
  readonly umask: string;
  readonly limits: readonly {
    readonly resource: number;
    readonly name: string;
    readonly soft: string;
    readonly hard: string;
  }[];
  readonly successCodes: readonly (number | string)[];
  readonly folders: readonly { readonly path: string; readonly mode: string }[];
  readonly wantedBy: readonly string[];
  readonly requiredBy: readonly string[];
  readonly aliases: readonly string[];
  readonly also: readonly string[];
  /** What of the file is not carried out, by name, for the instance's log. */
  readonly remarks: readonly string[];
}

type Draft = { -readonly [Key in keyof ServiceUnit]: ServiceUnit[Key] };
type Setting = (unit: Draft, value: string, context: { specifiers: Specifiers }) => void;
type Specifiers = (text: string) => string;

/**
 * A unit from the text of its file and its drop-ins, in that order. Throws an `Error` with the line that systemd, too, would
 * refuse the unit for.
 *
 * https://www.freedesktop.org/software/systemd/man/latest/systemd.service.html
 */
export function parseServiceUnit(name: string, texts: readonly string[]): ServiceUnit {
  const unit: Draft = { ...defaults(name), remarks: [] };
  const remark = (text: string) => {
    unit.remarks = [...unit.remarks, `${name}: ${text}`];
  };
  const specifiers = (text: string) => expandSpecifiers(text, name);
  let typeStated = false;
  for (const file of texts.map(parseUnitFile)) {
    for (const each of file.remarks) remark(each);
    for (const { section, key, value, line } of file.assignments) {
      if (section.startsWith('X-') || key.startsWith('X-')) continue;
      const setting = settings[section]?.[key];
      if (key === 'Type') typeStated = true;
      if (setting) {
        try {
          setting(unit, value, { specifiers });
        } catch (error) {
          throw new Error(`line ${line}: ${key}=${value}: ${(error as Error).message}`);
        }
      } else if (silent.has(key)) continue;
      else if (notCarriedOut.has(key)) remark(`line ${line}: ${key}= is not carried out in a rehearsal`);
      else remark(`line ${line}: unknown key '${key}' in section [${section}], ignored`);
    }
  }
  if (!typeStated && unit.start.length === 0) unit.type = 'oneshot';
  if (unit.start.length === 0 && !(unit.type === 'oneshot' && unit.remainAfterExit) && unit.stop.length === 0)
    throw new Error('Service has no ExecStart=, ExecStop=, or SuccessAction=. Refusing.');
  if (unit.start.length > 1 && unit.type !== 'oneshot')
    throw new Error(
      'Service has more than one ExecStart= setting, which is only allowed for Type=oneshot services. Refusing.',
    );
  if (unit.type === 'oneshot' && (unit.restart === 'always' || unit.restart === 'on-success'))
    throw new Error(`Service has Restart=${unit.restart}, which is not allowed for Type=oneshot services. Refusing.`);
  if (unit.type === 'oneshot' && unit.startTimeout === 90_000) unit.startTimeout = Number.POSITIVE_INFINITY;
  return unit;
}

function defaults(name: string): ServiceUnit {
  return {
    name,
    description: name,
    after: [],
    requires: [],
    wants: [],
    conditions: [],
    startLimitInterval: 10_000,
    startLimitBurst: 5,
    type: 'simple',
    condition: [],
    startPre: [],
    start: [],
    startPost: [],
    reload: [],
    stop: [],
    stopPost: [],
    restart: 'no',
    restartDelay: 100,
    startTimeout: 90_000,
    stopTimeout: 90_000,
    user: null,
    dynamicUser: false,
    group: null,
    workingFolder: '/',
    environment: {},
    environmentFiles: [],
    pidFile: null,
    killSignal: 'SIGTERM',
    killMode: 'control-group',
    remainAfterExit: false,
    standardOutput: 'journal',
    umask: '0022',
    limits: [],
    successCodes: [],
    folders: [],
    wantedBy: [],
    requiredBy: [],
    aliases: [],
    also: [],
    remarks: [],
  };
}

const list =
  (key: 'after' | 'requires' | 'wants' | 'wantedBy' | 'requiredBy' | 'aliases' | 'also'): Setting =>
  (unit, value, { specifiers }) => {
    unit[key] = value === '' ? [] : [...unit[key], ...splitWords(value).map(specifiers)];
  };

const commands =
  (key: 'condition' | 'startPre' | 'start' | 'startPost' | 'reload' | 'stop' | 'stopPost'): Setting =>
  (unit, value, { specifiers }) => {
    unit[key] = value === '' ? [] : [...unit[key], ...parseCommands(value, specifiers)];
  };

const time =
  (...keys: ('startTimeout' | 'stopTimeout' | 'restartDelay' | 'startLimitInterval')[]): Setting =>
  (unit, value) => {
    const span = parseTimeSpan(value);
    if (span === undefined) throw new Error('not a time span');
    for (const key of keys)
      unit[key] =
        span === 0 && key !== 'restartDelay' && key !== 'startLimitInterval' ? Number.POSITIVE_INFINITY : span;
  };

const folder =
  (root: string): Setting =>
  (unit, value, { specifiers }) => {
    const made = splitWords(value).map((path) => ({ path: `${root}/${specifiers(path)}`, mode: '0755' }));
    unit.folders = [...unit.folders, ...made];
  };

const condition =
  (kind: 'condition' | 'assert'): Setting =>
  (unit, value, { specifiers }) => {
    const absent = value.startsWith('!');
    unit.conditions = [...unit.conditions, { kind, path: specifiers(value.replace(/^!/, '')), absent }];
  };

function oneOf<Value extends string>(value: string, ...known: readonly Value[]): Value {
  const found = known.find((each) => each === value);
  if (found === undefined) throw new Error(`not one of ${known.join(', ')}`);
  return found;
}

function truth(value: string): boolean {
  if (/^(1|yes|true|on|y|t)$/i.test(value)) return true;
  if (/^(0|no|false|off|n|f)$/i.test(value)) return false;
  throw new Error('neither yes nor no');
}

/** Numbers of <sys/resource.h>. */
const resources = {
  CPU: 0,
  FSIZE: 1,
  DATA: 2,
  STACK: 3,
  CORE: 4,
  RSS: 5,
  NPROC: 6,
  NOFILE: 7,
  MEMLOCK: 8,
  AS: 9,
} as const;

function limit(name: keyof typeof resources): Setting {
  return (unit, value) => {
    const [soft, hard = soft] = value.split(':').map((each) => (each === 'infinity' ? '18446744073709551615' : each));
    if (soft === undefined || hard === undefined || !/^\d+$/.test(soft) || !/^\d+$/.test(hard))
      throw new Error('not a number');
    unit.limits = [...unit.limits, { resource: resources[name], name: `Limit${name}`, soft, hard }];
  };
}

const settings: Readonly<Record<string, Readonly<Record<string, Setting>>>> = {
  Unit: {
    Description: (unit, value, { specifiers }) => {
      unit.description = specifiers(value);
    },
    After: list('after'),
    Requires: list('requires'),
    BindsTo: list('requires'),
    Wants: list('wants'),
    ConditionPathExists: condition('condition'),
    AssertPathExists: condition('assert'),
    StartLimitIntervalSec: time('startLimitInterval'),
    StartLimitInterval: time('startLimitInterval'),
    StartLimitBurst: (unit, value) => {
      unit.startLimitBurst = Number(value);
    },
  },
  Install: { WantedBy: list('wantedBy'), RequiredBy: list('requiredBy'), Alias: list('aliases'), Also: list('also') },
  Service: {
    Type: (unit, value) => {
      unit.type = oneOf(value, 'simple', 'exec', 'forking', 'oneshot', 'notify');
    },
    ExecCondition: commands('condition'),
    ExecStartPre: commands('startPre'),
    ExecStart: commands('start'),
    ExecStartPost: commands('startPost'),
    ExecReload: commands('reload'),
    ExecStop: commands('stop'),
    ExecStopPost: commands('stopPost'),
    Restart: (unit, value) => {
      unit.restart = oneOf(value, 'no', 'always', 'on-success', 'on-failure', 'on-abnormal', 'on-abort', 'on-watchdog');
    },
    RestartSec: time('restartDelay'),
    TimeoutStartSec: time('startTimeout'),
    TimeoutStopSec: time('stopTimeout'),
    TimeoutSec: time('startTimeout', 'stopTimeout'),
    User: (unit, value, { specifiers }) => {
      unit.user = specifiers(value) || null;
    },
    DynamicUser: (unit, value) => {
      unit.dynamicUser = truth(value);
    },
    Group: (unit, value, { specifiers }) => {
      unit.group = specifiers(value) || null;
    },
    WorkingDirectory: (unit, value, { specifiers }) => {
      unit.workingFolder = specifiers(value) || '/';
    },
    Environment: (unit, value, { specifiers }) => {
      const given = splitWords(value).map((word) => specifiers(word).split(/=(.*)/s));
      unit.environment =
        value === ''
          ? {}
          : { ...unit.environment, ...Object.fromEntries(given.map(([key, text]) => [key, text ?? ''])) };
    },
    EnvironmentFile: (unit, value, { specifiers }) => {
      const file = { path: specifiers(value.replace(/^-/, '')), optional: value.startsWith('-') };
      unit.environmentFiles = value === '' ? [] : [...unit.environmentFiles, file];
    },
    PIDFile: (unit, value, { specifiers }) => {
      const path = specifiers(value);
      unit.pidFile = path === '' ? null : path.startsWith('/') ? path : `/run/${path}`;
    },
    KillSignal: (unit, value) => {
      unit.killSignal = /^\d+$/.test(value) ? value : `SIG${value.replace(/^SIG/, '')}`;
    },
    KillMode: (unit, value) => {
      unit.killMode = oneOf(value, 'control-group', 'mixed', 'process', 'none');
    },
    RemainAfterExit: (unit, value) => {
      unit.remainAfterExit = truth(value);
    },
    StandardOutput: (unit, value, { specifiers }) => {
      const text = specifiers(value).replace(/^(file|append|truncate):/, (_, kind) =>
        kind === 'append' ? 'append:' : 'truncate:',
      );
      if (!/^(journal|inherit|null|syslog|journal\+console|append:\/.*|truncate:\/.*)$/.test(text))
        throw new Error('not carried out in a rehearsal');
      unit.standardOutput = text;
    },
    StandardError: (_, value) => {
      if (!/^(journal|inherit|syslog|journal\+console|append:.*|file:.*|null)$/.test(value))
        throw new Error('not carried out in a rehearsal');
    },
    UMask: (unit, value) => {
      unit.umask = value;
    },
    SuccessExitStatus: (unit, value) => {
      unit.successCodes = [
        ...unit.successCodes,
        ...splitWords(value).map((each) => (/^\d+$/.test(each) ? Number(each) : each)),
      ];
    },
    RuntimeDirectory: folder('/run'),
    StateDirectory: folder('/var/lib'),
    CacheDirectory: folder('/var/cache'),
    LogsDirectory: folder('/var/log'),
    ConfigurationDirectory: folder('/etc'),
    ...Object.fromEntries(
      Object.keys(resources).map((name) => [`Limit${name}`, limit(name as keyof typeof resources)]),
    ),
  },
};

/** Has no effect that anyone could see here. */
const silent = new Set([
  'Documentation',
  'Before',
  'DefaultDependencies',
  'SyslogIdentifier',
  'SyslogFacility',
  'SyslogLevel',
  'NotifyAccess',
  'GuessMainPID',
  'OOMScoreAdjust',
  'Nice',
  'IgnoreSIGPIPE',
  'StandardInput',
  'SourcePath',
  'Slice',
  'TasksAccounting',
  'MemoryAccounting',
  'CPUAccounting',
  'CollectMode',
  'RuntimeDirectoryMode',
  'StateDirectoryMode',
  'RuntimeDirectoryPreserve',
]);

const notCarriedOut = new Set([
  'PrivateTmp',
  'PrivateDevices',
  'PrivateNetwork',
  'ProtectSystem',
  'ProtectHome',
  'ProtectKernelTunables',
  'ProtectKernelModules',
  'ProtectKernelLogs',
  'ProtectControlGroups',
  'ProtectClock',
  'ProtectHostname',
  'ProtectProc',
  'NoNewPrivileges',
  'CapabilityBoundingSet',
  'AmbientCapabilities',
  'ReadWritePaths',
  'ReadOnlyPaths',
  'InaccessiblePaths',
  'RestrictAddressFamilies',
  'RestrictNamespaces',
  'RestrictRealtime',
  'RestrictSUIDSGID',
  'LockPersonality',
  'MemoryDenyWriteExecute',
  'SystemCallFilter',
  'SystemCallArchitectures',
  'SecureBits',
  'RemoveIPC',
  'MemoryMax',
  'MemoryHigh',
  'MemoryLimit',
  'CPUQuota',
  'CPUWeight',
  'TasksMax',
  'IOWeight',
  'Delegate',
  'WatchdogSec',
  'OOMPolicy',
  'KeyringMode',
  'SupplementaryGroups',
  'PartOf',
  'Conflicts',
  'OnFailure',
  'BindPaths',
  'SendSIGHUP',
  'FinalKillSignal',
  'RuntimeMaxSec',
]);

function parseCommands(value: string, specifiers: Specifiers): Command[] {
  const groups: string[][] = [[]];
  for (const word of splitWords(value)) {
    if (word === ';') groups.push([]);
    else groups.at(-1)?.push(word);
  }
  return groups
    .filter((words) => words.length > 0)
    .map(([first = '', ...words]) => {
      const prefix = /^[-@:+!|]*/.exec(first)?.[0] ?? '';
      const program = specifiers(first.slice(prefix.length));
      if (!program.startsWith('/') && program.includes('/')) throw new Error(`${program} is not an absolute path`);
      const rest = words.map((word) => specifiers(word));
      return {
        words: [program, ...(prefix.includes('@') ? rest.slice(1) : rest)],
        mayFail: prefix.includes('-'),
        literal: prefix.includes(':'),
        privileged: /[+!]/.test(prefix),
      };
    });
}

/** https://www.freedesktop.org/software/systemd/man/latest/systemd.unit.html#Specifiers */
function expandSpecifiers(text: string, name: string): string {
  const stem = name.replace(/\.[a-z]+$/, '');
  const [prefix = stem, instance = ''] = stem.split(/@(.*)/s);
  const known: Readonly<Record<string, string>> = {
    n: name,
    N: stem,
    p: prefix,
    P: prefix,
    i: instance,
    I: instance.replaceAll('-', '/'),
    t: '/run',
    S: '/var/lib',
    C: '/var/cache',
    L: '/var/log',
    E: '/etc',
    T: '/tmp',
    V: '/var/tmp',
    h: '/root',
    u: 'root',
    U: '0',
    s: '/bin/bash',
    '%': '%',
  };
  return text.replace(/%(.)/gs, (_, letter: string) => {
    const value = known[letter];
    if (value === undefined) throw new Error(`the specifier %${letter} is not carried out in a rehearsal`);
    return value;
  });
}

/**
 * A command's words with variables put in: `${NAME}` within a word, `$NAME` as a word of its own, split at spaces.
 *
 * https://www.freedesktop.org/software/systemd/man/latest/systemd.service.html#Command%20lines
 */
export function expandVariables(command: Command, environment: Readonly<Record<string, string>>): string[] {
  if (command.literal) return [...command.words];
  return command.words.flatMap((word, index) => {
    const alone = /^\$([A-Za-z_][A-Za-z0-9_]*)$/.exec(word);
    if (alone?.[1] !== undefined && index > 0)
      return (environment[alone[1]] ?? '').split(/\s+/).filter((each) => each !== '');
    return word.replace(/\$\$|\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g, (whole, variable?: string) =>
      whole === '$$' ? '$' : (environment[variable ?? ''] ?? ''),
    );
  });
}
