import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BalancingView } from '@terrace/cloud/views/balancing';
import type { Authority } from '../authority/authority.ts';
import { digest } from '../fabric/names.ts';

/** PEM files, certificate and key together as HAProxy wants them, for every listener that speaks TLS, by the listener's ARN. */
export async function listenerCertificates(
  { balancers }: BalancingView,
  authority: Authority,
  folder: string,
): Promise<Record<string, string[]>> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const files: Record<string, string[]> = {};
  for (const balancer of balancers) {
    for (const listener of balancer.listeners) {
      if (listener.protocol !== 'HTTPS' && listener.protocol !== 'TLS') continue;
      const { certificate, key } = await authority.issue({
        dns: [balancer.name, 'localhost'],
        addresses: ['127.0.0.1'],
      });
      const file = join(folder, `${digest(listener.id, 16)}.pem`);
      await writeFile(file, `${certificate}\n${key}\n`, { mode: 0o600 });
      files[listener.id] = [file];
    }
  }
  return files;
}
