import * as z from 'zod';

/** What the server is told by its environment; see docs/game.md for every variable. */
export interface Configuration {
  readonly port: number;
  readonly region: string;
  readonly database: {
    readonly host: string;
    readonly port: number;
    readonly name: string;
    readonly secretArn: string;
    /** PEM files whose certificates may sign the database's. */
    readonly caFiles: readonly string[];
  };
  /** `null` where instance metadata is to be asked. */
  readonly instance: string | null;
  readonly zone: string | null;
}

const port = z.coerce.number().int().min(1).max(65535);

const environment = z.object({
  PORT: port.default(8080),
  AWS_REGION: z.string().min(1),
  DATABASE_HOST: z.string().min(1),
  DATABASE_PORT: port.default(5432),
  DATABASE_NAME: z.string().min(1),
  DATABASE_SECRET_ARN: z.string().min(1),
  DATABASE_CA_FILE: z.string().min(1),
  NODE_EXTRA_CA_CERTS: z.string().min(1).optional(),
  APPLICATION_INSTANCE: z.string().min(1).optional(),
  APPLICATION_ZONE: z.string().min(1).optional(),
});

/** The configuration, or one line for every variable that is missing or wrong. */
export function readConfiguration(
  variables: NodeJS.ProcessEnv,
): { readonly configuration: Configuration } | { readonly wrong: readonly string[] } {
  const parsed = environment.safeParse(variables);
  if (!parsed.success)
    return { wrong: parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`) };
  const given = parsed.data;
  return {
    configuration: {
      port: given.PORT,
      region: given.AWS_REGION,
      database: {
        host: given.DATABASE_HOST,
        port: given.DATABASE_PORT,
        name: given.DATABASE_NAME,
        secretArn: given.DATABASE_SECRET_ARN,
        caFiles: [given.DATABASE_CA_FILE, ...(given.NODE_EXTRA_CA_CERTS ? [given.NODE_EXTRA_CA_CERTS] : [])],
      },
      instance: given.APPLICATION_INSTANCE ?? null,
      zone: given.APPLICATION_ZONE ?? null,
    },
  };
}
