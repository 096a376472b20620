/** A `#cloud-config` document, read: keys of cloud-init's modules. */
export type CloudConfig = Readonly<Record<string, unknown>>;

/** What the documents of a boot's user data come to. */
export interface ReadConfiguration {
  readonly config: CloudConfig;
  /** Why a document was left out, or a key of it is not carried out: each is a failure of the boot. */
  readonly refused: readonly { readonly name: string; readonly reason: string }[];
  /** What cloud-init itself passes over with a warning. */
  readonly warnings: readonly string[];
}

/** Keys that act; `steps.ts` says how. */
export const actingKeys = [
  ...['bootcmd', 'runcmd', 'write_files'],
  ...['packages', 'package_update', 'package_upgrade', 'package_reboot_if_required'],
  ...['users', 'groups', 'ssh_authorized_keys', 'chpasswd', 'password', 'ssh_pwauth'],
  ...['hostname', 'fqdn', 'preserve_hostname', 'prefer_fqdn_over_hostname', 'manage_etc_hosts', 'timezone', 'locale'],
  ...['cloud_final_modules', 'final_message'],
] as const;

/** Keys that have nothing to act on here: disks that have their size, and a shell's access from outside. */
export const idleKeys = [
  ...['growpart', 'resize_rootfs', 'disable_root', 'disable_root_opts', 'ssh_deletekeys', 'ssh_genkeytypes'],
  ...['repo_upgrade', 'repo_upgrade_exclude', 'output', 'ssh_quiet_keygen', 'no_ssh_fingerprints'],
  ...['system_info', 'datasource', 'datasource_list', 'merge_how', 'merge_type'],
] as const;

/** Keys of modules that cloud-init has and this one does not carry out. */
export const refusedKeys = [
  ...['ansible', 'apk_repos', 'apt', 'apt_pipelining', 'apt_sources', 'autoinstall', 'bootstrap', 'byobu_by_default'],
  ...['ca_certs', 'ca-certs', 'chef', 'cloud_config_modules', 'cloud_init_modules', 'device_aliases', 'disk_setup'],
  ...['drivers', 'fan', 'fs_setup', 'grub_dpkg', 'keyboard', 'landscape', 'lxd', 'manage_resolv_conf', 'mcollective'],
  ...['migrate', 'mount_default_fields', 'mounts', 'network', 'ntp', 'phone_home', 'power_state', 'puppet'],
  ...['random_seed', 'repo_releasever', 'resolv_conf', 'rh_subscription', 'rsyslog', 'salt_minion', 'snap'],
  ...['spacewalk', 'ssh', 'ssh_import_id', 'ssh_keys', 'ssh_publish_hostkeys', 'swap', 'ubuntu_advantage'],
  ...['ubuntu_pro', 'updates', 'user', 'vendor_data', 'wireguard', 'yum_repo_dir', 'yum_repos', 'zypper'],
] as const;

/**
 * Reads the documents in their order; a key of a later one replaces an earlier one's, as cloud-init's default merge does. YAML 1.1, as cloud-init reads it:
 * 0644 is octal and yes is true.
 *
 * https://cloudinit.readthedocs.io/en/latest/reference/merging.html
 */
export async function readCloudConfig(
  documents: readonly { readonly name: string; readonly content: string }[],
): Promise<ReadConfiguration> {
  if (documents.length === 0) return { config: {}, refused: [], warnings: [] };
  const { parseYaml } = await import('./parse-yaml.ts');
  let config: CloudConfig = {};
  const refused: { name: string; reason: string }[] = [];
  const warnings: string[] = [];
  for (const { name, content } of documents) {
    const parsed = parseYaml(content);
    const read: unknown = 'value' in parsed ? parsed.value : undefined;
    if ('error' in parsed) refused.push({ name, reason: `Failed loading yaml blob. ${parsed.error}` });
    else if (read === null || read === undefined) warnings.push(`${name}: an empty cloud-config`);
    else if (typeof read !== 'object' || Array.isArray(read))
      refused.push({ name, reason: 'Failed loading yaml blob. A mapping of keys is expected at its top.' });
    else if (documents.length > 1 && ('merge_how' in read || 'merge_type' in read))
      refused.push({ name, reason: 'merge_how is not carried out in a rehearsal: put the keys into one document' });
    else config = { ...config, ...(read as CloudConfig) };
  }
  for (const key of Object.keys(config)) {
    if ((refusedKeys as readonly string[]).includes(key))
      refused.push({ name: key, reason: `${key} of the cloud-config is not carried out in a rehearsal` });
    else if (![...actingKeys, ...idleKeys].some((each) => each === key))
      warnings.push(`Invalid cloud-config provided: Additional properties are not allowed ('${key}' was unexpected)`);
  }
  return { config, refused, warnings };
}
