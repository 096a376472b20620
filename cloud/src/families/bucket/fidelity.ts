import { words } from '../../words.ts';
import { byAccessLens, modelled, real, type TypeFidelity } from '../contract/fidelity.ts';

export const fidelity: Readonly<Record<string, TypeFidelity>> = {
  'AWS::S3::Bucket': real(
    words(
      'Takes and gives objects over HTTPS by the roles’ policies, assets of the template and access logs of load balancers among them.',
      '역할의 정책에 따라 HTTPS로 객체를 받고 내줍니다. 템플릿의 에셋과 로드 밸런서의 액세스 로그도 여기에 있습니다.',
    ),
    {
      acts: 'BucketName',
      modelled:
        'BucketEncryption PublicAccessBlockConfiguration OwnershipControls LifecycleConfiguration VersioningConfiguration AccessControl LoggingConfiguration IntelligentTieringConfigurations NotificationConfiguration',
    },
  ),
  'AWS::S3::BucketPolicy': modelled(byAccessLens),
};
