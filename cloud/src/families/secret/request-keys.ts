import { type KeysOf, stated } from '../contract/request-keys.ts';
import { nameInArn } from './secret.ts';

export const requestKeys: Readonly<Record<string, KeysOf>> = {
  /** https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecretsmanager.html */
  'AWS::SecretsManager::Secret': ({ resource: { properties, physicalId } }) => ({
    'secretsmanager:Name': stated(properties.Name) ?? nameInArn(physicalId),
    'secretsmanager:Description': stated(properties.Description),
    'secretsmanager:KmsKeyId': stated(properties.KmsKeyId),
    'secretsmanager:KmsKeyArn': stated(properties.KmsKeyId)?.startsWith('arn:')
      ? stated(properties.KmsKeyId)
      : undefined,
  }),
};
