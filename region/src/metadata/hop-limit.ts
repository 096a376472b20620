import type { MetadataConfiguration } from './configuration.ts';

/**
 * How many hops metadata's answers to each instance live, as an nftables file for the router: with 1, what stands behind
 * the instance, as a container with a network of its own, does not get them. AWS limits the answer to the token's PUT, without
 * which nothing else is told; here every answer is limited alike.
 *
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-options.html
 */
export function hopLimits({ listen, instances }: Pick<MetadataConfiguration, 'listen' | 'instances'>): string {
  const byLimit = new Map<number, string[]>();
  for (const { options, interfaces } of instances) {
    const addresses = byLimit.get(options.hopLimit) ?? [];
    byLimit.set(options.hopLimit, [...addresses, ...interfaces.flatMap((each) => each.addresses)]);
  }
  const answers = `ip saddr ${listen.address} tcp sport ${listen.port}`;
  const rules = [...byLimit]
    .sort(([one], [other]) => one - other)
    .map(([limit, addresses]) => `    ${answers} ip daddr { ${addresses.join(', ')} } ip ttl set ${limit}`);
  return [
    'table ip metadata',
    'delete table ip metadata',
    'table ip metadata {',
    '  chain output {',
    '    type filter hook output priority 0; policy accept;',
    ...rules,
    '  }',
    '}',
    '',
  ].join('\n');
}
