import { accountsScript, keyLines, passwordsScript } from './accounts.ts';
import type { CloudConfig } from './cloud-config.ts';
import { quoted, shellScript, writing } from './shell.ts';
import { writeFilesScript } from './write-files.ts';

/** One module of cloud-init with something to do: a script for the instance's root, or why there is none. */
export type Step =
  | { readonly module: string; readonly script: string }
  | { readonly module: string; readonly reason: string };

/** What a step needs to know of the image. */
export interface StepImage {
  readonly user: string;
  readonly packageTool: 'dnf' | 'yum' | 'apt-get';
  /** Folder of the instance's own files below /var/lib/cloud. */
  readonly folder: string;
}

/** Steps before user scripts run, and the one after them, in cloud-init's order. */
export interface BootSteps {
  /** At every boot. */
  readonly everyBoot: readonly Step[];
  readonly once: readonly Step[];
  readonly runsScripts: boolean;
  /** User scripts run at every boot, by `cloud_final_modules`. */
  readonly scriptsEveryBoot: boolean;
  readonly message: string | null;
}

/**
 * The steps of a cloud-config, in the order of cloud-init's own list of modules.
 *
 * https://cloudinit.readthedocs.io/en/latest/reference/modules.html
 */
export function stepsOf(config: CloudConfig, image: StepImage): BootSteps {
  const steps: Step[] = [];
  const step = (module: string, keys: readonly string[], make: () => string) => {
    if (!keys.some((key) => config[key] !== undefined)) return;
    try {
      const script = make();
      if (script !== '')
        steps.push({ module, script: endsAtFirstError.includes(module) ? `set -e\n${script}` : script });
    } catch (error) {
      steps.push({ module, reason: (error as Error).message });
    }
  };
  const final = finalModules(config.cloud_final_modules);
  step('bootcmd', ['bootcmd'], () => shellScript(config.bootcmd));
  const everyBoot = steps.splice(0);
  step('write_files', ['write_files'], () => writeFilesScript(config.write_files, false));
  step('set_hostname', ['hostname', 'fqdn'], () => hostnameScript(config, image));
  step('users_groups', ['users', 'groups'], () => accountsScript(config, image.user));
  step('ssh', ['ssh_authorized_keys'], () => ownKeysScript(config.ssh_authorized_keys, image.user));
  step('set_passwords', ['chpasswd', 'password'], () => passwordsScript(config, image.user));
  step('locale', ['locale'], () => localeScript(String(config.locale), image));
  step('timezone', ['timezone'], () => timezoneScript(String(config.timezone), image));
  step('runcmd', ['runcmd'], () => {
    const path = `${image.folder}/scripts/runcmd`;
    return `${writing(path, Buffer.from(shellScript(config.runcmd)))}chmod 700 ${path}\n`;
  });
  if (final.has('package_update_upgrade_install'))
    step('package_update_upgrade_install', ['packages', 'package_update', 'package_upgrade'], () =>
      packagesScript(config, image),
    );
  if (final.has('write_files_deferred'))
    step('write_files_deferred', ['write_files'], () => writeFilesScript(config.write_files, true));
  return {
    everyBoot,
    once: steps,
    runsScripts: final.has('scripts_user'),
    scriptsEveryBoot: final.get('scripts_user') === 'always',
    message: config.final_message === undefined ? null : String(config.final_message),
  };
}

/** The others are scripts of the user's own, or go on by themselves. */
const endsAtFirstError = [
  'write_files',
  'write_files_deferred',
  'set_hostname',
  'users_groups',
  'ssh',
  'timezone',
  'locale',
  'runcmd',
];

/** Modules of the last stage with how often each runs. A list of one's own leaves out all that it does not name. */
function finalModules(given: unknown): ReadonlyMap<string, string> {
  const all = ['package_update_upgrade_install', 'write_files_deferred', 'scripts_user'];
  const named = Array.isArray(given) ? (given as unknown[]) : all;
  return new Map(
    named.map((each) => {
      const [name, frequency] = Array.isArray(each) ? each : [each, undefined];
      return [String(name).replaceAll('-', '_'), String(frequency ?? 'once-per-instance')];
    }),
  );
}

/** https://cloudinit.readthedocs.io/en/latest/reference/modules.html#set-hostname */
function hostnameScript(config: CloudConfig, { packageTool }: StepImage): string {
  if (config.preserve_hostname === true) return '';
  const given = String(config.hostname ?? '');
  const full = String(config.fqdn ?? (given.includes('.') ? given : ''));
  const short = (given === '' ? full : given).split('.')[0] ?? '';
  const prefersFull = config.prefer_fqdn_over_hostname ?? packageTool !== 'apt-get';
  const name = prefersFull === true && full !== '' ? full : short;
  const lines = [`hostnamectl set-hostname ${quoted(name)}`];
  const hosts = config.manage_etc_hosts;
  if (hosts !== undefined && hosts !== false) {
    const own = packageTool === 'apt-get' || hosts === 'localhost' ? '127.0.1.1' : '127.0.0.1';
    lines.push(`printf '%s\\n' ${quoted(`${own} ${full === '' ? short : `${full} ${short}`}`)} >>/etc/hosts`);
  }
  return lines.map((line) => `${line}\n`).join('');
}

function ownKeysScript(keys: unknown, user: string): string {
  const each = Array.isArray(keys) ? keys.map(String) : [String(keys)];
  return keyLines(user, `/home/${user}`, each)
    .map((line) => `${line}\n`)
    .join('');
}

/** https://cloudinit.readthedocs.io/en/latest/reference/modules.html#timezone */
function timezoneScript(zone: string, { packageTool }: StepImage): string {
  const file = quoted(`/usr/share/zoneinfo/${zone}`);
  return [
    `[ -f ${file} ] || { echo ${quoted(`Invalid timezone ${zone}, no file found at /usr/share/zoneinfo/${zone}`)}; exit 1; }\n`,
    `ln -sfn ${file} /etc/localtime\n`,
    ...(packageTool === 'apt-get' ? [`printf '%s\\n' ${quoted(zone)} >/etc/timezone\n`] : []),
  ].join('');
}

function localeScript(locale: string, { packageTool }: StepImage): string {
  const file = packageTool === 'apt-get' ? '/etc/default/locale' : '/etc/locale.conf';
  return `mkdir -p /etc/default\nprintf '%s\\n' ${quoted(`LANG=${locale}`)} >${file}\n`;
}

/**
 * Each command runs whatever became of the one before it; the step fails where one did.
 *
 * https://cloudinit.readthedocs.io/en/latest/reference/modules.html#package-update-upgrade-install
 */
function packagesScript(config: CloudConfig, { packageTool: tool }: StepImage): string {
  const packages = packagesOf(config.packages, tool);
  const isApt = tool === 'apt-get';
  const updates = config.package_update === true || config.package_upgrade === true || (isApt && packages.length > 0);
  const commands = [
    ...(updates ? [[tool, '-y', isApt ? 'update' : 'makecache']] : []),
    ...(config.package_upgrade === true ? [[tool, '-y', isApt ? 'dist-upgrade' : 'upgrade']] : []),
    ...(packages.length === 0 ? [] : [[tool, '-y', 'install', ...packages]]),
  ];
  const lines = commands.map((words) => `${words.map(quoted).join(' ')} || failed=$?`);
  return `failed=0\nexport DEBIAN_FRONTEND=noninteractive\n${lines.join('\n')}\nexit $failed\n`;
}

/** Names, pairs of a name and a version, and lists below the name of a package manager. */
function packagesOf(given: unknown, tool: StepImage['packageTool']): string[] {
  if (given === undefined || given === null) return [];
  if (!Array.isArray(given)) throw new Error('packages is a list');
  return given.flatMap((each): string[] => {
    if (typeof each === 'string') return [each];
    if (Array.isArray(each)) return [each.map(String).join(tool === 'apt-get' ? '=' : '-')];
    const [manager, names] = Object.entries((each ?? {}) as Record<string, unknown>)[0] ?? [];
    if (manager === 'apt' && tool === 'apt-get') return packagesOf(names, tool);
    throw new Error(`packages: ${JSON.stringify(each)} is not carried out in a rehearsal`);
  });
}
