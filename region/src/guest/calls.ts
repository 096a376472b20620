import { basename } from 'node:path';
import { aws } from './aws/aws.ts';
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
run(process.argv.slice(2)).then(
  async (code) => {
    process.exitCode = code;
    // What ends otherwise without an error has answered a question, as `aws s3 ls` of a prefix that is not there.
    if (code === 0) await report(0, '');
  },
  async (error: unknown) => {
    if (!(error instanceof Refusal)) throw error;
    process.exitCode = error.exitCode;
    const text = error.shown ?? `${name}: ${error.message}`;
    if (text !== '') process.stderr.write(`${text}\n`);
    await report(error.exitCode, error.message);
  },
);

/** The stand-in of curl is watched from outside, as the machine's own is. */
async function report(code: number, said: string): Promise<void> {
  if (name !== 'curl') await reportCall(name, process.argv.slice(2), code, said);
}
