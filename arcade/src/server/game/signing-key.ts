import type { Database } from '../database/database.ts';

/** The key that all servers share, read once; a server that has it can open and check runs without the database. */
export function signingKeyOf(database: Database): () => Promise<Uint8Array> {
  let key: Uint8Array | undefined;
  return async () => {
    key ??= await database.use(
      async (kysely) => (await kysely.selectFrom('signing_key').select('key').executeTakeFirstOrThrow()).key,
    );
    return key;
  };
}
