import { parseCommands, type Specifiers } from './command-line.ts';
import type { ServiceUnit } from './service-unit.ts';
import { parseTimeSpan, splitWords } from './unit-file.ts';

/** A unit while its file is being read. */
export type ServiceDraft = { -readonly [Key in keyof ServiceUnit]: ServiceUnit[Key] };
/** What an assignment does to it; throws where the value is none. */
type Setting = (unit: ServiceDraft, value: string, context: { specifiers: Specifiers }) => void;

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

export const settings: Readonly<Record<string, Readonly<Record<string, Setting>>>> = {
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
export const silent = new Set([
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

/** Known to systemd and not carried out: named in the log. */
export const notCarriedOut = new Set([
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
