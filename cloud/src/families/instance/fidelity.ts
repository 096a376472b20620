import { words } from '../../words.ts';
import { modelled, real, type TypeFidelity } from '../contract/fidelity.ts';

export const fidelity: Readonly<Record<string, TypeFidelity>> = {
  'AWS::EC2::Instance': real(
    words(
      'Namespaces with a root of their own that boot the template’s user data.',
      '자기 루트를 갖고 템플릿의 사용자 데이터로 부팅하는 네임스페이스입니다.',
    ),
    {
      acts: 'SubnetId AvailabilityZone SecurityGroupIds SecurityGroups NetworkInterfaces PrivateIpAddress Ipv6Addresses Ipv6AddressCount SourceDestCheck UserData IamInstanceProfile LaunchTemplate MetadataOptions Monitoring',
      modelled: 'ImageId InstanceType BlockDeviceMappings KeyName EbsOptimized CreditSpecification Tenancy',
    },
  ),
  'AWS::EC2::KeyPair': modelled(
    words(
      'Read only: instances are entered with terrace exec.',
      '읽기만 합니다. 인스턴스에는 terrace exec로 들어갑니다.',
    ),
  ),
  'AWS::EC2::PlacementGroup': modelled(words('Read only.', '읽기만 합니다.')),
};
