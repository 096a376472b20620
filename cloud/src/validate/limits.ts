import type { Resource } from '../inventory.ts';
import { isObject, type Json } from '../json.ts';
import { type Mistake, mistake, type Place } from '../mistake.ts';
import { words } from '../words.ts';

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
