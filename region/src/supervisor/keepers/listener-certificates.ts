import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Inventory, ofType } from '@terrace/cloud/inventory';
import { text, texts } from '@terrace/cloud/property';
import type { BalancingView, LoadBalancer } from '@terrace/cloud/views/balancing';
import type { Listener } from '@terrace/cloud/views/balancing/listeners';
import type { Authority } from '../../authority/authority.ts';
import { digest } from '../../fabric/names.ts';

/**
 * PEM files, certificate and key together as HAProxy wants them, for every listener that speaks TLS, by the listener's ARN: one for each
 * certificate that the template gives it, with the names it states, signed by the local authority. The first is shown to who asks for
 * none of the names, and holds for the balancer's own name and the host's door to it besides.
 *
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/https-listener-certificates.html
 */
export async function listenerCertificates(
  { balancers }: BalancingView,
  inventory: Inventory,
  authority: Authority,
  folder: string,
): Promise<Record<string, string[]>> {
  await mkdir(folder, { recursive: true, mode: 0o711 });
  const files: Record<string, string[]> = {};
  for (const balancer of balancers) {
    for (const listener of balancer.listeners) {
      if (listener.protocol !== 'HTTPS' && listener.protocol !== 'TLS') continue;
      files[listener.id] = [];
      for (const [index, names] of certificateNames(inventory, balancer, listener).entries()) {
        const { certificate, key } = await authority.issue({
          dns: names,
          addresses: index === 0 ? ['127.0.0.1'] : [],
        });
        const file = join(folder, `${digest(listener.id, 16)}-${index}.pem`);
        await writeFile(file, `${certificate}\n${key}\n`, { mode: 0o600 });
        files[listener.id]!.push(file);
      }
    }
  }
  return files;
}

/** Names of each certificate, the default one first. */
function certificateNames(inventory: Inventory, balancer: LoadBalancer, listener: Listener): string[][] {
  const stated = [...new Set(listener.certificates)].map((arn) => {
    const certificate = ofType(inventory, 'AWS::CertificateManager::Certificate').find(
      ({ physicalId }) => physicalId === arn,
    );
    if (!certificate) return [];
    const { properties } = certificate;
    return [text(properties, 'DomainName') ?? [], texts(properties, 'SubjectAlternativeNames')].flat();
  });
  const [first = [], ...others] = stated;
  const own = inventory.resources.find(({ key }) => key === balancer.statedBy)?.attributes.DNSName;
  const besides = [typeof own === 'string' ? own : balancer.name, 'localhost'];
  return [[...first, ...besides], ...others.filter((names) => names.length > 0)].map((names) => [...new Set(names)]);
}
