import type { Guest } from '../guest.ts';
import type { PacketFilter } from './packet-filter.ts';

/** A file of the instance's own, which it sees at the kernel's place of the switch: what is written there is done from outside. */
export const forwardingFile = '/run/ip_forward';

/** Milliseconds between two looks at it. */
const pace = 200;

const settings = 'cat /etc/sysctl.d/*.conf /etc/sysctl.conf 2>/dev/null | sysctl -q -e -p - 2>/dev/null';

/**
 * Sets what the instance's settings say at its boot, as systemd-sysctl does, and follows the switch for forwarding from then on.
 *
 * @param isCurrent whether the instance is still of this boot
 */
export async function watchForwarding(
  guest: Guest,
  filter: PacketFilter,
  environment: Readonly<Record<string, string>>,
  isCurrent: () => boolean,
): Promise<void> {
  const words = ['/bin/sh', '-c', settings];
  await (await guest.spawn({ words, environment, output: 'truncate:/dev/null' })).ended;
  const look = async () => {
    const text = await guest.readIfThere(forwardingFile).catch(() => undefined);
    if (!isCurrent()) return;
    // What the kernel refuses is tried again at the next look.
    if (text !== undefined) await filter.forward(/^\s*[1-9]/.test(text)).catch(() => undefined);
    setTimeout(() => void look(), pace).unref();
  };
  await look();
}
