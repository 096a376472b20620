import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import type { Authentication } from './authentication.ts';
import { BuildError } from './build-error.ts';
import { download } from './download.ts';
import type { BuildLog } from './log.ts';
import type { Section } from './metadata.ts';
import { reasonIn, run } from './run.ts';

/**
 * Unpacks archives (tar, also compressed, and zip, told apart by their content) into folders; returns the folders.
 *
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-init.html#aws-resource-init-sources
 */
export async function fetchSources(
  given: Section,
  authentication: Authentication,
  log: BuildLog,
): Promise<readonly string[]> {
  const changed: string[] = [];
  for (const folder of Object.keys(given).sort()) {
    const address = String(given[folder]);
    const body = /^\w+:\/\//.test(address) ? await download(address, authentication) : local(address);
    const scratch = mkdtempSync(join(tmpdir(), 'cfn-init-'));
    try {
      const file = join(scratch, 'archive');
      writeFileSync(file, body);
      unpack(file, body, folder, address);
    } finally {
      rmSync(scratch, { recursive: true, force: true });
    }
    log.debug(`Expanded ${address} into ${folder}`);
    changed.push(folder);
  }
  return changed;
}

function local(path: string): Buffer {
  if (!existsSync(path)) throw new BuildError(`${path} does not exist`);
  return readFileSync(path);
}

function unpack(file: string, body: Buffer, folder: string, address: string): void {
  const isZip =
    body.subarray(0, 4).equals(Buffer.from('PK\x03\x04')) || body.subarray(0, 4).toString() === 'PK\x05\x06';
  if (isZip && !existsSync('/usr/bin/unzip'))
    throw new BuildError(
      `${address} is a zip archive, and a rehearsal unpacks it with unzip, which is not on this machine`,
    );
  const list = isZip ? run(['unzip', '-Z1', file]) : run(['tar', '-tf', file]);
  if (list.status !== 0)
    throw new BuildError(`Unsupported source file (not zip or tarball): ${address}`, reasonIn(list));
  for (const member of list.output.split('\n').filter((each) => each !== '')) {
    if (relative(folder, resolve(folder, member)).startsWith('..'))
      throw new BuildError(`${member} is not a sub-path of ${folder}`);
  }
  mkdirSync(folder, { recursive: true });
  const ended = isZip
    ? run(['unzip', '-o', '-q', file, '-d', folder])
    : run(['tar', '-xf', file, '-C', folder, ...(isOfGitHub(address, list.output) ? ['--strip-components=1'] : [])]);
  if (ended.status !== 0) throw new BuildError(`${address} was not unpacked into ${folder}`, reasonIn(ended));
  if (isZip && isOfGitHub(address, list.output)) lift(folder, list.output);
}

/** GitHub puts all of an archive that it makes into one folder, which is left out. */
function isOfGitHub(address: string, members: string): boolean {
  if (!/^https?:\/\/github\.com\/.*?\/(zipball|tarball)\//i.test(address)) return false;
  const tops = new Set(members.split('\n').flatMap((each) => (each === '' ? [] : [each.split('/')[0]])));
  return tops.size === 1;
}

function lift(folder: string, members: string): void {
  const top = join(folder, members.split('/')[0]!);
  for (const name of readdirSync(top)) run(['mv', join(top, name), folder]);
  rmSync(top, { recursive: true, force: true });
}
