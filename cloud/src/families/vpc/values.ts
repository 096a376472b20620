import type { Values } from '../contract/values.ts';

export const values: Values = { 'AWS::EC2::VPC': { InstanceTenancy: 'default dedicated host' } };
