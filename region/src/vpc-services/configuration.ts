import type { Inventory } from '@terrace/cloud/inventory';
import type { Fleet } from '@terrace/cloud/views/fleet';
import type { NamesView } from '@terrace/cloud/views/names';
import type { NetworkView } from '@terrace/cloud/views/network';
import { metadataOf } from '../metadata/compile.ts';
import type { MetadataConfiguration } from '../metadata/configuration.ts';
import { type Standing, vpcResolver } from '../resolver/compile.ts';
import type { ResolverConfiguration } from '../resolver/configuration.ts';

/** What stands inside a VPC's router beside its packets: the resolver, instance metadata and the time. */
export interface VpcServicesConfiguration {
  readonly resolver: ResolverConfiguration;
  readonly metadata: MetadataConfiguration;
  readonly time: { readonly listen: { readonly address: string; readonly port: number } };
}

/** The services of one VPC. The resolver listens on the VPC's base + 2 and 169.254.169.253, metadata on 169.254.169.254, time on 169.254.169.123. */
export function vpcServices(
  vpc: string,
  views: {
    readonly inventory: Inventory;
    readonly network: NetworkView;
    readonly fleet: Fleet;
    readonly names: NamesView;
  },
  options: { readonly sealingKey: string; readonly standing?: Standing },
): VpcServicesConfiguration {
  return {
    resolver: vpcResolver(views.names, vpc, options.standing),
    metadata: {
      listen: { address: '169.254.169.254', port: 80 },
      account: views.inventory.account,
      region: views.inventory.region,
      sealingKey: options.sealingKey,
      instances: metadataOf(vpc, views),
    },
    // https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configure-ec2-ntp.html
    time: { listen: { address: '169.254.169.123', port: 123 } },
  };
}
