/** Every family, one line each; `registry.ts` reads it. Whoever adds a family adds its line here. */
export { alarm } from './alarm/family.ts';
export { database } from './database/family.ts';
export { databaseProxy } from './database-proxy/family.ts';
export { queue } from './queue/family.ts';
export { subnet } from './subnet/family.ts';
