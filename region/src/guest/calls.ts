import { basename } from 'node:path';
import { aws } from './aws.ts';
import { cfnGetMetadata } from './cfn/get-metadata.ts';
import { cfnHup } from './cfn/hup.ts';
import { cfnInit } from './cfn/init.ts';
import { cfnSignal } from './cfn/signal.ts';
import { curl } from './curl.ts';
import { ec2Metadata } from './ec2-metadata.ts';
import { Refusal } from './refusal.ts';
import { reportCall } from './report.ts';

/**
 * What `aws`, the helper scripts of CloudFormation, `ec2-metadata` and, where the host has none, `curl` are inside an instance: one script under many names, with nothing but Node
 * below it. Calls to AWS go over the fabric to the region's endpoints, signed with the instance's own role.
 */
const programs: Readonly<Record<string, (words: readonly string[]) => Promise<number>>> = {
  aws,
  'cfn-get-metadata': cfnGetMetadata,
  'cfn-hup': cfnHup,
  'cfn-init': cfnInit,
  'cfn-signal': cfnSignal,
  'ec2-metadata': ec2Metadata,
  curl,
};

const name = basename(process.argv[1] ?? '');
const run = programs[name];
if (!run) throw new Error(`${name} is none of ${Object.keys(programs).join(', ')}`);
run(process.argv.slice(2)).then(end, (error: unknown) => {
  if (!(error instanceof Refusal)) throw error;
  process.stderr.write(`${error.shown ?? `${name}: ${error.message}`}\n`);
  return end(error.exitCode, error.message);
});

async function end(code: number, said = `it ended with ${code}`): Promise<void> {
  process.exitCode = code;
  // The stand-in of curl is watched from outside, as the machine's own is.
  if (name !== 'curl') await reportCall(name, process.argv.slice(2), code, said);
}
