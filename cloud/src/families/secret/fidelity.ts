import { words } from '../../words.ts';
import { byAccessLens, modelled, real, type TypeFidelity } from '../contract/fidelity.ts';

export const fidelity: Readonly<Record<string, TypeFidelity>> = {
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
};
