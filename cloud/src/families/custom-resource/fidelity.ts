import { words } from '../../words.ts';
import { ignored, modelled, real, type TypeFidelity } from '../contract/fidelity.ts';
import { answeredCalls, customResourceCall, peeringOptions } from './custom-resource-call.ts';

export const fidelity: Readonly<Record<string, TypeFidelity>> = {
  'Custom::CDKBucketDeployment': real(
    words(
      'Its files are in the bucket, filtered, with markers replaced, without the function that copies them on AWS; content types are not set.',
      '파일을 버킷에 넣습니다. 필터와 마커 치환도 적용합니다. AWS에서 복사하는 함수는 쓰지 않으며 콘텐츠 유형은 설정하지 않습니다.',
    ),
    {
      acts: 'SourceBucketNames SourceObjectKeys SourceMarkers DestinationBucketName DestinationBucketKeyPrefix Include Exclude Extract Prune',
      modelled: '*',
    },
  ),
  'Custom::S3AutoDeleteObjects': modelled(
    words(
      'Lets AWS delete a bucket that has objects. Here objects stay in the project’s folder until terrace down --purge.',
      'AWS에서 객체가 있는 버킷을 삭제할 수 있게 합니다. 여기서는 terrace down --purge까지 객체가 프로젝트 폴더에 남습니다.',
    ),
  ),
  'Custom::LogRetention': modelled(
    words(
      'Sets how long a log group keeps its events; the region keeps journals for its own time.',
      '로그 그룹의 보존 기간을 정합니다. 로컬 리전은 저널을 자체 기간 동안 보관합니다.',
    ),
  ),
  'Custom::VpcRestrictDefaultSG': real(
    words('Takes the rules out of a VPC’s default group.', 'VPC 기본 그룹의 규칙을 없앱니다.'),
    { acts: 'DefaultSecurityGroupId', modelled: '*' },
  ),
  'Custom::CrossRegionExportWriter': modelled(
    words('Gives values to a stack in another region.', '다른 리전의 스택에 값을 전달합니다.'),
  ),
  'Custom::CrossRegionExportReader': modelled(
    words('Takes values of a stack in another region.', '다른 리전에 있는 스택의 값을 받습니다.'),
  ),
  'Custom::AWS': {
    ...ignored(
      words(
        'A call that CDK would make on AWS. Without effect here.',
        'CDK가 AWS에서 하는 호출입니다. 여기서는 효과가 없습니다.',
      ),
    ),
    acts: new Set(['Create']),
    modelled: new Set(['*']),
    unless: (properties) => {
      const action = customResourceCall(properties)?.action ?? '';
      if (answeredCalls.includes(action))
        return {
          fidelity: 'modelled',
          how: words(
            'A call whose answer the region knows: the account, a parameter, or a thing of the templates that it asks for by id.',
            '로컬 리전이 응답을 아는 호출입니다. 계정, 파라미터, 또는 ID로 묻는 템플릿의 리소스입니다.',
          ),
        };
      return action === peeringOptions
        ? {
            fidelity: 'real',
            how: words(
              'A peering’s DNS option, which the VPCs’ resolvers follow.',
              '피어링의 DNS 옵션이며 VPC의 리졸버가 따릅니다.',
            ),
          }
        : undefined;
    },
  },
};
