import { type Command, expandSpecifiers } from './command-line.ts';
import { notCarriedOut, type ServiceDraft, settings, silent } from './service-settings.ts';
import { parseUnitFile } from './unit-file.ts';

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

/**
 * A unit from the text of its file and its drop-ins, in that order. Throws an `Error` with the line that systemd, too, would
 * refuse the unit for.
 *
 * https://www.freedesktop.org/software/systemd/man/latest/systemd.service.html
 */
export function parseServiceUnit(name: string, texts: readonly string[]): ServiceUnit {
  const unit: ServiceDraft = { ...defaults(name), remarks: [] };
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
