import type { Values } from '../contract/values.ts';

export const values: Values = {
  'AWS::EC2::LaunchTemplate': {
    'LaunchTemplateData.MetadataOptions.HttpTokens': 'required optional',
    'LaunchTemplateData.MetadataOptions.HttpEndpoint': 'enabled disabled',
  },
};
