import type { Listener } from '@terrace/cloud/views/balancing/listeners';

/** Seconds without a packet after which a Network Load Balancer forgets a TCP connection unless it is told otherwise. */
export const silence = 350;

/**
 * Seconds of silence that a connection of a listener outlives: of a Network Load Balancer 60 to 6,000 for TCP, and always 350 for others, which
 * take no attribute; of a Classic Load Balancer as stated.
 *
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/network/update-idle-timeout.html
 */
export function idleSeconds({ protocol, attributes }: Listener): number {
  return protocol === 'TCP' || protocol === 'TLS' ? Number(attributes['tcp.idle_timeout.seconds'] ?? silence) : silence;
}
