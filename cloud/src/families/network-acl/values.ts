import type { Values } from '../contract/values.ts';

export const values: Values = { 'AWS::EC2::NetworkAclEntry': { RuleAction: 'allow deny' } };
