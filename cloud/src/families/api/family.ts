import type { Family } from '../contract/family.ts';
import { charges } from './charges.ts';
import { fidelity } from './fidelity.ts';

export const api: Family = {
  identity: {},
  fidelity,
  charges,
  permissions: [],
  unstated: {
    'AWS::ApiGateway::RestApi': { identity: 'as AWS’s specification has it', permissions: 'not known' },
    'AWS::ApiGatewayV2::Api': { identity: 'as AWS’s specification has it', permissions: 'not known' },
    'AWS::ApiGatewayV2::Stage': {
      identity: 'as AWS’s specification has it',
      fidelity: 'nothing reads it',
      permissions: 'not known',
    },
    'AWS::ApiGatewayV2::Route': {
      identity: 'as AWS’s specification has it',
      fidelity: 'nothing reads it',
      permissions: 'not known',
    },
    'AWS::ApiGatewayV2::Integration': {
      identity: 'as AWS’s specification has it',
      fidelity: 'nothing reads it',
      permissions: 'not known',
    },
    'AWS::ApiGatewayV2::Deployment': {
      identity: 'as AWS’s specification has it',
      fidelity: 'nothing reads it',
      permissions: 'not known',
    },
    'AWS::ApiGateway::Resource': {
      identity: 'as AWS’s specification has it',
      fidelity: 'nothing reads it',
      permissions: 'not known',
    },
    'AWS::ApiGateway::Method': {
      identity: 'as AWS’s specification has it',
      fidelity: 'nothing reads it',
      permissions: 'not known',
    },
    'AWS::ApiGateway::Deployment': {
      identity: 'as AWS’s specification has it',
      fidelity: 'nothing reads it',
      permissions: 'not known',
    },
    'AWS::ApiGateway::Account': {
      identity: 'as AWS’s specification has it',
      fidelity: 'nothing reads it',
      permissions: 'not known',
    },
  },
};
