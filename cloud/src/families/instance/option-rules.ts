import type { Resource } from '../../inventory.ts';
import type { JsonObject } from '../../json.ts';
import { flag, object, text } from '../../property.ts';
import { words } from '../../words.ts';
import { identifier, refused, refusedItem } from '../contract/refused.ts';
import { exclusive, length, oneOf } from '../contract/rows.ts';
import { type Estate, isKnown, isStated, type Rule } from '../contract/rule.ts';

const instance = ['AWS::EC2::Instance'];
const template = ['AWS::EC2::LaunchTemplate'];
const both = [...instance, ...template];
const page = 'AWSEC2/latest/APIReference/API_RunInstances.html';

/** What is launched, and what stands before its properties. */
function launchOf({ type, properties }: Resource): readonly [string, JsonObject] {
  return type === template[0] ? ['LaunchTemplateData.', object(properties, 'LaunchTemplateData')] : ['', properties];
}

const inBoth = (path: string, row: (types: readonly string[], path: string) => Rule): Rule[] => [
  row(instance, path),
  row(template, `LaunchTemplateData.${path}`),
];

/** What AWS refuses of the options of instances and launch templates. */
export const optionRules: readonly Rule[] = [
  refused({
    code: 'MISSING_COMPANION',
    types: instance,
    page,
    what: words(
      'An instance has an ImageId, of its own or of its launch template.',
      '인스턴스에는 ImageId가 필요합니다(직접 지정하거나 시작 템플릿에 지정).',
    ),
    next: words('Add ImageId.', 'ImageId를 추가하세요.'),
    where: ({ properties }, estate) => {
      if (isStated(properties, 'ImageId')) return [];
      if (!isStated(properties, 'LaunchTemplate')) return [''];
      return withoutImage(object(properties, 'LaunchTemplate'), estate) ? ['LaunchTemplate'] : [];
    },
    aws: 'The request must contain the parameter ImageId',
  }),
  oneOf({
    types: instance,
    path: 'CreditSpecification.CPUCredits',
    values: ['standard', 'unlimited'],
    page: 'AWSEC2/latest/APIReference/API_CreditSpecificationRequest.html',
  }),
  oneOf({
    types: template,
    path: 'LaunchTemplateData.CreditSpecification.CpuCredits',
    values: ['standard', 'unlimited'],
    page: 'AWSEC2/latest/APIReference/API_CreditSpecificationRequest.html',
  }),
  ...inBoth('KeyName', (types, path) => length({ types, path, most: 255, page })),
  ...inBoth('CpuOptions.ThreadsPerCore', (types, path) =>
    oneOf({ types, path, values: [1, 2], page: 'AWSEC2/latest/APIReference/API_CpuOptionsRequest.html' }),
  ),
  ...inBoth('NetworkInterfaces', (types, list) =>
    refusedItem({
      code: 'EXCLUSIVE_PROPERTIES',
      types,
      list,
      page: 'AWSEC2/latest/APIReference/API_InstanceNetworkInterfaceSpecification.html',
      what: words(
        'An interface that stands already has its subnet.',
        '이미 있는 인터페이스에는 서브넷을 지정하지 않습니다.',
      ),
      next: words('Leave SubnetId out.', 'SubnetId를 빼세요.'),
      where: (item) => (isStated(item, 'NetworkInterfaceId') && isStated(item, 'SubnetId') ? ['SubnetId'] : []),
      aws: 'A network interface may not specify a network interface ID and a subnet ID',
    }),
  ),
  refused({
    code: 'MISSING_COMPANION',
    types: both,
    page: 'AWSEC2/latest/UserGuide/instance-specify-cpu-options.html',
    what: words(
      'CPU options state cores and threads of a core together.',
      'CPU 옵션에는 CoreCount와 ThreadsPerCore를 함께 씁니다.',
    ),
    where: (resource) => {
      const [before, launch] = launchOf(resource);
      const options = object(launch, 'CpuOptions');
      return isStated(options, 'CoreCount') !== isStated(options, 'ThreadsPerCore') ? [`${before}CpuOptions`] : [];
    },
  }),
  refused({
    code: 'EXCLUSIVE_PROPERTIES',
    types: both,
    page: 'enclaves/latest/user/nitro-enclave.html',
    what: words('Enclaves and hibernation exclude each other.', '엔클레이브와 최대 절전 모드는 함께 쓸 수 없습니다.'),
    where: (resource) => {
      const [before, launch] = launchOf(resource);
      return flag(object(launch, 'HibernationOptions'), 'Configured') &&
        flag(object(launch, 'EnclaveOptions'), 'Enabled')
        ? [`${before}HibernationOptions`]
        : [];
    },
  }),
  exclusive({ types: instance, paths: ['Ipv6AddressCount', 'Ipv6Addresses'], page }),
  exclusive({
    types: template,
    paths: ['LaunchTemplateData.InstanceType', 'LaunchTemplateData.InstanceRequirements'],
    page: 'AWSEC2/latest/APIReference/API_RequestLaunchTemplateData.html',
  }),
  oneOf({
    types: template,
    path: 'TagSpecifications.*.ResourceType',
    values: ['launch-template'],
    page: 'AWSEC2/latest/APIReference/API_CreateLaunchTemplate.html',
  }),
  identifier({
    types: instance,
    path: 'Volumes.*.VolumeId',
    prefixes: ['vol'],
    page: 'AWSEC2/latest/APIReference/API_AttachVolume.html',
  }),
  refused({
    code: 'OTHER_ZONE',
    types: instance,
    page,
    what: words('An instance is in the zone of its subnet.', '인스턴스는 서브넷의 가용 영역에 있습니다.'),
    next: words('Leave AvailabilityZone out.', 'AvailabilityZone을 빼세요.'),
    where: ({ properties }, estate) => {
      const zone = text(properties, 'AvailabilityZone');
      const home = estate.find(properties.SubnetId)?.properties.AvailabilityZone;
      return zone !== undefined && typeof home === 'string' && isKnown([zone, home]) && zone !== home
        ? ['AvailabilityZone']
        : [];
    },
    aws: 'The subnet is in another availability zone',
  }),
];

/** Whether a launch template that is named here states no image; of one from elsewhere nobody knows. */
export function withoutImage(specification: JsonObject, estate: Estate): boolean {
  const named = estate.find(specification.LaunchTemplateId);
  return named !== undefined && named.type === template[0] && !isStated(named.properties, 'LaunchTemplateData.ImageId');
}
