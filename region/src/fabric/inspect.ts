import { type Words, words } from '@terrace/cloud/words';
import { timeoutsTable } from './flow-timeouts.ts';
import { filterTable, type Lacking, lookInto } from './look.ts';
import type { FabricPlan, NamespacePlan } from './plan.ts';
import { objectsOnceLoaded } from './ruleset-objects.ts';

/** One mechanism of the fabric: whether the kernel holds it, as found by looking and not by remembering. */
export interface Mechanism {
  readonly name: Words;
  readonly inForce: boolean;
  /** What was looked at and found; what is missing where something is. */
  readonly found: Words;
}

/** Looks into every namespace of a plan and compares what the kernel has with what the plan says. */
export async function inspectFabric(plan: FabricPlan): Promise<Mechanism[]> {
  const found = await lookInto(plan, new Set(plan.namespaces.map(({ name }) => name)));
  const objects = (await Promise.all(plan.namespaces.map(countObjects))).reduce((sum, each) => sum + each, 0);
  const all = (lines: (plan: NamespacePlan) => readonly string[]) => plan.namespaces.flatMap(lines).length;
  const lacking = (lines: (each: Lacking) => readonly string[]) =>
    found.flatMap((each) =>
      (each.unseen === null ? lines(each) : [each.unseen]).map((line) => `${each.namespace}: ${line}`),
    );
  return [
    mechanism(
      words('route tables', '라우팅 테이블'),
      all(({ routes }) => routes),
      lacking(({ routes }) => routes),
    ),
    mechanism(
      words('choice of the route table by subnet', '서브넷별 라우팅 테이블 선택'),
      all(({ rules, rules6 }) => [...rules, ...rules6]),
      lacking(({ rules, rules6 }) => [...rules, ...rules6]),
    ),
    mechanism(
      words('interfaces, their addresses and neighbours', '인터페이스와 주소, 이웃 항목'),
      plan.links.length * 2 + all(({ addresses, neighbours }) => [...addresses, ...neighbours]),
      lacking(({ links, altered, addresses, neighbours }) => [...links, ...altered, ...addresses, ...neighbours]),
    ),
    mechanism(
      words(
        'security groups, network ACLs, source check, translation',
        '보안 그룹, 네트워크 ACL, 소스/대상 확인, 주소 변환',
      ),
      objects,
      lacking(({ tables }) => tables.flatMap((each) => each.objects)),
    ),
    mechanism(
      words('kernel settings', '커널 설정'),
      all(({ settings }) => Object.keys(settings)),
      lacking(({ settings }) => settings),
    ),
  ];
}

/** @param missing what is not there of so many things that are expected */
export function mechanism(name: Words, expected: number, missing: readonly string[]): Mechanism {
  return {
    name,
    inForce: missing.length === 0,
    found:
      missing.length === 0
        ? words(`all ${expected} looked up in the kernel`, `커널에서 ${expected}개 모두 확인`)
        : words(
            `${missing.length} of ${expected} missing: ${missing.slice(0, 3).join('; ')}`,
            `${expected}개 중 ${missing.length}개 없음: ${missing.slice(0, 3).join('; ')}`,
          ),
  };
}

async function countObjects({ ruleset, timeouts = null }: NamespacePlan): Promise<number> {
  if (ruleset === null && timeouts === null) return 0;
  const objects = await objectsOnceLoaded(`${ruleset ?? ''}${timeouts ?? ''}`);
  return [filterTable, timeoutsTable].reduce((sum, table) => sum + (objects.get(table)?.size ?? 0), 0);
}
