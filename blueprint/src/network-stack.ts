import type { StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { PlainStack } from './plain-stack.ts';
import type { Settings } from './settings.ts';
import { ThreeTierNetwork } from './three-tier-network.ts';

export interface NetworkStackProps extends StackProps {
  readonly settings: Settings;
}

/** VPCs, subnets, ways out, peering: what the service stands on and what deploying it must not change. */
export class NetworkStack extends PlainStack {
  readonly network: ThreeTierNetwork;

  constructor(scope: Construct, id: string, { settings, ...props }: NetworkStackProps) {
    super(scope, id, props);
    this.network = new ThreeTierNetwork(this, 'Default', settings);
  }
}
