import type { Command } from './command-line.ts';

type Restart = 'no' | 'always' | 'on-success' | 'on-failure' | 'on-abnormal' | 'on-abort' | 'on-watchdog';

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

/** A unit whose file says nothing: what systemd takes where a setting is not stated. */
export function emptyServiceUnit(name: string): ServiceUnit {
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
