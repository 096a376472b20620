import { type Charges, free } from '../contract/charge.ts';

export const charges: Charges = {
  'AWS::CloudFormation::Stack': free,
  'AWS::CloudFormation::WaitCondition': free,
  'AWS::CloudFormation::WaitConditionHandle': free,
  'AWS::CloudFormation::CustomResource': free,
  'AWS::CDK::Metadata': free,
};
