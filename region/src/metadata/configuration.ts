/** What instance metadata tells, and to which addresses. */
export interface MetadataConfiguration {
  /** 169.254.169.254, port 80, in a region. */
  readonly listen: { readonly address: string; readonly port: number };
  readonly account: string;
  readonly region: string;
  /** What credentials are sealed with; the region's endpoints have the same. Never logged. */
  readonly sealingKey: string;
  readonly instances: readonly MetadataInstance[];
}

/** One instance, known by the addresses that its requests come from: the fabric lets it use no other. */
export interface MetadataInstance {
  readonly id: string;
  readonly imageId: string;
  readonly type: string;
  readonly zone: string;
  /** The device with index 0 first. */
  readonly interfaces: readonly MetadataInterface[];
  /** Host name within the VPC, `ip-10-10-1-5.ap-northeast-2.compute.internal`. */
  readonly privateName: string;
  readonly publicName: string | null;
  /** From 0, within its Auto Scaling group. */
  readonly launchIndex: number;
  readonly options: MetadataOptions;
  readonly profile: InstanceProfile | null;
  /** As in the template: base64. `null` where there is none. */
  readonly userData: string | null;
  readonly tags: Readonly<Record<string, string>>;
  /** Of the Auto Scaling group it is in, `InService` and so on; `null` outside one. */
  readonly lifecycleState: string | null;
}

export interface MetadataInterface {
  readonly id: string;
  readonly mac: string;
  readonly device: number;
  /** The primary first. */
  readonly addresses: readonly string[];
  readonly publicAddress: string | null;
  readonly addresses6: readonly string[];
  /** Of the subnet and of the VPC, where they have any. */
  readonly subnetRanges6: readonly string[];
  readonly vpcRanges6: readonly string[];
  readonly subnet: string;
  readonly subnetRange: string;
  readonly vpc: string;
  readonly vpcRanges: readonly string[];
  readonly securityGroups: readonly { readonly id: string; readonly name: string }[];
}

/** https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-options.html */
export interface MetadataOptions {
  readonly enabled: boolean;
  readonly tokens: 'required' | 'optional';
  /** 1 to 64. */
  readonly hopLimit: number;
  readonly tags: boolean;
}

export interface InstanceProfile {
  readonly arn: string;
  readonly id: string;
  readonly role: { readonly name: string; readonly arn: string };
}
