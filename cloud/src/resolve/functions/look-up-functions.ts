import { partitionOf, urlSuffixOf, zonesOf } from '../../allocate/zones.ts';
import type { Json } from '../../json.ts';
import { mistake } from '../../mistake.ts';
import { nearest } from '../../nearest.ts';
import { words } from '../../words.ts';
import { isNotKnown, type NotKnown, notKnown, unsettled } from '../not-known.ts';
import { absent, type Intrinsic, type Resolved, type Scope, type StackIdentity, unresolved } from '../scope.ts';
import { placeOfTrail, type Trail } from '../trail.ts';
import { asText, evaluateArguments, wrongArgument } from './arguments.ts';
import { evaluate } from './evaluate.ts';
import { findInMap } from './mappings.ts';

/** Functions that fetch a value from elsewhere in the template, or from another stack. */
export const lookUpFunctions: Readonly<Record<string, Intrinsic>> = {
  Ref: (scope, argument, trail) => {
    const name = evaluate(scope, argument, trail);
    if (name === unresolved || isNotKnown(name)) return name;
    if (typeof name === 'string') return reference(scope, name, trail);
    return wrongArgument(scope, trail, words('the name of a parameter or a resource', '파라미터나 리소스의 이름'));
  },

  'Fn::GetAtt': (scope, argument, trail) => {
    const given = typeof argument === 'string' ? splitAtDot(argument) : argument;
    const evaluated = evaluateArguments(scope, given, trail, { from: 2, to: 2 });
    const open = unsettled(evaluated);
    if (open !== undefined) return open;
    const [logicalId, name] = evaluated ?? [];
    if (typeof logicalId !== 'string' || typeof name !== 'string')
      return wrongArgument(scope, trail, words('a logical id and an attribute', '논리적 ID와 속성 이름'));
    return attribute(scope, logicalId, name, trail);
  },

  /** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-importvalue.html */
  'Fn::ImportValue': (scope, argument, trail) => {
    const name = evaluate({ ...scope, mayReferToResources: false }, argument, trail);
    if (name === unresolved || isNotKnown(name)) return name;
    const text = asText(name);
    if (text === undefined) return wrongArgument(scope, trail, words('the name of an export', '내보내기 이름'));
    const value = scope.exported(text);
    if (value !== undefined) return value;
    return saidNotKnown(
      scope,
      trail,
      notKnown(
        words(
          `No stack that is loaded exports "${text}", so its value is not known here.`,
          `불러온 스택 중 "${text}"{을/를} 내보내는 스택이 없어 값을 알 수 없습니다.`,
        ),
        words(
          'Load the template that exports it as well (--template can be given more than once), or correct the name.',
          '그 값을 내보내는 템플릿도 함께 불러오거나(--template은 여러 번 쓸 수 있습니다) 이름을 고치세요.',
        ),
      ),
    );
  },

  'Fn::GetAZs': (scope, argument, trail) => {
    const region = evaluate(scope, argument, trail);
    if (region === unresolved || isNotKnown(region)) return region;
    if (typeof region !== 'string') return wrongArgument(scope, trail, words('a region or ""', '리전 또는 ""'));
    return zonesOf(region || scope.stack.region);
  },

  'Fn::FindInMap': findInMap,

  'Fn::Transform': (scope, argument, trail) => {
    const name = (argument as { Name?: Json } | null)?.Name;
    scope.report(
      mistake('UNKNOWN_MACRO', placeOfTrail(trail), {
        cause: words(
          `The macro ${typeof name === 'string' ? name : ''} runs on AWS; what it would make of this is not known here.`,
          `매크로 ${typeof name === 'string' ? name : ''}{은/는} AWS에서 실행되므로 여기서는 결과를 알 수 없습니다.`,
        ),
        next: words(
          'Load the processed template (aws cloudformation get-template --template-stage Processed).',
          '처리된 템플릿을 불러오세요(aws cloudformation get-template --template-stage Processed).',
        ),
      }),
    );
    return unresolved;
  },
};

/** What `Ref` gives: a pseudo parameter, a parameter or a resource's physical id. */
export function reference(scope: Scope, name: string, trail: Trail): Resolved {
  if (name === 'AWS::NoValue') return absent;
  const pseudo = pseudoParameter(scope.stack, name);
  if (pseudo !== undefined) return pseudo;
  const parameter = scope.parameters.get(name);
  if (parameter !== undefined) return parameter;
  const resource = scope.resource(name);
  if (resource === unresolved) return unresolved;
  if (!resource || !scope.mayReferToResources) return unknownReference(scope, name, trail);
  if (!resource.exists) return leftOut(scope, name, trail);
  return isNotKnown(resource.physicalId) ? saidNotKnown(scope, trail, resource.physicalId) : resource.physicalId;
}

/** What `Fn::GetAtt` gives. */
export function attribute(scope: Scope, logicalId: string, name: string, trail: Trail): Resolved {
  const resource = scope.resource(logicalId);
  if (resource === unresolved) return unresolved;
  if (!resource || !scope.mayReferToResources) return unknownReference(scope, logicalId, trail);
  if (!resource.exists) return leftOut(scope, logicalId, trail);
  if (Object.hasOwn(resource.attributes, name)) return resource.attributes[name] as Json;
  const untold = resource.untold(name);
  if (untold !== undefined) return untold === unresolved ? unresolved : saidNotKnown(scope, trail, untold);
  const suggestion = nearest(name, Object.keys(resource.attributes));
  scope.report(
    mistake('UNKNOWN_ATTRIBUTE', placeOfTrail(trail), {
      cause: words(
        `${logicalId} (${resource.type}) has no attribute "${name}".`,
        `${logicalId}(${resource.type})에는 "${name}" 속성이 없습니다.`,
      ),
      next: suggestion
        ? words(`Did you mean "${suggestion}"?`, `"${suggestion}"{을/를} 뜻하셨나요?`)
        : words(
            `Its attributes are: ${Object.keys(resource.attributes).join(', ') || 'none'}.`,
            `쓸 수 있는 속성: ${Object.keys(resource.attributes).join(', ') || '없음'}`,
          ),
    }),
  );
  return unresolved;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/pseudo-parameter-reference.html */
function pseudoParameter(stack: StackIdentity, name: string): Json | undefined {
  switch (name) {
    case 'AWS::AccountId':
      return stack.account;
    case 'AWS::NotificationARNs':
      return [];
    case 'AWS::Partition':
      return partitionOf(stack.region);
    case 'AWS::Region':
      return stack.region;
    case 'AWS::StackId':
      return stack.id;
    case 'AWS::StackName':
      return stack.name;
    case 'AWS::URLSuffix':
      return urlSuffixOf(stack.region);
    default:
      return undefined;
  }
}

function splitAtDot(text: string): string[] {
  const dot = text.indexOf('.');
  return dot < 0 ? [text] : [text.slice(0, dot), text.slice(dot + 1)];
}

function unknownReference(scope: Scope, name: string, trail: Trail): typeof unresolved {
  const names = [...scope.parameters.keys()];
  if (scope.mayReferToResources) names.push(...Object.keys(scope.template.resources));
  const suggestion = nearest(name, names);
  const misplaced = !scope.mayReferToResources && Object.hasOwn(scope.template.resources, name);
  scope.report(
    mistake('UNKNOWN_REFERENCE', placeOfTrail(trail), {
      cause: misplaced
        ? words(`A resource (${name}) cannot be referred to here.`, `여기서는 리소스(${name})를 참조할 수 없습니다.`)
        : words(
            `No parameter or resource of this template is called "${name}".`,
            `이 템플릿에는 "${name}"이라는 파라미터나 리소스가 없습니다.`,
          ),
      next: suggestion
        ? words(`Did you mean "${suggestion}"?`, `"${suggestion}"{을/를} 뜻하셨나요?`)
        : words('Define it, or correct the name.', '정의를 추가하거나 이름을 고치세요.'),
    }),
  );
  return unresolved;
}

/** Said where the value is asked for: once for each, however often it is. */
function saidNotKnown(scope: Scope, trail: Trail, value: NotKnown): NotKnown {
  scope.warn(mistake('NOT_KNOWN', placeOfTrail(trail), { cause: value.why, next: value.next }));
  return value;
}

function leftOut(scope: Scope, logicalId: string, trail: Trail): typeof unresolved {
  scope.report(
    mistake('REFERENCE_LEFT_OUT', placeOfTrail(trail), {
      cause: words(
        `${logicalId} is left out by its condition, yet referred to here.`,
        `${logicalId}{은/는} 조건 때문에 만들어지지 않는데 여기서 참조합니다.`,
      ),
      next: words(
        'Put the reference into Fn::If with the same condition, or give what refers to it that condition.',
        '같은 조건의 Fn::If 안에서 참조하거나, 참조하는 쪽에도 그 조건을 붙이세요.',
      ),
    }),
  );
  return unresolved;
}
