import { basename } from 'node:path';
import { aws } from './aws.ts';
import { cfnSignal } from './cfn-signal.ts';
import { curl } from './curl.ts';
import { Refusal } from './refusal.ts';

/**
 * What `aws`, `cfn-signal` and `curl` are inside an instance where the host has none: one script under three names, with nothing but Node
 * below it. Calls to AWS go over the fabric to the region's endpoints, signed with the instance's own role.
 */
const programs: Readonly<Record<string, (words: readonly string[]) => Promise<number>>> = {
  aws,
  'cfn-signal': cfnSignal,
  curl,
};

const name = basename(process.argv[1] ?? '');
const run = programs[name];
if (!run) throw new Error(`${name} is none of ${Object.keys(programs).join(', ')}`);
try {
  process.exitCode = await run(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof Refusal)) throw error;
  process.stderr.write(`${name}: ${error.message}\n`);
  process.exitCode = error.exitCode;
}
