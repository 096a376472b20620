import { isObject, type Json, type JsonObject } from '../json.ts';
import { type Mistake, mistake, type Place } from '../mistake.ts';
import { nearest } from '../nearest.ts';
import { allResourceTypes, resourceType } from '../specification/resource-type.ts';
import { isWritten, locate } from '../template/locate.ts';
import { placeOf } from '../template/marks.ts';
import { words } from '../words.ts';
import { canonical, checkJoinedElements } from './canonical.ts';
import { checkPolicies } from './policies.ts';
import { type Checked, checkProperties } from './properties.ts';
import { checkValues } from './values.ts';

/** A resource as it is written, and its properties as they were resolved. */
interface WrittenResource {
  readonly logicalId: string;
  /** The template's `Resources`. */
  readonly section: JsonObject;
  readonly definition: JsonObject;
  readonly properties: JsonObject;
  /** False if some property could not be resolved: that has a mistake of its own. */
  readonly complete: boolean;
}

/** Checks a resource's properties against AWS's specification of its type; types of others are taken as they are, with a warning. */
export function checkResource(resource: WrittenResource): Checked {
  const { definition, properties, logicalId } = resource;
  const type = definition.Type;
  if (typeof type !== 'string') return unchecked(resource);
  const at = (path: readonly (string | number)[]): Place => ({
    ...(locate(definition, path) ?? placeOf(resource.section, logicalId)),
    logicalId,
    path: path.join('.'),
  });
  const specification = resourceType(type);
  if (specification) {
    const known = (path: readonly (string | number)[]) => !resource.complete && isWritten(definition, path);
    const checked = checkProperties(specification, properties, at, known);
    const made = canonical(type, checked.properties, at);
    return {
      properties: made.properties,
      mistakes: [
        ...checked.mistakes,
        ...checkValues(type, made.properties, at),
        ...checkJoinedElements(type, made.properties, at),
      ],
      warnings: [...checked.warnings, ...made.warnings],
    };
  }
  if (isForeign(type)) return { properties, mistakes: [], warnings: [] };
  return { properties, mistakes: [unknownType(at(['Type']), type)], warnings: [] };
}

/** What is not in AWS's specification and yet no mistake: custom resources, registered types and modules of others, CDK's own. */
function isForeign(type: string): boolean {
  return (
    /^Custom::[\w@-]+(::[\w@-]+)*$/.test(type) ||
    type === 'AWS::CDK::Metadata' ||
    type === 'AWS::CloudFormation::CustomResource' ||
    (/^\w+::\w+::\w+(::MODULE)?$/.test(type) && !type.startsWith('AWS::'))
  );
}

const resourceKeys = [
  'Type',
  'Properties',
  'DependsOn',
  'Condition',
  'Metadata',
  'CreationPolicy',
  'UpdatePolicy',
  'DeletionPolicy',
  'UpdateReplacePolicy',
  'Description',
  'Version',
];

/** Whether every entry of `Resources` is a resource: an object with a type, a name that CloudFormation allows and known keys. */
export function checkResourceForms(section: JsonObject): Mistake[] {
  return Object.entries(section).flatMap(([logicalId, definition]) => formMistakes(section, logicalId, definition));
}

function formMistakes(section: JsonObject, logicalId: string, definition: Json): Mistake[] {
  const place: Place = { ...placeOf(section, logicalId), logicalId };
  const mistakes: Mistake[] = [];
  if (!/^[A-Za-z0-9]{1,255}$/.test(logicalId)) mistakes.push(wrongName(place, logicalId));
  if (!isObject(definition)) return [...mistakes, noType(place, logicalId)];
  if (typeof definition.Type !== 'string') mistakes.push(noType(place, logicalId));
  for (const key of Object.keys(definition)) {
    if (resourceKeys.includes(key)) continue;
    mistakes.push(unknownKey({ ...placeOf(definition, key), logicalId, path: key }, key));
  }
  mistakes.push(...checkPolicies(logicalId, definition));
  if (definition.Condition !== undefined && typeof definition.Condition !== 'string')
    mistakes.push(conditionNotAName({ ...placeOf(definition, 'Condition'), logicalId, path: 'Condition' }));
  for (const name of ['DeletionPolicy', 'UpdateReplacePolicy']) {
    const policy = definition[name];
    if (typeof policy === 'string' && !['Delete', 'Retain', 'RetainExceptOnCreate', 'Snapshot'].includes(policy))
      mistakes.push(wrongPolicy({ ...placeOf(definition, name), logicalId, path: name }, name, policy));
  }
  if (definition.Properties !== undefined && definition.Properties !== null && !isObject(definition.Properties))
    mistakes.push(propertiesNotAnObject({ ...placeOf(definition, 'Properties'), logicalId, path: 'Properties' }));
  return mistakes;
}

function unchecked({ properties }: WrittenResource): Checked {
  return { properties, mistakes: [], warnings: [] };
}

function unknownType(place: Place, type: string): Mistake {
  const service = type.split('::').slice(0, 2).join('::');
  const sameService = allResourceTypes().filter((each) => each.startsWith(`${service}::`));
  const suggestion = nearest(type, sameService.length > 0 ? sameService : allResourceTypes());
  return mistake('UNKNOWN_TYPE', place, {
    cause: words(`AWS's specification has no resource type "${type}".`, `AWS 사양에 "${type}" 리소스 타입이 없습니다.`),
    next: suggestion
      ? words(`Did you mean "${suggestion}"?`, `"${suggestion}"{을/를} 뜻하셨나요?`)
      : words(
          'Correct the type; those of AWS are written AWS::Service::Resource.',
          '타입을 고치세요. AWS의 타입은 AWS::서비스::리소스 형식입니다.',
        ),
  });
}

function wrongName(place: Place, logicalId: string): Mistake {
  return mistake('WRONG_LOGICAL_ID', place, {
    cause: words(
      `"${logicalId.slice(0, 80)}" cannot be a logical id: only letters and digits are allowed.`,
      `"${logicalId.slice(0, 80)}"{은/는} 논리적 ID로 쓸 수 없습니다. 영문자와 숫자만 쓸 수 있습니다.`,
    ),
    next: words('Rename it.', '이름을 바꾸세요.'),
  });
}

function noType(place: Place, logicalId: string): Mistake {
  return mistake('MISSING_TYPE', place, {
    cause: words(`${logicalId} has no Type.`, `${logicalId}에 Type이 없습니다.`),
    next: words('Give it one, for example "AWS::EC2::VPC".', '예를 들어 "AWS::EC2::VPC"를 지정하세요.'),
  });
}

function unknownKey(place: Place, key: string): Mistake {
  const suggestion = nearest(key, resourceKeys);
  return mistake('UNKNOWN_RESOURCE_KEY', place, {
    cause: words(`A resource has no "${key}".`, `리소스에는 "${key}" 항목이 없습니다.`),
    next: suggestion
      ? words(`Did you mean "${suggestion}"?`, `"${suggestion}"{을/를} 뜻하셨나요?`)
      : words(
          `It may have ${resourceKeys.join(', ')}; what belongs to its type goes below Properties.`,
          `쓸 수 있는 항목: ${resourceKeys.join(', ')}. 타입의 속성은 Properties 아래에 씁니다.`,
        ),
  });
}

function wrongPolicy(place: Place, name: string, policy: string): Mistake {
  return mistake('WRONG_VALUE', place, {
    cause: words(`"${policy}" is no ${name}.`, `"${policy}"{은/는} ${name} 값이 될 수 없습니다.`),
    next: words(
      'Write Delete, Retain, RetainExceptOnCreate or Snapshot.',
      'Delete, Retain, RetainExceptOnCreate, Snapshot 중 하나를 쓰세요.',
    ),
  });
}

function conditionNotAName(place: Place): Mistake {
  return mistake('WRONG_TYPE', place, {
    cause: words('Condition has to be the name of a condition.', 'Condition에는 조건의 이름을 써야 합니다.'),
    next: words(
      'Write the name; quote it if YAML takes it for true or false.',
      '이름을 쓰세요. YAML이 참·거짓으로 읽는 이름은 따옴표로 묶으세요.',
    ),
  });
}

function propertiesNotAnObject(place: Place): Mistake {
  return mistake('WRONG_TYPE', place, {
    cause: words('Properties has to be an object.', 'Properties는 객체여야 합니다.'),
    next: words('Write names and values below it.', '그 아래에 이름과 값을 쓰세요.'),
  });
}
