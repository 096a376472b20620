import { words } from '../../words.ts';
import { byAccessLens, modelled, real, type TypeFidelity } from '../contract/fidelity.ts';

export const fidelity: Readonly<Record<string, TypeFidelity>> = {
  'AWS::IAM::Policy': real(words('Part of its roles’ policies.', '역할 정책의 일부입니다.'), {
    acts: 'PolicyDocument PolicyName Roles',
    modelled: 'Groups Users',
  }),
  'AWS::IAM::ManagedPolicy': real(words('Part of its roles’ policies.', '역할 정책의 일부입니다.'), {
    acts: 'PolicyDocument Roles ManagedPolicyName Path',
    modelled: 'Groups Users',
  }),
  'AWS::IAM::RolePolicy': real(words('Part of its role’s policies.', '역할 정책의 일부입니다.'), {
    acts: 'PolicyDocument PolicyName RoleName',
  }),
  'AWS::IAM::GroupPolicy': modelled(byAccessLens),
  'AWS::IAM::UserPolicy': modelled(byAccessLens),
};
