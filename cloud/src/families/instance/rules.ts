import type { Resource } from '../../inventory.ts';
import type { JsonObject } from '../../json.ts';
import { flag, number, object, text } from '../../property.ts';
import { words } from '../../words.ts';
import { exclusive, form, length, notFor, oneOf, range } from '../contract/rows.ts';
import { type Fault, isKnown, isStated, itemsAt, type Path, type Rule, valuesAt } from '../contract/rule.ts';

import { architectureRules } from './architecture-rules.ts';
import { optionRules } from './option-rules.ts';

const instance = ['AWS::EC2::Instance'];
const template = ['AWS::EC2::LaunchTemplate'];
const both = [...instance, ...template];
const page = 'AWSEC2/latest/APIReference/API_RunInstances.html';
const templatePage = 'AWSEC2/latest/APIReference/API_CreateLaunchTemplate.html';
const metadataPage = 'AWSEC2/latest/APIReference/API_InstanceMetadataOptionsRequest.html';

/** What is launched, and where that stands. */
function launchOf({ type, properties }: Resource): [Path, JsonObject] {
  return type === template[0] ? [['LaunchTemplateData'], object(properties, 'LaunchTemplateData')] : [[], properties];
}

const inBoth = (path: string, row: (types: readonly string[], path: string) => Rule): Rule[] => [
  row(instance, path),
  row(template, `LaunchTemplateData.${path}`),
];

/** What AWS refuses of instances and launch templates. */
export const rules: readonly Rule[] = [
  ...architectureRules,
  length({ types: template, path: 'LaunchTemplateName', least: 3, most: 128, page: templatePage }),
  form({
    types: template,
    path: 'LaunchTemplateName',
    pattern: /^[A-Za-z0-9().\-/_]+$/,
    said: words('a name has letters, digits and ( ) . - / _', '이름에는 영문자, 숫자, ( ) . - / _ 만 쓸 수 있습니다.'),
    page: templatePage,
  }),
  form({
    types: instance,
    path: 'IamInstanceProfile',
    code: 'PROFILE_BY_NAME',
    pattern: /^(?!arn:)/,
    said: words(
      'an instance names its profile by name, not by ARN',
      '인스턴스 프로파일은 ARN이 아니라 이름으로 지정합니다.',
    ),
    page: 'AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-instance.html',
    aws: (arn) => `Value (${arn}) for parameter iamInstanceProfile.name is invalid. Invalid IAM Instance Profile name`,
  }),
  form({
    types: template,
    path: 'LaunchTemplateData.IamInstanceProfile.Name',
    code: 'PROFILE_BY_NAME',
    pattern: /^(?!arn:)/,
    said: words('Name is the profile’s name; its ARN goes to Arn', 'Name에는 이름을 쓰고 ARN은 Arn에 씁니다.'),
    page: templatePage,
    aws: (arn) => `Value (${arn}) for parameter iamInstanceProfile.name is invalid. Invalid IAM Instance Profile name`,
  }),
  form({
    types: template,
    path: 'LaunchTemplateData.IamInstanceProfile.Arn',
    code: 'PROFILE_BY_NAME',
    pattern: /^arn:/,
    said: words('Arn is the profile’s ARN; its name goes to Name', 'Arn에는 ARN을 쓰고 이름은 Name에 씁니다.'),
    page: templatePage,
  }),
  exclusive({
    types: template,
    paths: ['LaunchTemplateData.IamInstanceProfile.Name', 'LaunchTemplateData.IamInstanceProfile.Arn'],
    page: templatePage,
  }),
  ...inBoth('ImageId', (types, path) =>
    form({
      types,
      path,
      code: 'WRONG_FORM',
      pattern: types === template ? /^(ami-|resolve:ssm:|arn:)/ : /^ami-/,
      said: words('an image is written as ami-0123456789abcdef0', '이미지는 ami-0123456789abcdef0처럼 씁니다.'),
      page,
      aws: (id) => `Invalid id: "${id}" (expecting "ami-...")`,
    }),
  ),
  ...inBoth('InstanceType', (types, path) =>
    form({
      types,
      path,
      code: 'WRONG_FORM',
      pattern: /^[a-z0-9-]+\.[a-z0-9-]+$/,
      said: words('a type is written as t3.micro', '유형은 t3.micro처럼 씁니다.'),
      page,
      aws: (type) => `Invalid value '${type}' for InstanceType.`,
    }),
  ),
  ...inBoth('SecurityGroupIds.*', (types, path) =>
    form({
      types,
      path,
      code: 'WRONG_IDENTIFIER',
      pattern: /^sg-/,
      said: words(
        'SecurityGroupIds are identifiers of security groups such as sg-0123456789abcdef0',
        'SecurityGroupIds에는 sg-0123456789abcdef0 같은 보안 그룹 ID를 씁니다.',
      ),
      page,
      aws: (id) => `Invalid id: "${id}" (expecting "sg-...")`,
    }),
  ),
  ...inBoth('MetadataOptions.HttpPutResponseHopLimit', (types, path) =>
    range({ types, path, from: 1, to: 64, page: metadataPage }),
  ),
  ...inBoth('MetadataOptions.HttpTokens', (types, path) =>
    oneOf({ types, path, values: ['optional', 'required'], page: metadataPage }),
  ),
  ...inBoth('MetadataOptions.HttpEndpoint', (types, path) =>
    oneOf({ types, path, values: ['enabled', 'disabled'], page: metadataPage }),
  ),
  ...inBoth('InstanceInitiatedShutdownBehavior', (types, path) =>
    oneOf({ types, path, values: ['stop', 'terminate'], page }),
  ),
  oneOf({ types: instance, path: 'Tenancy', values: ['default', 'dedicated', 'host'], page }),
  ...inBoth('CreditSpecification', (types, path) =>
    notFor({
      types,
      path,
      kind: words('an instance that is not burstable', '버스트 가능하지 않은 인스턴스'),
      when: (resource) =>
        !/^t\d/.test(text(launchOf(resource)[1], 'InstanceType') ?? 't3') &&
        isKnown(launchOf(resource)[1].InstanceType),
      page,
    }),
  ),
  {
    code: 'USER_DATA_NOT_ENCODED',
    types: both,
    page: 'AWSEC2/latest/UserGuide/user-data.html',
    what: words('User data is encoded by Fn::Base64.', '사용자 데이터는 Fn::Base64로 인코딩합니다.'),
    check: (resource) => {
      const [at, launch] = launchOf(resource);
      const data = launch.UserData;
      if (typeof data !== 'string' || !isKnown(data) || /^[A-Za-z0-9+/\s]*={0,2}\s*$/.test(data)) return [];
      return [
        {
          at: [...at, 'UserData'],
          cause: words('The user data is not encoded in base64.', '사용자 데이터가 base64로 인코딩되지 않았습니다.'),
          next: words('Write it below Fn::Base64.', 'Fn::Base64 아래에 쓰세요.'),
          aws: 'Invalid BASE64 encoding of user data.',
        },
      ];
    },
  },
  {
    code: 'EXCLUSIVE_PROPERTIES',
    types: both,
    page,
    what: words(
      'Beside NetworkInterfaces stand no subnet, groups and addresses of the instance.',
      'NetworkInterfaces와 인스턴스 수준의 서브넷, 보안 그룹, 주소는 함께 쓸 수 없습니다.',
    ),
    check: (resource) => {
      const [at, launch] = launchOf(resource);
      if (itemsAt(launch, 'NetworkInterfaces').length === 0) return [];
      return ['SubnetId', 'SecurityGroupIds', 'SecurityGroups', 'PrivateIpAddress']
        .flatMap((name): Fault[] => {
          if (!isStated(launch, name) || (Array.isArray(launch[name]) && launch[name].length === 0)) return [];
          const called =
            name === 'SubnetId'
              ? 'an instance-level subnet ID'
              : name === 'PrivateIpAddress'
                ? 'an instance-level private address'
                : 'an instance-level security groups';
          return [
            {
              at: [...at, name],
              cause: words(
                `NetworkInterfaces and ${name} exclude each other.`,
                `NetworkInterfaces와 ${name}{은/는} 함께 쓸 수 없습니다.`,
              ),
              next: words(
                `Write it within the interface${name.startsWith('Security') ? ' (GroupSet or Groups)' : ''}.`,
                '인터페이스 안에 쓰세요.',
              ),
              aws: `Network interfaces and ${called} may not be specified on the same request`,
            },
          ];
        })
        .slice(0, 1);
    },
  },
  {
    code: 'INTERFACES',
    types: both,
    page: 'AWSEC2/latest/APIReference/API_InstanceNetworkInterfaceSpecification.html',
    what: words(
      'Interfaces have a number of their own each; a public address is asked for on a single new one.',
      '인터페이스마다 번호가 달라야 하고, 퍼블릭 IPv4 주소는 새 인터페이스가 하나일 때만 요청합니다.',
    ),
    check: (resource) => {
      const [at, launch] = launchOf(resource);
      const list = itemsAt(launch, 'NetworkInterfaces');
      const seen = new Set<number>();
      return list.flatMap(([inner, each]): Fault[] => {
        const index = number(each, 'DeviceIndex');
        const card = number(each, 'NetworkCardIndex') ?? 0;
        const next = words('Correct the interface.', '인터페이스를 고치세요.');
        if (index !== undefined && seen.has(card * 1000 + index))
          return [
            {
              at: [...at, ...inner, 'DeviceIndex'],
              cause: words(`DeviceIndex ${index} stands twice.`, `DeviceIndex ${index}{을/를} 두 번 썼습니다.`),
              next,
              aws: 'Each network interface requires a unique device index',
            },
          ];
        if (index !== undefined) seen.add(card * 1000 + index);
        if (flag(each, 'AssociatePublicIpAddress') && (list.length > 1 || isStated(each, 'NetworkInterfaceId')))
          return [
            {
              at: [...at, ...inner, 'AssociatePublicIpAddress'],
              cause: words(
                'A public address is asked for on one new interface only.',
                '퍼블릭 IPv4 주소는 새 인터페이스 하나일 때만 요청할 수 있습니다.',
              ),
              next,
              aws: 'The associatePublicIPAddress parameter cannot be specified when launching with multiple network interfaces.',
            },
          ];
        return [];
      });
    },
  },
  {
    code: 'EXCLUSIVE_PROPERTIES',
    types: instance,
    page,
    what: words('In a subnet, groups are named by id.', '서브넷 안에서는 보안 그룹을 ID로 지정합니다.'),
    check: ({ properties }) =>
      isStated(properties, 'SubnetId') &&
      valuesAt(properties, 'SecurityGroups.*').some(([, each]) => !String(each).startsWith('sg-'))
        ? [
            {
              at: ['SecurityGroups'],
              cause: words(
                'SecurityGroups are names of the default VPC’s groups; in a subnet there are SecurityGroupIds.',
                'SecurityGroups는 기본 VPC의 그룹 이름입니다. 서브넷에서는 SecurityGroupIds를 씁니다.',
              ),
              next: words('Write SecurityGroupIds.', 'SecurityGroupIds로 쓰세요.'),
              aws: 'The parameter groupName cannot be used with the parameter subnet',
            },
          ]
        : [],
  },
  ...optionRules,
];
