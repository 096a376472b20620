import { partitionOf, urlSuffixOf } from '../allocate/zones.ts';
import { mask } from '../concealment.ts';
import type { Draft } from '../families/contract/identity.ts';
import { identify } from '../families/identify.ts';
import type { Resource, Stack } from '../inventory.ts';
import { isObject, type Json, type JsonObject } from '../json.ts';
import { type Mistake, mistake } from '../mistake.ts';
import { nearest } from '../nearest.ts';
import { tooManyEntries } from '../template/counts.ts';
import { placeOf } from '../template/marks.ts';
import type { Template } from '../template/template.ts';
import { checkPolicyValues } from '../validate/policy-values.ts';
import { checkResource, checkResourceForms } from '../validate/resource.ts';
import { words } from '../words.ts';
import { referencesOf, type Settled, statedDependencies } from './dependencies.ts';
import { derivedSecrets, secretParameters, secretValues } from './derived-secrets.ts';
import { conditionNamed, evaluateConditions } from './functions/conditions.ts';
import { evaluate, evaluateMembers, type Members } from './functions/evaluate.ts';
import { checkRules } from './functions/rules.ts';
import { expandLoops } from './loops.ts';
import { isNotKnown, isSettled, type NotKnown } from './not-known.ts';
import { orderByNeed } from './order.ts';
import { resolveOutputs } from './outputs.ts';
import {
  type Resolved,
  type ResourceValues,
  type Scope,
  type StackIdentity,
  unresolved,
  type Verdict,
} from './scope.ts';
import { tagsOf } from './tags.ts';
import { isCustom, toldByProvider, untold } from './told-by-aws.ts';
import { beginTrail, placeOfTrail, step, type Trail } from './trail.ts';
import { checkTransforms } from './transforms.ts';

/** What a stack is resolved against: everything that lies outside its template. */
export interface Surroundings {
  readonly stack: StackIdentity;
  readonly parameters: ReadonlyMap<string, Resolved>;
  exported(name: string): Json | NotKnown | undefined;
  systemParameter(name: string): string | undefined;
  find: Draft['find'];
  privateAddress: Draft['privateAddress'];
  publicAddress: Draft['publicAddress'];
  /** How often a resource has been replaced, and changed in place since where AWS counts that, this change included. */
  changes(resource: Pick<Resource, 'key' | 'type' | 'properties' | 'updatePolicy'>): {
    readonly replacements: number;
    readonly revisions: number;
  };
  /** A nested stack: loads it and gives its outputs as attributes. `undefined` for every other resource. */
  nested(resource: Resource, unknown: ReadonlyMap<string, NotKnown>): NestedOutputs | undefined;
  /** Called for each value that nobody here can tell, and that is left out: a path below a resource, or an output. */
  leftOut(path: string, value: NotKnown, logicalId?: string): void;
  /** Called for each output that nobody here can tell. */
  untold(output: string, exportName: string | null, value: NotKnown): void;
  /** Called for each resource as soon as it is resolved, in the order of creation; `complete` unless some of its properties could not be. */
  created(resource: Resource, definition: JsonObject, complete: boolean): void;
  /** Called with values that are never to be shown. */
  conceal(secrets: readonly string[]): void;
  report(mistake: Mistake): void;
  warn(mistake: Mistake): void;
}

export interface NestedOutputs {
  readonly attributes: JsonObject;
  untold: ResourceValues['untold'];
}

/**
 * Resolves a template's resources in an order in which each stands behind what it depends on, then its outputs.
 */
export function resolveStack(written: Template, outside: Surroundings): Stack {
  const imports = new Set<string>();
  const surroundings: Surroundings = {
    ...outside,
    exported: (name) => {
      const value = outside.exported(name);
      if (value !== undefined) imports.add(name);
      return value;
    },
  };
  const values = new Map<string, ResourceValues | typeof unresolved>();
  surroundings.conceal(secretValues(secretParameters(written), surroundings.parameters));
  checkTransforms(written, surroundings.report, surroundings.warn);
  const template = withinBounds(expandLoops(written, parameterScope(written, surroundings)), surroundings.report);
  checkRules({ ...parameterScope(template, surroundings), inRules: true });
  const scope = scopeOf(template, surroundings, values);
  for (const each of checkResourceForms(template.resources)) scope.report(each);
  const plan = planResources(template, scope);
  for (const logicalId of plan.leftOut) values.set(logicalId, leftOut(template, logicalId));
  for (const logicalId of plan.inCircles) values.set(logicalId, unresolved);
  for (const logicalId of plan.order) {
    if (values.has(logicalId)) continue;
    if (plan.needs(logicalId).some((name) => !values.has(name))) {
      values.set(logicalId, unresolved);
      continue;
    }
    const { resource, complete, ...told } = resolveResource(
      template,
      scope,
      surroundings,
      logicalId,
      plan.needs(logicalId),
    );
    values.set(logicalId, { type: resource.type, exists: true, ...told });
    surroundings.created(resource, template.resources[logicalId] as JsonObject, complete);
  }
  const metadata = evaluateMembers(scope, template.metadata, beginTrail(template.body, 'Metadata')).values ?? {};
  const outputs = resolveOutputs(template, scope, surroundings.untold);
  return {
    name: surroundings.stack.name,
    id: surroundings.stack.id,
    metadata: metadata as JsonObject,
    parameters: shownParameters(template, surroundings.parameters),
    outputs,
    imports: [...imports].sort(),
  };
}

/** Refuses a template whose loops make more than a stack holds, before anything of it is resolved. */
function withinBounds(template: Template, report: (each: Mistake) => void): Template {
  const { resources, outputs, body } = template;
  const beyond = tooManyEntries({ Resources: resources, Outputs: outputs }, template.source.file);
  for (const each of beyond) report({ ...each, place: { ...each.place, ...placeOf(body, each.place.path) } });
  return beyond.length > 0 ? { ...template, resources: {}, outputs: {} } : template;
}

/** Values of parameters as they may be shown: those that say `NoEcho` are not. */
function shownParameters(template: Template, parameters: ReadonlyMap<string, Resolved>): JsonObject {
  const shown: Record<string, Json> = {};
  const secret = secretParameters(template);
  for (const [name, value] of parameters) {
    if (!isSettled(value)) continue;
    shown[name] = secret.includes(name) ? mask : value;
  }
  return shown;
}

type OutsideOfTemplate = Pick<
  Surroundings,
  'stack' | 'parameters' | 'exported' | 'systemParameter' | 'report' | 'warn'
>;

/** A scope that has nothing but parameters and mappings. */
export function parameterScope(template: Template, surroundings: OutsideOfTemplate): Scope {
  return {
    stack: surroundings.stack,
    template,
    parameters: surroundings.parameters,
    conditions: new Map(),
    mayReferToResources: false,
    inRules: false,
    resource: () => undefined,
    exported: (name) => surroundings.exported(name),
    systemParameter: (name) => surroundings.systemParameter(name),
    report: (each) => surroundings.report(each),
    warn: (each) => surroundings.warn(each),
  };
}

/** A scope in which conditions are settled and resources can be referred to as far as they are in `values`. */
export function scopeOf(
  template: Template,
  surroundings: OutsideOfTemplate,
  values: ReadonlyMap<string, ResourceValues | typeof unresolved> | undefined,
): Scope {
  const scopeWith = (conditions: ReadonlyMap<string, Verdict>, mayRefer: boolean): Scope => ({
    ...parameterScope(template, surroundings),
    conditions,
    mayReferToResources: mayRefer,
    resource: (logicalId) => values?.get(logicalId),
  });
  const conditions = evaluateConditions((settled) => scopeWith(settled, false), template.conditions);
  return scopeWith(conditions, values !== undefined);
}

interface ResourcePlan {
  readonly order: readonly string[];
  readonly leftOut: readonly string[];
  readonly inCircles: ReadonlySet<string>;
  needs(logicalId: string): readonly string[];
}

function planResources(template: Template, scope: Scope): ResourcePlan {
  const leftOutIds: string[] = [];
  const present: string[] = [];
  for (const [logicalId, definition] of Object.entries(template.resources)) {
    const trail = step(beginTrail(template.resources, logicalId, logicalId), definition, 'Condition');
    if (!isObject(definition)) continue;
    const condition = definition.Condition;
    const holds = typeof condition === 'string' ? conditionNamed(scope, condition, trail) : true;
    (holds === false ? leftOutIds : present).push(logicalId);
  }
  const here = new Set(present);
  const quiet: Scope = { ...scope, mayReferToResources: false, report: () => undefined, warn: () => undefined };
  const settled: Settled = {
    holds(name) {
      const value = scope.conditions.get(name);
      return typeof value === 'boolean' ? value : undefined;
    },
    nameOf(expression) {
      const value = evaluate(quiet, expression, beginTrail(template.body, 'Resources'));
      return typeof value === 'string' ? value : undefined;
    },
  };
  const needsOf = new Map<string, readonly string[]>();
  for (const logicalId of present) {
    const definition = template.resources[logicalId] as JsonObject;
    const needs = referencesOf(definition.Properties, settled);
    for (const name of referencesOf(definition.Metadata, settled)) needs.add(name);
    checkStatedDependencies(template, scope, logicalId, definition);
    for (const name of statedDependencies(definition)) needs.add(name);
    needsOf.set(
      logicalId,
      [...needs].filter((name) => here.has(name)),
    );
  }
  const { order, circles } = orderByNeed(present, (logicalId) => needsOf.get(logicalId) ?? []);
  for (const circle of circles) scope.report(circularMistake(template, circle));
  return {
    order,
    leftOut: leftOutIds,
    inCircles: new Set(circles.flat()),
    needs: (logicalId) => needsOf.get(logicalId) ?? [],
  };
}

function resolveResource(
  template: Template,
  scope: Scope,
  surroundings: Surroundings,
  logicalId: string,
  needs: readonly string[],
): { readonly resource: Resource; readonly complete: boolean } & Pick<
  ResourceValues,
  'physicalId' | 'attributes' | 'untold'
> {
  const definition = template.resources[logicalId] as JsonObject;
  const { stack } = surroundings;
  const trail = beginTrail(template.resources, logicalId, logicalId);
  const members = (name: string): JsonObject =>
    evaluateMembers(scope, definition[name], step(trail, definition, name)).values;
  const key = `${stack.name}/${logicalId}`;
  const type = typeof definition.Type === 'string' ? definition.Type : '';
  const written = evaluateMembers(scope, definition.Properties, step(trail, definition, 'Properties'));
  const given = parametersOfNested(scope, definition, trail);
  if (given.unknown.size > 0) written.values.Parameters = given.values;
  const checked = checkResource({
    logicalId,
    section: template.resources,
    definition,
    properties: written.values,
    complete: written.complete,
  });
  for (const each of checked.mistakes) scope.report(each);
  for (const each of checked.warnings) scope.warn(each);
  const { properties } = checked;
  const { complete } = written;
  surroundings.conceal(derivedSecrets(scope, definition.Properties, written.values));
  const policies = { CreationPolicy: members('CreationPolicy'), UpdatePolicy: members('UpdatePolicy') };
  for (const each of checkPolicyValues(logicalId, definition, policies)) scope.report(each);
  const changes = surroundings.changes({ key, type, properties, updatePolicy: policies.UpdatePolicy });
  const identity = identify({
    subject: {
      account: stack.account,
      region: stack.region,
      stack: stack.name,
      logicalId,
      replacements: changes.replacements,
    },
    revisions: changes.revisions,
    key,
    type,
    properties,
    isUnknown: (name) => written.unknown.has(name) || written.unknown.has(''),
    stackId: stack.id,
    partition: partitionOf(stack.region),
    urlSuffix: urlSuffixOf(stack.region),
    find: surroundings.find,
    privateAddress: surroundings.privateAddress,
    publicAddress: surroundings.publicAddress,
  });
  const resource: Resource = {
    key,
    stack: stack.name,
    logicalId,
    type,
    physicalId: identity.physicalId,
    attributes: identity.attributes,
    properties,
    metadata: members('Metadata'),
    creationPolicy: policies.CreationPolicy,
    updatePolicy: policies.UpdatePolicy,
    deletionPolicy: deletionPolicyOf(definition, type, properties),
    keepsData: { deleted: isKept(definition.DeletionPolicy), replaced: isKept(definition.UpdateReplacePolicy) },
    dependsOn: needs.map((name) => `${stack.name}/${name}`),
    tags: tagsOf(properties),
    place: placeOfTrail(trail),
  };
  for (const [name, value] of written.unknown)
    surroundings.leftOut(name === '' ? 'Properties' : `Properties.${name}`, value, logicalId);
  const condition = typeof definition.Condition === 'string' ? scope.conditions.get(definition.Condition) : undefined;
  if (isNotKnown(condition)) surroundings.leftOut('Condition', condition, logicalId);
  const outputs = surroundings.nested(resource, given.unknown);
  if (outputs) {
    const { attributes, untold } = outputs;
    const physicalId = String(attributes.StackId ?? resource.physicalId);
    return { resource: { ...resource, physicalId, attributes }, complete, physicalId, attributes, untold };
  }
  const stated = Object.entries(identity.attributes).filter(([name]) => !written.unknown.has(name));
  return {
    resource,
    complete,
    physicalId: isCustom(type) ? toldByProvider(logicalId, type, 'Ref') : identity.physicalId,
    attributes: Object.fromEntries(stated),
    untold: (name) => written.unknown.get(name) ?? (identity.mayHave(name) ? untold(logicalId, type, name) : undefined),
  };
}

/** The parameters that a nested stack is given, each by itself. */
function parametersOfNested(scope: Scope, definition: JsonObject, trail: Trail): Members {
  const properties = definition.Properties;
  if (definition.Type !== 'AWS::CloudFormation::Stack' || !isObject(properties))
    return { values: {}, unknown: new Map(), complete: true };
  const quiet: Scope = { ...scope, report: () => undefined, warn: () => undefined };
  return evaluateMembers(
    quiet,
    properties.Parameters,
    step(step(trail, definition, 'Properties'), properties, 'Parameters'),
  );
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-deletionpolicy.html */
function deletionPolicyOf(definition: JsonObject, type: string, properties: JsonObject): Resource['deletionPolicy'] {
  const stated = definition.DeletionPolicy;
  if (stated === 'Delete' || stated === 'Retain' || stated === 'RetainExceptOnCreate' || stated === 'Snapshot')
    return stated;
  const isCluster = type === 'AWS::RDS::DBCluster';
  const isLoneInstance = type === 'AWS::RDS::DBInstance' && properties.DBClusterIdentifier === undefined;
  return isCluster || isLoneInstance ? 'Snapshot' : 'Delete';
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-updatereplacepolicy.html */
function isKept(stated: Json | undefined): boolean {
  return stated === 'Retain' || stated === 'RetainExceptOnCreate' || stated === 'Snapshot';
}

function leftOut(template: Template, logicalId: string): ResourceValues {
  const type = (template.resources[logicalId] as JsonObject).Type;
  return { type: String(type), exists: false, physicalId: '', attributes: {}, untold: () => undefined };
}

function checkStatedDependencies(template: Template, scope: Scope, logicalId: string, definition: JsonObject): void {
  for (const name of statedDependencies(definition)) {
    if (Object.hasOwn(template.resources, name)) continue;
    const suggestion = nearest(name, Object.keys(template.resources));
    const place = placeOfTrail(step(beginTrail(template.resources, logicalId, logicalId), definition, 'DependsOn'));
    scope.report(
      mistake('UNKNOWN_REFERENCE', place, {
        cause: words(
          `No resource of this template is called "${name}".`,
          `이 템플릿에는 "${name}"이라는 리소스가 없습니다.`,
        ),
        next: suggestion
          ? words(`Did you mean "${suggestion}"?`, `"${suggestion}"{을/를} 뜻하셨나요?`)
          : words('Remove it from DependsOn, or correct the name.', 'DependsOn에서 지우거나 이름을 고치세요.'),
      }),
    );
  }
}

function circularMistake(template: Template, circle: readonly string[]): Mistake {
  const round = [...circle, circle[0]].join(' → ');
  const first = circle[0] as string;
  return mistake('CIRCULAR_DEPENDENCY', placeOfTrail(beginTrail(template.resources, first, first)), {
    cause: words(`These resources wait for each other: ${round}.`, `리소스들이 서로를 기다립니다: ${round}`),
    next: words(
      'Take one of the references out; two security groups that name each other need AWS::EC2::SecurityGroupIngress resources.',
      '참조 하나를 빼세요. 서로를 가리키는 보안 그룹은 AWS::EC2::SecurityGroupIngress 리소스로 나누어야 합니다.',
    ),
  });
}
