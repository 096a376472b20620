import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { ItemKind } from './drawing.ts';

/** AWS's architecture icons, from the package aws-icons. */
const files: Readonly<Record<ItemKind, string>> = {
  internet: 'resource/Internet.svg',
  'internet-gateway': 'resource/AmazonVPCInternetGateway.svg',
  'nat-gateway': 'resource/AmazonVPCNATGateway.svg',
  instance: 'resource/AmazonEC2Instance.svg',
  instances: 'resource/AmazonEC2Instances.svg',
  'application-load-balancer': 'resource/ElasticLoadBalancingApplicationLoadBalancer.svg',
  'network-load-balancer': 'resource/ElasticLoadBalancingNetworkLoadBalancer.svg',
  database: 'architecture-service/AmazonRDS.svg',
  endpoint: 'resource/AmazonVPCEndpoints.svg',
  interface: 'resource/AmazonVPCElasticNetworkInterface.svg',
};

/** An icon as an SVG symbol with the id `icon-KIND`; its own ids are made the icon's, so that two never meet. */
export function iconSymbol(kind: ItemKind): string {
  const folder = path.dirname(createRequire(import.meta.url).resolve('aws-icons/package.json'));
  const svg = readFileSync(path.join(folder, 'icons', files[kind]), 'utf8');
  const match = /<svg[^>]*viewBox="([^"]+)"[^>]*>([\s\S]*)<\/svg>/.exec(svg);
  if (!match) throw new Error(`${files[kind]} is not an SVG with a viewBox`);
  const body = match[2]!
    .replace(/<title>[\s\S]*?<\/title>/g, '')
    .replace(/\bid="([^"]+)"/g, `id="${kind}-$1"`)
    .replace(/url\(#([^)]+)\)/g, `url(#${kind}-$1)`)
    .replace(/href="#([^"]+)"/g, `href="#${kind}-$1"`);
  return `<symbol id="icon-${kind}" viewBox="${match[1]}">${body}</symbol>`;
}
