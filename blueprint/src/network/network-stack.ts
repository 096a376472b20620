import type { StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { accept } from '../accepted.ts';
import { PlainStack } from '../plain-stack.ts';
import { engineOf } from '../settings/database-engine.ts';
import type { Settings } from '../settings/settings.ts';
import { ThreeTierNetwork } from './three-tier-network.ts';

export interface NetworkStackProps extends StackProps {
  readonly settings: Settings;
  /** ARN of the role that writes records of refused traffic; `null` for no records. */
  readonly flowLogRole: string | null;
}

/** VPCs, subnets, ways out, peering: what the service stands on and what deploying it must not change. */
export class NetworkStack extends PlainStack {
  readonly network: ThreeTierNetwork;

  constructor(scope: Construct, id: string, { settings, flowLogRole, ...props }: NetworkStackProps) {
    super(scope, id, props);
    this.network = new ThreeTierNetwork(this, 'Default', {
      addresses: settings.addresses,
      zones: settings.zones,
      nat: settings.nat,
      databaseAcl: settings.databaseAcl ? { port: engineOf(settings.database).port } : null,
      flowLogRole,
    });
    if (flowLogRole !== null) return;
    for (const vpc of [this.network.publicVpc, this.network.privateVpc]) {
      accept(
        vpc,
        'AwsSolutions-VPC7',
        'Records are charged by the gigabyte; the rehearsal shows refused traffic for nothing.',
      );
    }
  }
}
