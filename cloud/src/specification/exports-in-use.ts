import type { Inventory, Output, Stack } from '../inventory.ts';
import { type Mistake, mistake } from '../mistake.ts';
import { words } from '../words.ts';

/**
 * What AWS would refuse of a change: an export whose value changes or that goes, its resource replaced included, while another stack imports
 * it. The stack that exports is updated first, so it does not help that the other would let go in the same change.
 *
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-importvalue.html
 *
 * @param after loaded with `before` present, so that what is replaced has its new identifier
 */
export function exportsInUse(before: Inventory, after: Inventory): Mistake[] {
  return before.stacks.flatMap((stack) =>
    stack.outputs.flatMap((output) => {
      const importer = before.stacks.find((each) => each !== stack && each.imports.includes(output.exportName ?? ''));
      const change = importer && changeOfExport(after, stack, output);
      return importer && change ? [exportInUse(stack, output, importer, change)] : [];
    }),
  );
}

type Change = 'goes' | 'changes';

function changeOfExport(after: Inventory, stack: Stack, { exportName, value }: Output): Change | undefined {
  const latter = after.stacks
    .find(({ name }) => name === stack.name)
    ?.outputs.find((each) => each.exportName === exportName);
  if (!latter) return 'goes';
  return JSON.stringify(latter.value) !== JSON.stringify(value) ? 'changes' : undefined;
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
              `AWS would refuse this update of ${stack.name} and take it back ("Export ${exportName} cannot be deleted as it is in use by ${importer.name}"): its export goes while ${importer.name} imports it. Only here is it carried out.`,
              `AWS는 ${stack.name}의 이 업데이트를 거부하고 되돌립니다("Export ${exportName} cannot be deleted as it is in use by ${importer.name}"). ${importer.name}{이/가} 가져다 쓰는 내보내기가 없어지기 때문입니다. 여기에서만 그대로 반영합니다.`,
            )
          : words(
              `AWS would refuse this update of ${stack.name} and take it back ("Export ${exportName} cannot be updated as it is in use by ${importer.name}"): the value of its export changes while ${importer.name} imports it. Only here is it carried out.`,
              `AWS는 ${stack.name}의 이 업데이트를 거부하고 되돌립니다("Export ${exportName} cannot be updated as it is in use by ${importer.name}"). ${importer.name}{이/가} 가져다 쓰는 내보내기의 값이 바뀌기 때문입니다. 여기에서만 그대로 반영합니다.`,
            ),
      next: words(
        'Before you deploy it: export the new value under another name, let the other stack import that, and take the old export away last.',
        '배포하기 전에 새 값을 다른 이름으로 내보내고, 상대 스택이 그것을 가져오게 한 뒤, 예전 내보내기를 마지막에 없애세요.',
      ),
    },
  );
}
