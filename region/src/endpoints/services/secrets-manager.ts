import { generatePassword } from '../../secrets/password.ts';
import { SecretStore, type StoredSecret, versionOf } from '../../secrets/store.ts';
import { AwsError } from '../aws-error.ts';
import type { Action, ActionService, Call } from '../call.ts';
import { optionalText, requiredText, seconds } from '../input.ts';

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/ */
export const secretsManager: ActionService = {
  name: 'secretsmanager',
  actions: {
    GetSecretValue: async (input, call) => {
      const secret = await permitted(call, 'GetSecretValue', requiredText(input, 'SecretId'));
      await mayDecrypt(call, secret);
      const version = versionOf(secret, {
        id: optionalText(input, 'VersionId'),
        stage: optionalText(input, 'VersionStage'),
      });
      if (!version)
        throw notFound("Secrets Manager can't find the specified secret value for staging label or version.");
      return {
        ARN: secret.arn,
        Name: secret.name,
        VersionId: version.id,
        SecretString: version.value,
        VersionStages: version.stages,
        CreatedDate: seconds(version.created),
      };
    },

    DescribeSecret: async (input, call) =>
      description(await permitted(call, 'DescribeSecret', requiredText(input, 'SecretId'))),

    ListSecrets: async (_, call) => {
      await call.authorize('secretsmanager:ListSecrets', '*');
      return { SecretList: (await (await store(call)).list()).map(description) };
    },

    ListSecretVersionIds: async (input, call) => {
      const secret = await permitted(call, 'ListSecretVersionIds', requiredText(input, 'SecretId'));
      const Versions = secret.versions.map(({ id, stages, created }) => ({
        VersionId: id,
        VersionStages: stages,
        CreatedDate: seconds(created),
      }));
      return { ARN: secret.arn, Name: secret.name, Versions };
    },

    PutSecretValue: async (input, call) => {
      const secret = await permitted(call, 'PutSecretValue', requiredText(input, 'SecretId'));
      await mayDecrypt(call, secret);
      const stages = Array.isArray(input.VersionStages) ? input.VersionStages.map(String) : ['AWSCURRENT'];
      const version = await (await store(call)).put(
        secret.arn,
        requiredText(input, 'SecretString'),
        optionalText(input, 'ClientRequestToken'),
        stages,
      );
      call.emit({ kind: 'secret-changed', arn: secret.arn });
      return { ARN: secret.arn, Name: secret.name, VersionId: version.id, VersionStages: version.stages };
    },

    GetRandomPassword: async (input, call) => {
      await call.authorize('secretsmanager:GetRandomPassword', '*');
      const unless = (name: string) => input[name] !== true;
      const recipe = {
        length: typeof input.PasswordLength === 'number' ? input.PasswordLength : 32,
        excludeCharacters: optionalText(input, 'ExcludeCharacters') ?? '',
        lowercase: unless('ExcludeLowercase'),
        uppercase: unless('ExcludeUppercase'),
        numbers: unless('ExcludeNumbers'),
        punctuation: unless('ExcludePunctuation'),
        space: input.IncludeSpace === true,
        requireEachType: input.RequireEachIncludedType !== false,
      };
      if (recipe.length < 1 || recipe.length > 4096)
        throw new AwsError(400, 'InvalidParameterException', 'PasswordLength');
      return { RandomPassword: generatePassword(recipe) };
    },
  } satisfies Record<string, Action>,
};

/** Without permission nobody learns whether a secret is there. */
async function permitted(call: Call, action: string, reference: string): Promise<StoredSecret> {
  const secret = await (await store(call)).find(reference);
  const { region, account } = call.configuration;
  const arn =
    secret?.arn ??
    (reference.startsWith('arn:') ? reference : `arn:aws:secretsmanager:${region}:${account}:secret:${reference}`);
  await call.authorize(`secretsmanager:${action}`, arn, { 'secretsmanager:SecretId': arn });
  if (!secret) throw notFound("Secrets Manager can't find the specified secret.");
  return secret;
}

/** A key of one's own guards the value besides; AWS's own key lets everyone through who may have the secret. */
async function mayDecrypt(call: Call, { kmsKey, arn }: StoredSecret): Promise<void> {
  if (kmsKey === null || kmsKey === 'alias/aws/secretsmanager') return;
  const { region, account } = call.configuration;
  const key = kmsKey.startsWith('arn:')
    ? kmsKey
    : `arn:aws:kms:${region}:${account}:${kmsKey.includes('/') ? '' : 'key/'}${kmsKey}`;
  const via = { 'kms:ViaService': `secretsmanager.${region}.amazonaws.com`, 'kms:EncryptionContext:SecretARN': arn };
  if (!(await call.allows('kms:Decrypt', key, via))) {
    throw new AwsError(400, 'AccessDeniedException', 'Access to KMS is not allowed');
  }
}

function description(secret: StoredSecret) {
  return {
    ARN: secret.arn,
    Name: secret.name,
    ...(secret.description === null ? {} : { Description: secret.description }),
    ...(secret.kmsKey === null ? {} : { KmsKeyId: secret.kmsKey }),
    CreatedDate: seconds(secret.created),
    LastChangedDate: seconds(secret.changed),
    VersionIdsToStages: Object.fromEntries(secret.versions.map(({ id, stages }) => [id, stages])),
  };
}

function store({ configuration }: Call): Promise<SecretStore> {
  return SecretStore.open(configuration.secretsDirectory);
}

function notFound(message: string): AwsError {
  return new AwsError(400, 'ResourceNotFoundException', message);
}
