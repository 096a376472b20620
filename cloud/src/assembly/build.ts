import { formatAddress, parseAddress, parsePrefix } from '../address.ts';
import { AddressBook, publicAddressRequest } from '../allocate/addresses.ts';
import { generatedName, uuid } from '../allocate/identifier.ts';
import { giveNodeAddresses } from '../allocate/node-addresses.ts';
import { partitionOf } from '../allocate/zones.ts';
import { concealment } from '../concealment.ts';
import { classicSubnets } from '../families/classic-load-balancer/classic-subnets.ts';
import { defaultVpc } from '../families/vpc/default-vpc.ts';
import type { Allocations, Asset, Inventory, NotKnownValue, Resource, ResourceKey, Stack } from '../inventory.ts';
import { isObject, type Json, type JsonObject } from '../json.ts';
import type { Mistake, Place } from '../mistake.ts';
import { standingInUse } from '../outside/in-use.ts';
import { resourcesOf, type Standing } from '../outside/standing.ts';
import { argumentsOf } from '../resolve/dependencies.ts';
import { openedSecrets } from '../resolve/dynamic-references.ts';
import { isNotKnown, type NotKnown, notKnown } from '../resolve/not-known.ts';
import { resolveParameters } from '../resolve/parameters.ts';
import { type StackIdentity, unresolved } from '../resolve/scope.ts';
import { type NestedOutputs, resolveStack, type Surroundings } from '../resolve/stack.ts';
import { changeOf } from '../specification/resource-change.ts';
import { secretsIn } from '../specification/secret-properties.ts';
import { locate } from '../template/locate.ts';
import { withoutFollowOns } from '../validate/follow-ons.ts';
import { checkUserData } from '../validate/limits.ts';
import { checkNetwork } from '../validate/network/check-network.ts';
import { checkRefusals } from '../validate/refusals.ts';
import { words } from '../words.ts';
import { defaultVpcsInUse } from './default-vpcs.ts';
import { ImageNames } from './image-names.ts';
import {
  maximumNestedResources,
  maximumNesting,
  maximumStacks,
  nestedTooDeep,
  nestedTooLarge,
  readNested,
} from './nested.ts';
import { orderStacks } from './stack-order.ts';
import type { StackSource } from './stack-source.ts';
import { systemParameter } from './system-parameters.ts';
import { unknownParameters } from './unknown-parameters.ts';

interface BuildOptions {
  readonly region: string;
  readonly account: string;
  readonly parameters: ReadonlyMap<string, Json>;
  readonly allocations: Allocations;
  readonly assets: readonly Asset[];
  /** What images are called that no template names, by id. */
  readonly imageNames: Readonly<Record<string, readonly string[]>>;
  /** What stands in accounts without the templates, whether they name it or not. */
  readonly standing: readonly Standing[];
  /** What stands, by key: what a change of it replaces is given anew. */
  readonly present: ReadonlyMap<ResourceKey, Resource>;
}

interface Built {
  readonly inventory: Inventory;
  readonly mistakes: readonly Mistake[];
  readonly warnings: readonly Mistake[];
}

/** Resolves all stacks, in their order, into one inventory. Pure: nothing is read but what it is given. */
export function buildInventory(sources: readonly StackSource[], options: BuildOptions): Built {
  const mistakes: Mistake[] = [];
  const incomplete = new Set<Resource>();
  const warnings: Mistake[] = [];
  const resources: Resource[] = [];
  const byReference = new Map<string, Resource>();
  const definitions = new Map<Resource, JsonObject>();
  const exports = new Map<string, Json | NotKnown>();
  const unknown: NotKnownValue[] = [];
  const stacks: Stack[] = [];
  const secrets: string[] = [];
  const taken = statedAddresses(sources);
  const book = new AddressBook(options.allocations, taken);
  const images = new ImageNames();
  for (const [image, names] of Object.entries(options.imageNames)) for (const name of names) images.add(image, name);
  const lookUp = (region: string) => (name: string) => {
    const value = systemParameter(name, region, options.parameters, resources);
    images.add(value, name);
    return value;
  };
  const report = (each: Mistake) => mistakes.push(each);
  const said = new Set<string>();
  const warn = (each: Mistake) => {
    if (each.code === 'NOT_KNOWN' && said.has(each.cause.en)) return;
    said.add(each.cause.en);
    warnings.push(each);
  };

  const identityOf = (source: StackSource): StackIdentity => {
    const region = source.region ?? options.region;
    const account = source.account ?? options.account;
    const id = uuid({ account, region, stack: source.name, logicalId: '' }, 'stack');
    return {
      name: source.name,
      id: `arn:${partitionOf(region)}:cloudformation:${region}:${account}:stack/${source.name}/${id}`,
      account,
      region,
    };
  };
  const parametersOf = (
    source: StackSource,
    onMistake: (each: Mistake) => void,
    onWarning: (each: Mistake) => void = () => undefined,
  ) =>
    resolveParameters(source.template, {
      given: givenParameters(source, options.parameters),
      ...(source.unknownParameters && { unknown: source.unknownParameters }),
      systemParameter: lookUp(source.region ?? options.region),
      report: onMistake,
      warn: onWarning,
    });

  const described = resourcesOf(options.standing);
  const stands = new Map(
    options.standing.flatMap(({ list, id, region, value }) =>
      list === 'Exports' && value !== undefined ? [[`${region} ${id}`, value] as const] : [],
    ),
  );
  for (const each of [...described.outside, ...described.neighbours])
    for (const id of [each.physicalId, each.key]) byReference.set(id, each);
  for (const each of described.neighbours) {
    const stated = parseAddress(String(each.properties.PrivateIpAddress ?? ''));
    if (stated !== undefined) taken.add(stated);
  }

  const resolve = (source: StackSource, within: readonly string[], first = resources.length): Stack => {
    const identity = identityOf(source);
    for (const each of defaultVpc(identity)) for (const id of [each.physicalId, each.key]) byReference.set(id, each);
    const stack = resolveStack(source.template, {
      stack: identity,
      parameters: parametersOf(source, report, warn),
      exported: (name) => exports.get(name) ?? stands.get(`${identity.region} ${name}`),
      systemParameter: lookUp(identity.region),
      find: (reference) => byReference.get(reference),
      ...addressesFrom(book, byReference),
      changes: (resource) => changesOf(resource, options.present.get(resource.key), book),
      nested: (resource, parameters) => {
        if (resource.type !== 'AWS::CloudFormation::Stack') return undefined;
        if (within.length >= maximumNesting || stacks.length >= maximumStacks) {
          report(nestedTooDeep(resource.place));
          return withoutOutputs;
        }
        if (resources.length - first > maximumNestedResources) return withoutOutputs;
        const read = readNested(resource, source, options.assets, report, warn);
        if (!read) return withoutOutputs;
        if (isNotKnown(read)) {
          unknown.push({ key: resource.key, path: 'Properties.TemplateURL', why: read.why });
          return { attributes: {}, untold: () => read };
        }
        if (read.file === source.file || within.includes(read.file)) {
          report(nestedTooDeep(resource.place));
          return withoutOutputs;
        }
        const inner = nestedSource(source, identity, resource, read, parameters);
        return nestedOutputs(resolve(inner, [...within, source.file], first), unknown);
      },
      created: (resource, definition, complete) => {
        if (!complete) incomplete.add(resource);
        resources.push(resource);
        definitions.set(resource, definition);
        byReference.set(resource.physicalId, resource);
        byReference.set(resource.key, resource);
        if (typeof resource.attributes.Arn === 'string') byReference.set(resource.attributes.Arn, resource);
      },
      leftOut: (path, { why }, logicalId) => unknown.push({ key: `${identity.name}/${logicalId}`, path, why }),
      untold: (output, exportName, value) => {
        unknown.push({ key: identity.name, path: `Outputs.${output}`, why: value.why });
        if (exportName !== null) exports.set(exportName, value);
      },
      conceal: (values) => secrets.push(...values),
      report,
      warn,
    });
    stacks.push(stack);
    images.addTemplate(source, stack.parameters);
    const isOutermost = within.length === 0;
    if (isOutermost && resources.length - first > maximumNestedResources)
      report(nestedTooLarge({ file: source.template.source.file }));
    for (const output of stack.outputs) if (output.exportName !== null) exports.set(output.exportName, output.value);
    return stack;
  };
  for (const each of unknownParameters(sources, options.parameters)) report(each);
  for (const source of orderStacks(sources, identityOf, parametersOf, report)) resolve(source, []);
  const resolved: Inventory = {
    ...{ account: options.account, region: options.region, stacks, resources, assets: options.assets },
    ...{ allocations: {}, secrets: [], notKnown: unknown },
  };
  const inUse = resourcesOf(standingInUse(options.standing, resolved));
  const outside = [...defaultVpcsInUse(resolved), ...inUse.outside];
  giveNodeAddresses([...outside, ...resources], book, (balancer) => classicSubnets(resolved, balancer));
  const at = (resource: Resource, ...path: readonly (string | number)[]): Place => ({
    ...resource.place,
    ...locate(definitions.get(resource), path),
    path: path.join('.'),
  });
  const regions = new Map(stacks.map(({ name, id }) => [name, id.split(':')[3] ?? options.region]));
  const homes = new Map(stacks.map(({ name, id }) => [name, `${id.split(':')[4]} ${id.split(':')[3]}`]));
  const unlessFaulty = soundOnly(mistakes, dependingOnUnknown(resources, unknown), incomplete, report);
  checkNetwork(resources, outside, ({ stack }) => regions.get(stack) ?? options.region, at, unlessFaulty, warn);
  checkUserData(resources, at, report);
  const homeOf = (resource: Resource) => homes.get(resource.stack) ?? `${options.account} ${options.region}`;
  checkRefusals(resources, outside, homeOf, images.all(), at, mistakes, unlessFaulty);
  for (const { properties } of resources) secrets.push(...secretsIn(properties));
  for (const { template } of sources) secrets.push(...openedSecrets(template.body, options.parameters));
  const { value: conceal } = concealment(secrets);
  const told = ({ code, place, cause, next }: Mistake) => ({ code, place, cause: conceal(cause), next: conceal(next) });
  return {
    inventory: {
      account: options.account,
      region: options.region,
      stacks,
      resources,
      ...(outside.length > 0 ? { outside } : {}),
      ...(inUse.neighbours.length > 0 ? { neighbours: inUse.neighbours } : {}),
      allocations: stillOwned(book.allocations(), [...outside, ...resources]),
      assets: options.assets,
      imageNames: images.all(),
      secrets: [...new Set(secrets)],
      notKnown: unknown,
    },
    mistakes: withoutFollowOns(mistakes, resources).map(told),
    warnings: warnings.map(told),
  };
}

/**
 * Passes on what concerns resources without a mistake so far: of the others, what follows from their fault is not said again. A
 * property that a type does not have leaves the others as they are, so what is said of those does not follow from it. Nor is anything said of
 * what depends on a value that is not known, or that something is missing where a property could not be resolved.
 */
function soundOnly(
  mistakes: readonly Mistake[],
  dependent: readonly Resource[],
  incomplete: ReadonlySet<Resource>,
  report: (each: Mistake) => void,
): (each: Mistake) => void {
  const name = ({ place }: Pick<Mistake, 'place'>) => `${place.file} ${place.logicalId}`;
  const unknown = mistakes.filter(({ code }) => code === 'UNKNOWN_PROPERTY');
  const faulty = new Set([...mistakes.filter((each) => !unknown.includes(each)), ...dependent].map(name));
  const misspelt = new Set(unknown.map(name));
  const lacking = new Set([...incomplete].map(name));
  return (each) => {
    const stated = each.place.path?.startsWith('Properties.') ?? false;
    if (aboutAbsence.includes(each.code) && lacking.has(name(each))) return;
    if (!faulty.has(name(each)) && (stated || !misspelt.has(name(each)))) report(each);
  };
}

/** Mistakes that say that something, or enough of it, is not there. */
const aboutAbsence = ['MISSING_COMPANION', 'LIST_LENGTH', 'TOO_FEW_ZONES', 'RULE_WITHOUT_PEER', 'ROUTE_TO_NOTHING'];

/** Properties that no check of the network reads. */
const describing = ['Properties.Tags', 'Properties.Description', 'Properties.UserData'];

/** Resources with a value that is not known, and those that stand behind them. */
function dependingOnUnknown(resources: readonly Resource[], unknown: readonly NotKnownValue[]): Resource[] {
  const keys = new Set(unknown.filter(({ path }) => !describing.includes(path)).map(({ key }) => key));
  // In the order of creation: whatever a resource depends on stands before it.
  for (const { key, dependsOn } of resources) if (dependsOn.some((each) => keys.has(each))) keys.add(key);
  return resources.filter(({ key }) => keys.has(key));
}

/**
 * Counts a resource's replacements, and the versions of a launch template, whose latest is what groups refer to.
 *
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-launchtemplate.html
 */
function changesOf(
  resource: Parameters<Surroundings['changes']>[0],
  stands: Resource | undefined,
  book: AddressBook,
): ReturnType<Surroundings['changes']> {
  const { key, type } = resource;
  const change = stands && changeOf(stands, resource);
  const versioned = type === 'AWS::EC2::LaunchTemplate' ? ['LaunchTemplateData', 'VersionDescription'] : [];
  if (change?.behavior === 'replacement') book.replace(key);
  else if (change?.properties.some(({ path }) => versioned.includes(path.split('.')[0] ?? ''))) book.revise(key);
  return { replacements: book.replacements(key), revisions: book.revisions(key) };
}

/** Private addresses from the subnets that are resolved so far, public ones from their range. */
function addressesFrom(
  book: AddressBook,
  byReference: ReadonlyMap<string, Resource>,
): Pick<Surroundings, 'privateAddress' | 'publicAddress'> {
  return {
    privateAddress: (subnetId, owner, wanted) => {
      const subnet = subnetId === undefined ? undefined : byReference.get(subnetId);
      const range = parsePrefix(String(subnet?.properties.CidrBlock ?? ''));
      if (!subnet || !range) return undefined;
      const address = wanted === undefined ? undefined : parseAddress(wanted);
      const given = book.give({
        owner,
        subnet: subnet.key,
        range,
        ...(address === undefined ? {} : { wanted: address }),
      });
      return given === undefined ? undefined : formatAddress(given);
    },
    publicAddress: (owner) => {
      const address = book.give(publicAddressRequest(owner));
      if (address === undefined) throw new Error('more than 65,000 public addresses are asked for');
      return formatAddress(address);
    },
  };
}

/** A nested stack is named after its parent and itself, and given the parameters that its resource states. */
function nestedSource(
  parent: StackSource,
  identity: StackIdentity,
  resource: Resource,
  read: Pick<StackSource, 'file' | 'template'>,
  unknownParameters: ReadonlyMap<string, NotKnown>,
): StackSource {
  const { account, region, name } = identity;
  const parameters = isObject(resource.properties.Parameters) ? resource.properties.Parameters : {};
  return {
    ...read,
    name: generatedName({ account, region, stack: name, logicalId: resource.logicalId }, 128),
    dependsOn: [],
    region,
    account,
    parameters: Object.fromEntries(
      Object.entries(parameters).map(([key, value]) => [key, Array.isArray(value) ? value.join(',') : String(value)]),
    ),
    unknownParameters,
    nestedIn: parent.name,
  };
}

function nestedOutputs(stack: Stack, unknown: readonly NotKnownValue[]): NestedOutputs {
  return {
    attributes: {
      StackId: stack.id,
      ...Object.fromEntries(stack.outputs.map((output) => [`Outputs.${output.name}`, output.value])),
    },
    untold: (name) => {
      const open = unknown.find(({ key, path }) => key === stack.name && path === name);
      return open && notKnown(open.why, words('See the stack that it comes from.', '값이 나오는 스택을 확인하세요.'));
    },
  };
}

/** A nested stack with a mistake: what would come of it is not asked for again. */
const withoutOutputs: NestedOutputs = { attributes: {}, untold: () => unresolved };

function givenParameters(source: StackSource, parameters: ReadonlyMap<string, Json>): Map<string, Json> {
  const given = new Map<string, Json>(Object.entries(source.parameters ?? {}));
  if (source.nestedIn !== undefined) return given;
  for (const name of Object.keys(source.template.parameters)) {
    const value = parameters.get(`${source.name}:${name}`) ?? parameters.get(name);
    if (value !== undefined) given.set(name, value);
  }
  return given;
}

/** Private addresses that a template writes down, wherever: nobody else is given them. */
function statedAddresses(sources: readonly StackSource[]): Set<number> {
  const stated = new Set<number>();
  for (const { template } of sources) {
    for (const name of ['PrivateIpAddress', 'PrivateIPv4Address']) {
      for (const text of argumentsOf(template.resources, name)) {
        const address = typeof text === 'string' ? parseAddress(text) : undefined;
        if (address !== undefined) stated.add(address);
      }
    }
  }
  return stated;
}

/** Drops what was given to resources, or in subnets, that are no longer there. */
function stillOwned(allocations: Allocations, resources: readonly Resource[]): Allocations {
  const keys = new Set(resources.map((resource) => resource.key));
  return Object.fromEntries(
    Object.entries(allocations).filter(([key]) => {
      const [kind, subnet, owner] = key.split(' ');
      if ((kind !== 'address' && kind !== 'former') || subnet === undefined || owner === undefined) return true;
      return (subnet === 'public' || keys.has(subnet)) && keys.has(owner.split(/[#@+]/)[0] as string);
    }),
  );
}
