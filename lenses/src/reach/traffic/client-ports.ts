import type { NetworkInterface, PortRange } from '@terrace/cloud/views/network';

/** https://docs.aws.amazon.com/vpc/latest/userguide/custom-network-acl.html#nacl-ephemeral-ports */
export const natClientPorts: PortRange = { from: 1024, to: 65535 };

/** What Linux chooses from unless told otherwise (`net.ipv4.ip_local_port_range`), Amazon Linux included. */
const linuxClientPorts: PortRange = { from: 32768, to: 60999 };

/** The ports that a client may choose, which answers go to: of a stateless ACL all of them have to be let through. */
export function clientPortsOf(client: NetworkInterface | null): PortRange {
  const kind = client?.owner.kind;
  return kind === 'instance' || kind === 'database' || kind === 'unattached' ? linuxClientPorts : natClientPorts;
}
