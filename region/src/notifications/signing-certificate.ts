import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { ServerCertificate } from '../authority/authority.ts';
import { writeWhole } from '../keeping/write-whole.ts';
import { certificateName } from './http-delivery.ts';

/**
 * Keeps the certificate that messages are signed by where a receiver on this machine finds it, under the name in their `SigningCertURL`: it cannot
 * fetch it from the region's address.
 */
export async function keptForReceivers(stateDirectory: string, signer: ServerCertificate): Promise<ServerCertificate> {
  const folder = join(stateDirectory, 'sns');
  const file = join(folder, certificateName(signer.certificate));
  if (!existsSync(file)) {
    await mkdir(folder, { recursive: true });
    await writeWhole(file, signer.certificate);
  }
  return signer;
}
