import { type Keys, notKnown } from '@terrace/cloud/families/contract/request-keys';
import { requestKeys } from '@terrace/cloud/families/registry';
import { findResource, type Inventory, type Resource } from '@terrace/cloud/inventory';
import { needsOfType } from '../needs/table.ts';
import { type Context, knownValue, type Value, withNotKnown } from '../policy/context.ts';
import { isListed, typesOf } from './listed-keys.ts';
import { possibleInventories } from './possible-inventories.ts';

/**
 * The requests that one demand on one ARN becomes, by their condition keys: what `base` has, what the template says, and for every other key
 * that AWS lists for the action, or that depends on the caller, that it is not known.
 */
export function requestContexts(
  inventory: Inventory,
  resource: Resource | null,
  action: string,
  arn: string,
  base: Context,
): readonly Context[] {
  const types = typesOf(action, arn);
  const sets = resource === null ? [{}] : keySets(inventory, resource, action, arn, types);
  const account: Keys = { 'ec2:Region': inventory.region, 'kms:CallerAccount': inventory.account };
  const isOwn = resource === null || isOfType(resource, types);
  return (sets.length === 0 ? [{}] : sets).map((set) => withListed(action, arn, base, { ...account, ...set }, isOwn));
}

/** A key whose value is another where the values that nobody here can tell are others is not known. */
function keySets(
  inventory: Inventory,
  resource: Resource,
  action: string,
  arn: string,
  types: readonly string[],
): readonly Keys[] {
  const keysOf = requestKeys[resource.type];
  if (keysOf === undefined) return [{}];
  const worlds = possibleInventories(inventory).map((possible) =>
    [
      keysOf({
        inventory: possible,
        resource: possible.resources.find(({ key }) => key === resource.key) ?? resource,
        action,
        arn,
        on: types.length === 1 ? types[0]! : null,
        find: (reference) => (typeof reference === 'string' ? findByName(possible, reference) : undefined),
      }),
    ].flat(),
  );
  const [first = [], ...others] = worlds;
  if (others.length === 0) return first;
  if (others.some(({ length }) => length !== first.length)) return [certainOf(worlds.flat())];
  return first.map((set, index) => certainOf([set, ...others.map((each) => each[index]!)]));
}

/** Of several sets of keys, the values that are the same in all. */
function certainOf(sets: readonly Keys[]): Keys {
  const names = new Set(sets.flatMap((set) => Object.keys(set)));
  return Object.fromEntries(
    [...names].map((name) => {
      const values = sets.map((set) => set[name]);
      return [name, new Set(values.map(asText)).size === 1 ? values[0] : notKnown];
    }),
  );
}

function asText(value: Keys[string]): string {
  return typeof value === 'symbol' ? '' : JSON.stringify([value]);
}

/** @param isOwn whether the ARN is that of the resource for which the call is made: another's tags are not known */
function withListed(action: string, arn: string, base: Context, keys: Keys, isOwn: boolean): Context {
  const known = new Map<string, Keys[string]>(Object.entries(keys).map(([key, value]) => [key.toLowerCase(), value]));
  const stated: Context = {
    get: (key) => {
      const tag = /^[a-z0-9-]+:(?:(resource|[a-z]+-)|req-)tag\/(.+)$/i.exec(key);
      if (tag && !key.startsWith('aws:')) return stated.get(`aws:${tag[1] ? 'Resource' : 'Request'}Tag/${tag[2]}`);
      if (/^aws:resourcetag\//i.test(key) && !isOwn) return notKnown;
      const before = base.get(key);
      if (before !== undefined) return before;
      const value = known.get(key.toLowerCase());
      return value === undefined || !isListed(action, arn, key.toLowerCase()) ? undefined : asValue(value);
    },
  };
  return withNotKnown(stated, (key) => !known.has(key) && (dependsOnCaller(key, base) || isOpen(action, arn, key)));
}

function isOfType({ type }: Resource, types: readonly string[]): boolean {
  const own = needsOfType(type)?.arn ?? '';
  return types.length === 0 || types.includes(own.slice(own.indexOf('/') + 1));
}

/** Tags are known: what the template does not state is not in the request. */
function isOpen(action: string, arn: string, key: string): boolean {
  return !key.startsWith('aws:') && !/(?:^|:|-)(?:resource)?tag\//.test(key) && isListed(action, arn, key);
}

/**
 * Global keys whose values only the caller and the moment decide.
 *
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
function dependsOnCaller(key: string, base: Context): boolean {
  // How long ago a second factor was given: of a request that was made with one.
  if (key === 'aws:multifactorauthage') return knownValue(base, 'aws:MultiFactorAuthPresent') === 'true';
  return key.startsWith('aws:') && !decided.some((each) => (each.endsWith('/') ? key.startsWith(each) : key === each));
}

/** These are in a context where the request carries them, and absent otherwise. */
const decided = [
  'aws:calledvia',
  'aws:calledviafirst',
  'aws:calledvialast',
  'aws:multifactorauthpresent',
  'aws:principalaccount',
  'aws:principalarn',
  'aws:principalisawsservice',
  'aws:principalservicename',
  'aws:principalservicenameslist',
  'aws:principaltype',
  'aws:requestedregion',
  'aws:requesttag/',
  'aws:resourceaccount',
  'aws:resourcetag/',
  'aws:securetransport',
  'aws:sourceaccount',
  'aws:sourcearn',
  'aws:sourceorgid',
  'aws:sourceorgpaths',
  'aws:tagkeys',
  'aws:username',
  'aws:viaawsservice',
];

function asValue(value: string | readonly string[] | typeof notKnown): Value {
  return typeof value === 'string' ? [value] : value;
}

function findByName(inventory: Inventory, reference: string): Resource | undefined {
  return (
    findResource(inventory, reference) ??
    inventory.resources.find(
      ({ attributes }) => attributes.Arn === reference || attributes.LaunchTemplateId === reference,
    )
  );
}
