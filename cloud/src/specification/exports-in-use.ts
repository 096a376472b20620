import type { Inventory, Output, Resource, Stack } from '../inventory.ts';
import { type Mistake, mistake } from '../mistake.ts';
import { words } from '../words.ts';
import type { ChangedResource } from './inventory-change.ts';

/**
 * What AWS would refuse of a change: an export whose value changes or that goes, its resource replaced included, while another stack imports
 * it. The stack that exports is updated first, so it does not help that the other would let go in the same change.
 *
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-importvalue.html
 *
 * @param changes the difference of the two, by `inventoryChange`
 */
export function exportsInUse(before: Inventory, after: Inventory, changes: readonly ChangedResource[]): Mistake[] {
  const replaced = changes.flatMap(({ key, change }) =>
    change === 'replacement' ? (before.resources.find((each) => each.key === key) ?? []) : [],
  );
  return before.stacks.flatMap((stack) =>
    stack.outputs.flatMap((output) => {
      const importer = before.stacks.find((each) => each !== stack && each.imports.includes(output.exportName ?? ''));
      const change = importer && changeOfExport(after, stack, output, replaced);
      return importer && change ? [exportInUse(stack, output, importer, change)] : [];
    }),
  );
}

type Change = 'goes' | 'changes';

function changeOfExport(
  after: Inventory,
  stack: Stack,
  { exportName, value }: Output,
  replaced: readonly Resource[],
): Change | undefined {
  const latter = after.stacks
    .find(({ name }) => name === stack.name)
    ?.outputs.find((each) => each.exportName === exportName);
  if (!latter) return 'goes';
  const anew = replaced.some(
    (resource) => resource.stack === stack.name && identifiers(resource).includes(String(value)),
  );
  return anew || JSON.stringify(latter.value) !== JSON.stringify(value) ? 'changes' : undefined;
}

/** What a replacement gives anew on AWS: here a resource keeps its identifier. */
function identifiers({ physicalId, attributes }: Resource): string[] {
  return [physicalId, ...Object.values(attributes).filter((each) => typeof each === 'string' && each !== '')].map(
    String,
  );
}

function exportInUse(stack: Stack, output: Output, importer: Stack, change: Change): Mistake {
  const { name, exportName } = output;
  return mistake(
    'EXPORT_IN_USE',
    { logicalId: name, path: 'Outputs' },
    {
      cause:
        change === 'goes'
          ? words(
              `AWS would refuse this update of ${stack.name}: its export "${exportName}" goes while ${importer.name} imports it.`,
              `AWS는 ${stack.name}의 이 업데이트를 거부합니다. 내보내기 "${exportName}"이(가) 없어지는데 ${importer.name}이(가) 가져다 쓰고 있습니다.`,
            )
          : words(
              `AWS would refuse this update of ${stack.name}: the value of its export "${exportName}" changes while ${importer.name} imports it.`,
              `AWS는 ${stack.name}의 이 업데이트를 거부합니다. 내보내기 "${exportName}"의 값이 바뀌는데 ${importer.name}이(가) 가져다 쓰고 있습니다.`,
            ),
      next: words(
        'On AWS, export the new value under another name, let the other stack import that, and take the old export away last.',
        'AWS에서는 새 값을 다른 이름으로 내보내고, 상대 스택이 그것을 가져오게 한 뒤, 예전 내보내기를 마지막에 없애세요.',
      ),
    },
  );
}
