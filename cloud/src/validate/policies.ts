import { isObject, type JsonObject } from '../json.ts';
import { type Mistake, mistake, type Place } from '../mistake.ts';
import { nearest } from '../nearest.ts';
import { placeOf } from '../template/marks.ts';
import { words } from '../words.ts';

/**
 * What creation and update policies may hold, two levels deep.
 *
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-creationpolicy.html
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-updatepolicy.html
 */
const allowed: Readonly<Record<'CreationPolicy' | 'UpdatePolicy', ReadonlyMap<string, readonly string[] | undefined>>> =
  {
    CreationPolicy: new Map([
      ['AutoScalingCreationPolicy', ['MinSuccessfulInstancesPercent']],
      ['ResourceSignal', ['Count', 'Timeout']],
      ['StartFleet', undefined],
    ]),
    UpdatePolicy: new Map([
      ['AutoScalingReplacingUpdate', ['WillReplace']],
      [
        'AutoScalingRollingUpdate',
        [
          'MaxBatchSize',
          'MinActiveInstancesPercent',
          'MinInstancesInService',
          'MinSuccessfulInstancesPercent',
          'PauseTime',
          'SuspendProcesses',
          'WaitOnResourceSignals',
        ],
      ],
      ['AutoScalingScheduledAction', ['IgnoreUnmodifiedGroupSizeProperties']],
      [
        'CodeDeployLambdaAliasUpdate',
        ['AfterAllowTrafficHook', 'ApplicationName', 'BeforeAllowTrafficHook', 'DeploymentGroupName'],
      ],
      ['EnableVersionUpgrade', undefined],
      ['UseOnlineResharding', undefined],
    ]),
  };

/** Unknown names in a resource's policies; their values are looked at once they are resolved. */
export function checkPolicies(logicalId: string, definition: JsonObject): Mistake[] {
  return (['CreationPolicy', 'UpdatePolicy'] as const).flatMap((policy) => {
    const written = definition[policy];
    if (!isObject(written) || isFunction(written)) return [];
    return Object.entries(written).flatMap(([name, settings]) => {
      const at = (...path: string[]): Place => ({
        ...placeOf(path.length > 1 ? settings : written, path.at(-1)),
        logicalId,
        path: [policy, ...path].join('.'),
      });
      if (!allowed[policy].has(name)) return [unknownName(at(name), name, policy, allowed[policy].keys())];
      const known = allowed[policy].get(name);
      if (!known || !isObject(settings) || isFunction(settings)) return [];
      const unknown = Object.keys(settings).filter((key) => !known.includes(key));
      return unknown.map((key) => unknownName(at(name, key), key, name, known));
    });
  });
}

function isFunction(value: JsonObject): boolean {
  return Object.keys(value).some((key) => key === 'Ref' || key.startsWith('Fn::'));
}

function unknownName(place: Place, name: string, owner: string, known: Iterable<string>): Mistake {
  const names = [...known];
  const suggestion = nearest(name, names);
  return mistake('UNKNOWN_PROPERTY', place, {
    cause: words(`${owner} has no "${name}".`, `${owner}에는 "${name}" 항목이 없습니다.`),
    next: suggestion
      ? words(`Did you mean "${suggestion}"?`, `"${suggestion}"{을/를} 뜻하셨나요?`)
      : words(`It may have: ${names.join(', ')}.`, `쓸 수 있는 항목: ${names.join(', ')}`),
  });
}
