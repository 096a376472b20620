import { byAccessLens, modelled, real, type TypeFidelity } from '../families/contract/fidelity.ts';
import { words } from '../words.ts';

export const fidelityOfIdentity: Readonly<Record<string, TypeFidelity>> = {
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
  'AWS::IAM::Group': modelled(byAccessLens),
  'AWS::IAM::GroupPolicy': modelled(byAccessLens),
  'AWS::IAM::User': modelled(byAccessLens),
  'AWS::IAM::UserPolicy': modelled(byAccessLens),
  'AWS::IAM::UserToGroupAddition': modelled(byAccessLens),
  'AWS::SecretsManager::Secret': real(
    words('Kept in the region and answered to its instances.', '리전에 보관되어 인스턴스의 요청에 답합니다.'),
    { acts: 'Name SecretString GenerateSecretString', modelled: 'KmsKeyId ReplicaRegions Type' },
  ),
  'AWS::SecretsManager::SecretTargetAttachment': real(
    words('Completes a secret with its database’s connection.', '시크릿에 데이터베이스 접속 정보를 채웁니다.'),
    { acts: 'SecretId TargetId TargetType' },
  ),
  'AWS::SecretsManager::RotationSchedule': modelled(
    words('Read only; nothing rotates.', '읽기만 하며 교체하지 않습니다.'),
  ),
  'AWS::SecretsManager::ResourcePolicy': modelled(byAccessLens),
  'AWS::SSM::Parameter': real(
    words('Answered to instances, and to references in templates.', '인스턴스와 템플릿의 참조에 답합니다.'),
    {
      acts: 'Name Value Type',
      modelled: 'Tier DataType AllowedPattern Policies',
    },
  ),
  'AWS::KMS::Key': modelled(
    words(
      'Evaluated by the access lens and priced; nothing is encrypted with it.',
      '접근 렌즈가 평가하고 요금을 계산하지만 실제로 암호화하지는 않습니다.',
    ),
  ),
  'AWS::KMS::Alias': modelled(words('A name of a key.', '키의 이름입니다.')),
};
