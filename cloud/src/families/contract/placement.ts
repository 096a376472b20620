/** Where a resource type says in which subnets it has interfaces, and what filters them. Paths are written with dots. */
export interface ServicePlacement {
  readonly subnets: string;
  readonly groups: string;
  /** `subnets` names a subnet group of this type. */
  readonly subnetGroup?: string;
  /** The parent that states it where the resource does not: a member of a cluster. */
  readonly parent?: { readonly type: string; readonly reference: string };
  /** Only starts connections: nothing can be started towards it. */
  readonly takesNothing?: true;
  /** The property that gives it a public address, and the value that it has when it is not stated. */
  readonly publicAddress?: { readonly property: string; readonly unless: boolean };
}

/**
 * Services that put interfaces of their own into a VPC's subnets, by type. Each row is read from the type's page in the CloudFormation template
 * reference.
 *
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-template-resource-type-ref.html
 */
export type Placements = Readonly<Record<string, ServicePlacement>>;
