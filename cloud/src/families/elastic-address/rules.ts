import { words } from '../../words.ts';
import { identifier, refused } from '../contract/refused.ts';
import { isKnown, type Rule } from '../contract/rule.ts';
import { lacksInternetGateway } from '../internet-gateway/attached.ts';

const types = ['AWS::EC2::EIP'];
const associations = ['AWS::EC2::EIPAssociation'];
const page = 'AWSEC2/latest/APIReference/API_AllocateAddress.html';
const associationPage = 'AWSEC2/latest/APIReference/API_AssociateAddress.html';

/** What AWS refuses of Elastic IP addresses. */
export const rules: readonly Rule[] = [
  identifier({ types, path: 'InstanceId', prefixes: ['i'], page: associationPage }),
  identifier({ types: associations, path: 'InstanceId', prefixes: ['i'], page: associationPage }),
  identifier({ types: associations, path: 'NetworkInterfaceId', prefixes: ['eni'], page: associationPage }),
  identifier({ types: associations, path: 'AllocationId', prefixes: ['eipalloc'], page: associationPage }),
  refused({
    code: 'OTHER_REGION',
    types,
    page,
    what: words('A network border group is of the region.', '네트워크 경계 그룹은 같은 리전의 것이어야 합니다.'),
    where: (resource, estate) => {
      const group = resource.properties.NetworkBorderGroup;
      const region = estate.homeOf(resource).split(' ')[1];
      return typeof group === 'string' && isKnown(group) && region !== undefined && !group.startsWith(region)
        ? ['NetworkBorderGroup']
        : [];
    },
  }),
  refused({
    code: 'VPC_WITHOUT_INTERNET_GATEWAY',
    types: [...types, ...associations],
    page: 'AWSEC2/latest/UserGuide/elastic-ip-addresses-eip.html',
    what: words(
      'An Elastic IP address is associated where the VPC has an internet gateway.',
      '탄력적 IP 주소는 인터넷 게이트웨이가 있는 VPC에서만 연결됩니다.',
    ),
    next: words('Attach an internet gateway to the VPC.', 'VPC에 인터넷 게이트웨이를 연결하세요.'),
    where: ({ properties }, estate) =>
      ['InstanceId', 'NetworkInterfaceId'].filter((name) => {
        const holder = estate.find(properties[name]);
        const home = estate.find(holder?.properties.SubnetId)?.properties.VpcId;
        return home !== undefined && lacksInternetGateway(estate, home);
      }),
    aws: 'Network is not attached to any internet gateway',
  }),
];
