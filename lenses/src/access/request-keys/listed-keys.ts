import { dataFile } from '../policy/data.ts';
import { resourcesOf, type TakenResource } from '../policy/resource-types.ts';

interface Service {
  readonly keys: readonly string[];
  readonly types: Readonly<Record<string, readonly number[]>>;
  readonly actions: Readonly<
    Record<
      string,
      { readonly own: readonly number[]; readonly within: Readonly<Record<string, readonly number[]>> } | undefined
    >
  >;
}

const file = dataFile<Record<string, Service>>('condition-keys.json.gz');

/**
 * Whether AWS lists a condition key of a service for an action on a resource, so that the request may carry it. One that is not listed is not
 * in the request. `${…}` in a listed key stands for any text, as in `aws:RequestTag/${TagKey}`.
 *
 * https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 *
 * @param key in lower case
 */
export function isListed(action: string, arn: string, key: string): boolean {
  const [serviceName = '', name = ''] = action.split(':');
  const service = file()[serviceName];
  // Of a service whose keys are not kept here, nothing is ruled out.
  if (service === undefined) return key.startsWith(`${serviceName}:`);
  const known = service.actions[name];
  if (known === undefined) return key.startsWith(`${serviceName}:`);
  const listed = (positions: readonly number[]) =>
    positions.some((position) => describes(service.keys[position]!.toLowerCase(), key));
  if (listed(known.own)) return true;
  return typesOf(action, arn).some((type) => listed(known.within[type] ?? service.types[type] ?? []));
}

function describes(listed: string, key: string): boolean {
  const open = listed.search(/[$<]/);
  return open < 0 ? listed === key : key.startsWith(listed.slice(0, open));
}

/** The resource types, in AWS's words, that an ARN may be one of; all that the action takes where the ARN says nothing. */
export function typesOf(action: string, arn: string): readonly string[] {
  const taken = resourcesOf(action) ?? [];
  const fitting = taken.filter((each) => fits(each, arn));
  return (fitting.length > 0 ? longest(fitting) : taken).map(({ type }) => type);
}

function fits({ form }: TakenResource, arn: string): boolean {
  const head = literalHead(form);
  const resource = arn.split(':').slice(5).join(':');
  return head === '' ? arn.split(':')[2] === form.split(':')[2] : resource.startsWith(head);
}

/** `loadbalancer/app/` says more than `loadbalancer/`. */
function longest(all: readonly TakenResource[]): readonly TakenResource[] {
  const most = Math.max(...all.map(({ form }) => literalHead(form).length));
  return all.filter(({ form }) => literalHead(form).length === most);
}

/** What the resource part of a form begins with before anything varies: `instance/`, `db:`. */
function literalHead(form: string): string {
  const resource = form.split(':').slice(5).join(':');
  const open = resource.indexOf('${');
  return open < 0 ? resource : resource.slice(0, open);
}
