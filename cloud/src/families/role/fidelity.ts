import { words } from '../../words.ts';
import { real, type TypeFidelity } from '../contract/fidelity.ts';

export const fidelity: Readonly<Record<string, TypeFidelity>> = {
  'AWS::IAM::Role': real(
    words(
      'Its credentials reach the instances, and its policies decide what the region’s services answer.',
      '자격 증명이 인스턴스에 전달되고, 정책이 리전 서비스의 응답을 결정합니다.',
    ),
    {
      acts: 'AssumeRolePolicyDocument Policies ManagedPolicyArns RoleName Path PermissionsBoundary',
      modelled: 'MaxSessionDuration',
    },
  ),
  'AWS::IAM::InstanceProfile': real(words('Gives instances their role.', '인스턴스에 역할을 줍니다.'), {
    acts: 'Roles InstanceProfileName Path',
  }),
};
