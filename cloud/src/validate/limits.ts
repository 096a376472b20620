import type { Resource } from '../inventory.ts';
import { isObject, type Json } from '../json.ts';
import { type Mistake, mistake, type Place } from '../mistake.ts';
import { awsResourceCount, awsTemplateSize } from '../template/limits.ts';
import type { Template } from '../template/template.ts';
import { words } from '../words.ts';

/**
 * What is larger than AWS takes, though it can be read here.
 *
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
 */
export function checkTemplateLimits(template: Template, warn: (mistake: Mistake) => void): void {
  const place: Place = { file: template.source.file };
  const size = Buffer.byteLength(template.source.text);
  if (size > awsTemplateSize)
    warn(
      mistake('TOO_LARGE_FOR_AWS', place, {
        cause: words(
          `The template has ${size} bytes; CloudFormation takes ${awsTemplateSize} at most.`,
          `템플릿이 ${size}바이트입니다. CloudFormation은 최대 ${awsTemplateSize}바이트까지 받습니다.`,
        ),
        next: words('Split it into several stacks before you deploy it.', '배포하기 전에 여러 스택으로 나누세요.'),
      }),
    );
  const count = Object.keys(template.resources).length;
  if (count > awsResourceCount)
    warn(
      mistake('TOO_LARGE_FOR_AWS', place, {
        cause: words(
          `The template has ${count} resources; CloudFormation takes ${awsResourceCount} at most.`,
          `템플릿에 리소스가 ${count}개 있습니다. CloudFormation은 최대 ${awsResourceCount}개까지 받습니다.`,
        ),
        next: words('Split it into several stacks before you deploy it.', '배포하기 전에 여러 스택으로 나누세요.'),
      }),
    );
}

/** Bytes of user data before it is encoded. https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/user-data.html */
const userDataSize = 16 * 1024;

/** User data that AWS would refuse for its size. */
export function checkUserData(
  resources: readonly Resource[],
  at: (resource: Resource, ...path: readonly string[]) => Place,
  report: (mistake: Mistake) => void,
): void {
  for (const resource of resources) {
    const isInstance = resource.type === 'AWS::EC2::Instance';
    if (!isInstance && resource.type !== 'AWS::EC2::LaunchTemplate') continue;
    const data: Json | undefined = isInstance ? resource.properties : resource.properties.LaunchTemplateData;
    const text = isObject(data) ? data.UserData : undefined;
    if (typeof text !== 'string') continue;
    const size = Buffer.from(text, 'base64').length;
    if (size <= userDataSize) continue;
    const path = isInstance ? ['Properties', 'UserData'] : ['Properties', 'LaunchTemplateData', 'UserData'];
    report(
      mistake('USER_DATA_TOO_LARGE', at(resource, ...path), {
        cause: words(
          `The user data has ${size} bytes; AWS takes ${userDataSize} at most.`,
          `사용자 데이터가 ${size}바이트입니다. AWS는 최대 ${userDataSize}바이트까지 받습니다.`,
        ),
        next: words('Fetch the larger part from S3 at boot.', '큰 부분은 부팅할 때 S3에서 가져오세요.'),
      }),
    );
  }
}
