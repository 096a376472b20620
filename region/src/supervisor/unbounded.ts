import { instanceSize } from '@terrace/cloud/instance-size';
import { words } from '@terrace/cloud/words';
import type { Place } from '../bounds/hierarchy.ts';
import type { Unbounded } from './summary.ts';

/** Says which instances nothing holds to their size: all where no groups may be made, otherwise those of types that are not known. */
export function unboundedOf(
  instances: readonly { readonly name: string; readonly type: string }[],
  place: Place,
): Unbounded[] {
  if (instances.length === 0) return [];
  if (place.version === null) return [{ instances: instances.map(({ name }) => name), reason: place.reason }];
  const types = [...new Set(instances.map(({ type }) => type))].filter((type) => instanceSize(type) === undefined);
  return types.map((type) => ({
    instances: instances.filter((each) => each.type === type).map(({ name }) => name),
    reason: words(
      `the memory of the instance type "${type}" is not known; only processes and disk have a bound`,
      `인스턴스 유형 "${type}"의 메모리 크기를 알 수 없어 프로세스 수와 디스크만 제한합니다`,
    ),
  }));
}
