import * as z from 'zod';

export interface Credentials {
  readonly username: string;
  readonly password: string;
}

const secret = z.object({ username: z.string().min(1), password: z.string().min(1) });

/**
 * The database's user and password as Secrets Manager has them now, with the instance's own role
 * (the SDK's default chain, which ends at instance metadata). The SDK is large, so it is loaded at the
 * first call, after the server listens.
 *
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_secret_json_structure.html
 */
export function credentialsFrom(secretArn: string, region: string): () => Promise<Credentials> {
  let client: Promise<import('@aws-sdk/client-secrets-manager').SecretsManagerClient> | undefined;
  return async () => {
    const { SecretsManagerClient, GetSecretValueCommand } = await import('@aws-sdk/client-secrets-manager');
    client ??= Promise.resolve(new SecretsManagerClient({ region, maxAttempts: 2 }));
    const answer = await (await client).send(new GetSecretValueCommand({ SecretId: secretArn }), {
      abortSignal: AbortSignal.timeout(5000),
    });
    return secret.parse(JSON.parse(answer.SecretString ?? ''));
  };
}
