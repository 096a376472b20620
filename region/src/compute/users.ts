import { readlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { Base } from './base.ts';
import type { Ground } from './ground.ts';
import type { Launcher } from './launcher.ts';

/** Whom the instances' root is on the host. */
export type InstanceUsers =
  /** A user of a range that nobody else has; `namespace` is the file of the user namespace that instances join. */
  | { readonly kind: 'own'; readonly first: number; readonly namespace: string }
  /** The user who made the region, in whose user namespace the instances are. */
  | { readonly kind: 'ordinary' }
  /** The host's root, with the rights of `keptCapabilities`; why it is so. */
  | { readonly kind: 'host'; readonly reason: string };

/** Gives the instances users of their own where the kernel can: from Linux 6.3 on, which shifts owners on a tmpfs too. */
export async function usersOfInstances(
  ground: Ground,
  base: Base,
  folder: string,
  launcher: Launcher,
): Promise<InstanceUsers> {
  if (ground.rootless) return { kind: 'ordinary' };
  const namespace = join(folder, 'users');
  const first = firstUser();
  try {
    await launcher.makeUsers(namespace, first, [...base.rest, ...base.usr, ground.state]);
    return { kind: 'own', first, namespace };
  } catch (error) {
    return { kind: 'host', reason: (error as Error).message };
  }
}

/** Ids of a range of users: as many as a machine of its own has without further settings. */
const usersOfRange = 65_536;

/**
 * The first of the ids on the host that the instances of a region made by root have for their own: 0 inside is this one outside.
 *
 * Ranges are taken from 0x70000000 to 0x7FFDFFFF, which distributions leave to nobody. The number of the region's own mount
 * namespace, which no two living namespaces share, says which one. Nothing on a disk depends on it: layers are kept with the owners
 * that an instance sees.
 *
 * https://systemd.io/UIDS-GIDS/
 */
export function firstUser(mountNamespace: string = readlinkSync('/proc/self/ns/mnt')): number {
  const number = Number(/^mnt:\[(\d+)\]$/.exec(mountNamespace)?.[1]);
  if (!Number.isSafeInteger(number)) throw new Error(`${mountNamespace} is no mount namespace`);
  return lowest + (number % ranges) * usersOfRange;
}

const lowest = 0x7000_0000;
const ranges = (0x7ffe_0000 - lowest) / usersOfRange;
