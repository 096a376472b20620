import type { TargetGroup } from '@terrace/cloud/views/balancing/target-groups';
import { describe, expect, test } from 'vitest';
import { preservesClients } from './pass-through.ts';

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html#client-ip-preservation */
describe('a target group of a Network Load Balancer', () => {
  test.each([
    ['instance', 'TCP', undefined, true],
    ['instance', 'TCP', 'false', false],
    ['instance', 'UDP', 'false', true],
    ['ip', 'TCP', undefined, false],
    ['ip', 'TCP', 'true', true],
    ['ip', 'UDP', undefined, true],
    ['ip', 'TCP_UDP', undefined, true],
  ] as const)('of %s targets by %s, told %s, shows them the client: %s', (targetType, protocol, told, expected) => {
    const attributes: Record<string, string> = told === undefined ? {} : { 'preserve_client_ip.enabled': told };
    expect(preservesClients({ targetType, protocol, attributes } as unknown as TargetGroup)).toBe(expected);
  });
});
