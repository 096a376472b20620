import { expect, test } from 'vitest';
import type { MetadataInstance } from './configuration.ts';
import { hopLimits } from './hop-limit.ts';

// imds-hop-limit
test('each instance gets answers that live as many hops as it says', () => {
  const instance = (hopLimit: number, ...addresses: string[]) =>
    ({ options: { hopLimit }, interfaces: [{ addresses }] }) as unknown as MetadataInstance;
  const text = hopLimits({
    listen: { address: '169.254.169.254', port: 80 },
    instances: [instance(2, '10.0.0.5'), instance(1, '10.0.0.6', '10.0.0.7'), instance(2, '10.0.0.8')],
  });
  expect(text).toMatchInlineSnapshot(`
    "table ip metadata
    delete table ip metadata
    table ip metadata {
      chain output {
        type filter hook output priority 0; policy accept;
        ip saddr 169.254.169.254 tcp sport 80 ip daddr { 10.0.0.6, 10.0.0.7 } ip ttl set 1
        ip saddr 169.254.169.254 tcp sport 80 ip daddr { 10.0.0.5, 10.0.0.8 } ip ttl set 2
      }
    }
    "
  `);
});
