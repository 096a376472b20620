import type { JsonObject } from '../../json.ts';
import { text } from '../../property.ts';

/** What an instance runs, as far as its price depends on it. */
export interface OperatingSystem {
  /** As AWS's price list calls it: `Linux`, `Windows`, `RHEL`, `SUSE`, `Windows with SQL Server Standard`, … */
  readonly name: string;
  /** Whether the image says so, or nothing does and Linux is assumed. */
  readonly known: boolean;
  /** The license is one's own, so AWS bills the machine alone. */
  readonly ownLicense?: boolean;
}

/**
 * By what the templates call the image (a public parameter, a mapping, a parameter), then by user data that only Windows runs.
 *
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/billing-info-fields.html,
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-public-parameters-ami.html,
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/user-data.html
 */
export function operatingSystem(data: JsonObject, imageNames: readonly string[]): OperatingSystem {
  const image = text(data, 'ImageId') ?? '';
  for (const name of [...imageNames, image]) {
    const found = named(name);
    if (found) return found;
  }
  const script = Buffer.from(text(data, 'UserData') ?? '', 'base64')
    .toString()
    .trimStart();
  if (/^<(powershell|script)>/i.test(script)) return { name: 'Windows', known: true };
  return { name: 'Linux', known: false };
}

function named(name: string): OperatingSystem | undefined {
  const ownLicense = /\bby(ol|os)\b/i.test(name.replaceAll(/[_-]/g, ' '));
  const row = systems.find(({ pattern }) => pattern.test(name));
  if (!row) return undefined;
  if (ownLicense && ['Windows', 'RHEL', 'SUSE'].includes(row.name)) return { name: row.name, known: true, ownLicense };
  return { name: row.name, known: true };
}

/** The first that fits; what costs more stands before what it is built on. */
const systems: readonly { readonly pattern: RegExp; readonly name: string }[] = [
  { pattern: /^(resolve:ssm:)?\/aws\/service\/marketplace\//i, name: 'with software of AWS Marketplace' },
  { pattern: /(?<!my|postgre|no)SQL.*Enterprise/i, name: 'Windows with SQL Server Enterprise' },
  { pattern: /(?<!my|postgre|no)SQL.*Standard/i, name: 'Windows with SQL Server Standard' },
  { pattern: /(?<!my|postgre|no)SQL.*Web/i, name: 'Windows with SQL Server Web' },
  { pattern: /windows|(?<![a-z])win(20\d\d|server)/i, name: 'Windows' },
  { pattern: /rhel|red.?hat/i, name: 'RHEL' },
  { pattern: /suse|(?<![a-z])sles/i, name: 'SUSE' },
  { pattern: /mac-?os/i, name: 'macOS' },
  { pattern: /ubuntu\/?.?pro/i, name: 'Ubuntu Pro' },
  {
    pattern:
      /amazon.?linux|amzn|al20(22|23)|\/al2|ubuntu|canonical|debian|bottlerocket|freebsd|centos|rocky|alma|fedora|\/(ecs|eks)\/optimized-ami\//i,
    name: 'Linux',
  },
];
