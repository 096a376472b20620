import path from 'node:path';
import type { Inventory } from '@terrace/cloud/inventory';
import type { Json } from '@terrace/cloud/json';
import { type Mistake, mistake } from '@terrace/cloud/mistake';
import { isAssumed } from '@terrace/cloud/outside/assumed';
import { outsideFileName, readStanding } from '@terrace/cloud/outside/outside-file';
import type { Standing } from '@terrace/cloud/outside/standing';
import { nameOf } from '@terrace/cloud/property';
import { readJson } from '@terrace/cloud/template/read-json';
import { type Words, words } from '@terrace/cloud/words';
import { readIfThere } from './project-settings.ts';

/** What the project imported of what stands in AWS. Mistakes: `JSON_SYNTAX`, `WRONG_OUTSIDE_FILE`. */
export async function readOutside(directory: string, mistakes: Mistake[]): Promise<readonly Standing[]> {
  const text = await readIfThere(path.join(directory, outsideFileName));
  if (text === undefined) return [];
  const before = mistakes.length;
  const value: Json | undefined = readJson({ file: outsideFileName, text }, mistakes);
  if (value === undefined || mistakes.length > before) return [];
  const standing = readStanding(value);
  if (!standing) mistakes.push(wrongFile());
  return standing ?? [];
}

/** Parameters of Systems Manager that were imported, as `--parameter` gives them. */
export function parametersIn(standing: readonly Standing[]): Record<string, string> {
  return Object.fromEntries(
    standing.flatMap(({ list, id, value }) =>
      list === 'Parameters' && value !== undefined ? [[`ssm:${id}`, value] as const] : [],
    ),
  );
}

/** What every answer says that leans on a VPC that was assumed, with the resources that stand in it. */
export function assumedRemarks(inventory: Inventory): Words[] {
  const { outside = [], resources } = inventory;
  return outside
    .filter((each) => each.type === 'AWS::EC2::VPC' && isAssumed(each))
    .map(({ physicalId, properties }) => {
      const within = new Set(
        outside.flatMap((each) =>
          each.physicalId === physicalId || each.properties.VpcId === physicalId ? each.physicalId : [],
        ),
      );
      const leaning = resources.filter((each) => {
        const written = JSON.stringify(each.properties);
        return [...within].some((id) => written.includes(id));
      });
      const shown = leaning.slice(0, 5).map(nameOf).join(', ');
      const more = leaning.length > 5 ? leaning.length - 5 : 0;
      return words(
        `VPC ${physicalId} is assumed (--assume): ${properties.CidrBlock} with public, private and isolated subnets, an internet gateway and NAT gateways. On it lean ${shown}${more > 0 ? ` and ${more} more` : ''}. terrace import takes the real one.`,
        `VPC ${physicalId}{은/는} 가정한 것입니다(--assume): ${properties.CidrBlock}, 퍼블릭·프라이빗·격리 서브넷, 인터넷 게이트웨이, NAT 게이트웨이. 이 가정에 의존하는 리소스: ${shown}${more > 0 ? ` 외 ${more}개` : ''}. 실제 VPC는 terrace import로 가져옵니다.`,
      );
    });
}

function wrongFile(): Mistake {
  return mistake(
    'WRONG_OUTSIDE_FILE',
    { file: outsideFileName },
    {
      cause: words('This is no file that terrace import wrote.', 'terrace import가 만든 파일이 아닙니다.'),
      next: words(
        'Import again into a new one: terrace import --replace …',
        '새로 가져오세요: terrace import --replace …',
      ),
    },
  );
}
