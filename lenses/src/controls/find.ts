import type { Inventory, Resource, ResourceKey } from '@terrace/cloud/inventory';

/** The resource that stated something; `undefined` for what AWS supplies. */
export function resourceOf(inventory: Inventory, key: ResourceKey | null): Resource | undefined {
  return key === null ? undefined : inventory.resources.find((each) => each.key === key);
}

/** Fewer addresses than a /8 were chosen by somebody, and are not the internet. */
const aWorld = 2 ** 24;

/** Whether an end of an answer, as `0.0.0.0/0`, `1.0.0.0-9.255.255.255` or one of IPv6, is the internet at large. */
export function isWide(addresses: string): boolean {
  const [from, to] = addresses.split(/[-/]/);
  if (from === '0.0.0.0' && to === '0') return true;
  if (addresses.includes(':')) return true;
  return to?.includes('.') === true && number(to) - number(from ?? '') + 1 >= aWorld;
}

function number(address: string): number {
  return address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
}
