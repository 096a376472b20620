import { launchData } from '../families/launch-template/launch-data.ts';
import type { Inventory, Resource } from '../inventory.ts';
import { type Mistake, mistake } from '../mistake.ts';
import { object, text } from '../property.ts';
import { changeOf } from '../specification/resource-change.ts';
import { words } from '../words.ts';

/**
 * What a change leaves as it is where one may expect otherwise, as on AWS: user data runs once in an instance's life, and a group keeps its
 * instances unless its update policy says otherwise.
 *
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-instance.html
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-updatepolicy.html
 *
 * @param after loaded with `before` present
 */
export function updateEffects(before: Inventory, after: Inventory): Mistake[] {
  const former = new Map(before.resources.map((each) => [each.key, each]));
  return after.resources.flatMap((resource) => {
    const own = former.get(resource.key);
    if (!own || own.physicalId !== resource.physicalId || changeOf(own, resource).behavior === 'replacement') return [];
    const [was, is] = [launchData(before, own), launchData(after, resource)];
    if (resource.type === 'AWS::EC2::Instance')
      return text(was, 'UserData') === text(is, 'UserData') ? [] : [userDataNotRun(resource)];
    const keeps = resource.type === 'AWS::AutoScaling::AutoScalingGroup' && !rollsInstances(resource);
    return keeps && JSON.stringify(was) !== JSON.stringify(is) ? [groupKeepsInstances(resource)] : [];
  });
}

/** Whether a group's update policy has other instances take the places of those that are not as its launch template has them now. */
export function rollsInstances({ updatePolicy }: Pick<Resource, 'updatePolicy'>): boolean {
  return Object.keys(object(updatePolicy, 'AutoScalingRollingUpdate')).length > 0;
}

function userDataNotRun({ logicalId, place }: Resource): Mistake {
  return mistake(
    'USER_DATA_NOT_RUN',
    { ...place, path: 'Properties.UserData' },
    {
      cause: words(
        `${logicalId} is stopped and started again, and keeps its disk; the changed user data is not run, as on AWS: a script runs at an instance's first boot alone.`,
        `${logicalId}{을/를} 중지했다가 다시 시작하며 디스크는 그대로입니다. AWS에서처럼 바뀐 사용자 데이터는 실행하지 않습니다. 스크립트는 인스턴스의 첫 부팅에만 실행됩니다.`,
      ),
      next: words(
        `to have it run, give the resource another name: a new instance takes its place; or do by hand what has changed: terrace exec ${logicalId}`,
        `실행하려면 리소스의 이름을 바꿔 새 인스턴스로 만드세요. 또는 바뀐 내용을 직접 반영하세요: terrace exec ${logicalId}`,
      ),
    },
  );
}

function groupKeepsInstances({ logicalId, place }: Resource): Mistake {
  return mistake('GROUP_KEEPS_INSTANCES', place, {
    cause: words(
      `${logicalId} keeps the instances that it has, as on AWS: its UpdatePolicy has neither AutoScalingRollingUpdate nor AutoScalingReplacingUpdate. Only instances that it launches from now on are as the changed template says.`,
      `${logicalId}{은/는} AWS에서처럼 지금 있는 인스턴스를 그대로 둡니다. UpdatePolicy에 AutoScalingRollingUpdate도 AutoScalingReplacingUpdate도 없습니다. 앞으로 시작하는 인스턴스만 바뀐 템플릿을 따릅니다.`,
    ),
    next: words(
      'state an UpdatePolicy with AutoScalingRollingUpdate, or end its instances so that others take their places',
      'UpdatePolicy에 AutoScalingRollingUpdate를 적거나, 인스턴스를 종료하여 새 인스턴스로 바뀌게 하세요',
    ),
  });
}
