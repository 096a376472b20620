import type { Values } from '../contract/values.ts';

export const values: Values = { 'AWS::SSM::Parameter': { Type: 'String StringList' } };
