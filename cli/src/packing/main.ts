import { fileURLToPath } from 'node:url';
import { pack } from '@terrace/region/packing/pack';

/** The command, and what it gives to a region to decide by. The layout of pictures is large and stays where it is. */
const dist = (workspace: string) => fileURLToPath(new URL(`../../../${workspace}/dist`, import.meta.url));

await Promise.all([
  pack(dist('cli'), ['main'], ['elkjs']),
  pack(dist('lenses'), ['access/evaluation/authorizer', 'reach/ask/unreached']),
]);
