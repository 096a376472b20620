import type { Json, JsonObject } from '../../json.ts';
import { isObject } from '../../json.ts';
import { type Words, words } from '../../words.ts';

/** What a deployment does with a resource. `console` is what a person who clicks through the same needs besides. */
export type Phase = 'create' | 'read' | 'update' | 'delete' | 'console';

/** What one resource type asks for, in every phase, and on which properties that depends. */
export interface TypeNeeds {
  /** For example `AWS::EC2::Subnet`. */
  readonly type: string;
  readonly noun: Words;
  /** The resource type of the Service Authorization Reference, for example `ec2/subnet`; `null` where it has none. */
  readonly arn: string | null;
  readonly phases: Readonly<Record<Phase, readonly Need[]>>;
  /** AWS's page on the type. */
  readonly page: string;
}

/** Actions that are needed together for one reason. */
export interface Need {
  readonly actions: readonly string[];
  /** `null` where the type always needs it. */
  readonly when: ((properties: JsonObject) => boolean) | null;
  /** The top-level properties that `when` reads; empty where any of them may decide. */
  readonly decidedBy: readonly string[];
  /** `null` where the action's own nature says it: it makes, changes, removes, tags or watches the thing. */
  readonly reason: Reason | null;
}

export interface Reason {
  readonly why: Words;
  readonly page: string;
  /** The role that is handed over, by where it stands in the properties; for `iam:PassRole`. */
  readonly passes?: { readonly paths: readonly string[]; readonly to: string };
  /** The service whose service-linked role is made; only an account that has none yet needs it. */
  readonly serviceLinkedRole?: string;
  /** What the action is done to, where that follows from the reason: an ARN with `REGION` and `ACCOUNT`. */
  readonly on?: string;
  /** Where in the properties the key stands; for actions of KMS. */
  readonly key?: readonly string[];
}

type Stated = string | Need;

/** Writes one row of the table. Actions are written as `service:Name Name …`; a prefix holds until the next one. */
export function needsOf(
  type: string,
  noun: readonly [en: string, ko: string],
  arn: string | null,
  phases: Partial<Record<Phase, readonly Stated[]>>,
): TypeNeeds {
  const list = (phase: Phase) => (phases[phase] ?? []).map((each) => (typeof each === 'string' ? always(each) : each));
  return {
    type,
    noun: words(noun[0], noun[1]),
    arn,
    phases: {
      create: list('create'),
      read: list('read'),
      update: list('update'),
      delete: list('delete'),
      console: list('console'),
    },
    page: pageOf(type),
  };
}

export function always(actions: string, reason: Reason | null = null): Need {
  return { actions: expand(actions), when: null, decidedBy: [], reason };
}

/** Needed where the template gives one of these properties (paths parted by spaces, steps by dots; `*` is any item). */
export function given(paths: string, actions: string, reason: Reason | null = null): Need {
  const list = paths.split(' ');
  return {
    actions: expand(actions),
    when: (properties) => list.some((path) => at(properties, path).length > 0),
    decidedBy: list.flatMap(topOf),
    reason,
  };
}

/** Needed where a property has one of these values. */
export function valued(path: string, values: readonly Json[], actions: string, reason: Reason | null = null): Need {
  return {
    actions: expand(actions),
    when: (properties) =>
      at(properties, path).some((value) => values.includes(value) || values.includes(String(value))),
    decidedBy: topOf(path),
    reason,
  };
}

function topOf(path: string): string[] {
  const [top = ''] = path.split('.');
  return top === '' ? [] : [top];
}

/** Needed where the template gives the resource tags. */
export function tagged(actions: string): Need {
  return given('Tags TagSpecifications HostedZoneTags HealthCheckTags FileSystemTags BackupVaultTags', actions);
}

/** What stands at a path; several values where the path goes through a list, none where it leads nowhere. */
export function at(value: Json | undefined, path: string): Json[] {
  let found: Json[] = value === undefined ? [] : [value];
  for (const step of path.split('.')) {
    found = found.flatMap((each) => {
      if (step === '*') return Array.isArray(each) ? [...each] : [];
      const next = isObject(each) ? each[step] : undefined;
      return next === undefined || next === null ? [] : [next];
    });
  }
  return found.filter((each) => each !== '' && !(Array.isArray(each) && each.length === 0));
}

/** `ec2:CreateSubnet DescribeSubnets iam:PassRole` as full names. */
export function expand(written: string): string[] {
  let service = '';
  return written
    .split(/\s+/)
    .filter((word) => word !== '')
    .map((word) => {
      const [first, second] = word.split(':');
      if (second === undefined) return `${service}:${first}`;
      service = first ?? '';
      return word;
    });
}

function pageOf(type: string): string {
  const [, service = '', name = ''] = type.split('::');
  return `https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-${service.toLowerCase()}-${name.toLowerCase()}.html`;
}
