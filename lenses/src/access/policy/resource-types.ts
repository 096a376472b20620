import { dataFile } from './data.ts';

interface Service {
  readonly forms: Readonly<Record<string, string>>;
  readonly actions: Readonly<Record<string, string>>;
}

const file = dataFile<Record<string, Service>>('resources.json');

/** One resource type that an action can be limited to. */
export interface TakenResource {
  /** AWS's name, for example `route-table`. */
  readonly type: string;
  /** ARN with `${…}` for what varies. */
  readonly form: string;
  readonly required: boolean;
}

/**
 * What an action can be limited to by resource; empty where only `*` is possible.
 * `undefined` for an action of a service whose resources are not kept.
 */
export function resourcesOf(action: string): readonly TakenResource[] | undefined {
  const [serviceName = '', name = ''] = action.split(':');
  const service = file()[serviceName];
  if (service === undefined) return undefined;
  const taken = service.actions[name];
  if (taken === undefined) return [];
  return taken.split(' ').map((each) => {
    const type = each.replace(/!$/, '');
    return { type, form: service.forms[type] ?? '*', required: each.endsWith('!') };
  });
}

/** The form with what is known put in and `*` for the rest. */
export function fillForm(form: string, known: { account: string; region: string }): string {
  return form
    .replace(/\$\{Partition\}/g, 'aws')
    .replace(/\$\{Region\}/g, known.region)
    .replace(/\$\{Account\}/g, known.account)
    .replace(/\$\{[^}]*\}/g, '*');
}
