/** Every family, one line each; `registry.ts` reads it. Whoever adds a family adds its line here. */
export { alarm } from './alarm/family.ts';
export { database } from './database/family.ts';
export { databaseProxy } from './database-proxy/family.ts';
export { document } from './document/family.ts';
export { identityProvider } from './identity-provider/family.ts';
export { key } from './key/family.ts';
export { parameter } from './parameter/family.ts';
export { policy } from './policy/family.ts';
export { queue } from './queue/family.ts';
export { role } from './role/family.ts';
export { secret } from './secret/family.ts';
export { subnet } from './subnet/family.ts';
export { user } from './user/family.ts';
