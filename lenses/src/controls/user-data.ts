import { launchData } from '@terrace/cloud/families/launch-template/launch-data';
import type { Inventory, Resource } from '@terrace/cloud/inventory';
import { text } from '@terrace/cloud/property';

/** A script as it stands before it is encoded; `undefined` where there is none, or where it is not known. */
export function userDataOf(inventory: Inventory, owner: Resource): string | undefined {
  const encoded = text(launchData(inventory, owner), 'UserData');
  if (encoded === undefined || encoded.includes('{{resolve:')) return undefined;
  return Buffer.from(encoded, 'base64').toString('utf8');
}

export interface Needs {
  /** Packages of the image's own repositories. */
  readonly packages: boolean;
  /** Services whose APIs it calls, as their endpoints name them, for example `secretsmanager`. */
  readonly services: readonly string[];
  /** Anything else outside. */
  readonly outside: boolean;
}

/** What a script fetches over the network, by the commands of it. */
export function needsOf(script: string): Needs {
  const lines = script.split('\n').filter((line) => !/^\s*#/.test(line));
  const some = (pattern: RegExp) => lines.some((line) => pattern.test(line));
  return {
    packages: some(
      /\b(dnf|yum)\s+(-\S+\s+)*(install|update|upgrade|localinstall|groupinstall)\b|\bamazon-linux-extras\s+install\b/,
    ),
    services: [...new Set(lines.flatMap(servicesIn))],
    outside: some(
      /\bapt(-get)?\s+(-\S+\s+)*(install|update|upgrade)\b|\b(pip3?|npm|gem)\s+install\b|\b(git\s+clone|docker\s+(pull|run))\b|\b(curl|wget)\s[^\n]*https?:\/\/(?!169\.254|localhost|127\.)/,
    ),
  };
}

/** Commands whose service's endpoint has another name. https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html */
const endpointNames: Readonly<Record<string, string>> = {
  s3api: 's3',
  elb: 'elasticloadbalancing',
  elbv2: 'elasticloadbalancing',
  cloudwatch: 'monitoring',
  ecr: 'ecr.api',
  efs: 'elasticfilesystem',
};

function servicesIn(line: string): string[] {
  const called = [...line.matchAll(/(?:^|[\s;&|(`])aws\s+(?:--[\w-]+(?:[= ]\S+)?\s+)*([a-z][a-z0-9-]*)/g)].map(
    ([, name]) => name!,
  );
  const bootstrap = /\bcfn-(signal|init|hup|get-metadata)\b/.test(line) ? ['cloudformation'] : [];
  return [...called.filter((name) => name !== 'configure').map((name) => endpointNames[name] ?? name), ...bootstrap];
}

/** Whether a script that sets up a server mentions a path; `unknown` for one that fetches what it runs, or sets up none. */
export function serves(script: string, path: string): 'yes' | 'no' | 'unknown' {
  if (mentions(script, path)) return 'yes';
  const { services, outside } = needsOf(script);
  const fetches =
    services.length > 0 || outside || /\b(cfn-init|base64\s+(-d|--decode)|mount|ansible|puppet|chef)\b/.test(script);
  const server = /\b(nginx|httpd|apache2|http\.server|createServer|busybox\s+httpd)\b/.test(script);
  return fetches || !server || /try_files|rewrite|proxy_pass|ProxyPass|location\s+~/.test(script) ? 'unknown' : 'no';
}

/** `/health` is mentioned by `/var/www/html/health` and by `location = /health`, and not by `/healthy`. */
function mentions(script: string, path: string): boolean {
  const plain = path.split('?')[0]!.replace(/\/$/, '');
  const escaped = plain.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return (
    new RegExp(`${escaped}(?![\\w-])`).test(script) || new RegExp(`(^|\\W)${escaped.slice(1)}(?![\\w-])`).test(script)
  );
}
