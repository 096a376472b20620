import { launchData } from '@terrace/cloud/families/launch-template/launch-data';
import { type Inventory, ofType, type Resource } from '@terrace/cloud/inventory';
import type { Json } from '@terrace/cloud/json';
import { flag, object, objects, text } from '@terrace/cloud/property';
import { type Words, words } from '@terrace/cloud/words';
import type { Control, Finding } from './control.ts';
import { secretIn } from './secret-text.ts';
import { userDataOf } from './user-data.ts';

/** What the template states of servers and stores. */
export const settings: readonly Control[] = [
  {
    id: 'SECRET_IN_USER_DATA',
    severity: 'critical',
    what: words(
      'User data holds no password, key or token: whoever is on the instance, or may describe it, reads it.',
      '사용자 데이터에 비밀번호, 키, 토큰이 없어야 합니다. 인스턴스에 있거나 조회 권한이 있으면 누구나 읽을 수 있습니다.',
    ),
    page: 'AWSEC2/latest/UserGuide/user-data.html',
    nag: [],
    find: ({ inventory }) =>
      launching(inventory).flatMap((resource): Finding[] => {
        const script = userDataOf(inventory, resource);
        const name = script === undefined ? undefined : secretIn(script, inventory.secrets);
        if (name === undefined) return [];
        return [
          broken(
            resource,
            words(
              `User data of ${resource.logicalId} holds a secret in clear text (${name}).`,
              `${resource.logicalId}의 사용자 데이터에 보안 암호가 평문으로 있습니다(${name}).`,
            ),
            words(
              'Keep it in Secrets Manager, and let the script ask for it with the role of the instance.',
              'Secrets Manager에 두고 스크립트가 인스턴스의 역할로 가져오게 하세요.',
            ),
          ),
        ];
      }),
  },
  {
    id: 'SECRET_IN_ENVIRONMENT',
    severity: 'high',
    what: words(
      'Environment variables of functions and containers hold no secret.',
      '함수와 컨테이너의 환경 변수에 보안 암호가 없어야 합니다.',
    ),
    page: 'securityhub/latest/userguide/ecs-controls.html#ecs-8',
    nag: ['AwsSolutions-ECS2'],
    find: ({ inventory }) =>
      [
        ...ofType(inventory, 'AWS::Lambda::Function').map((resource): [Resource, [string, Json][]] => [
          resource,
          Object.entries(object(object(resource.properties, 'Environment'), 'Variables')) as [string, Json][],
        ]),
        ...ofType(inventory, 'AWS::ECS::TaskDefinition').map((resource): [Resource, [string, Json][]] => [
          resource,
          objects(resource.properties, 'ContainerDefinitions').flatMap((each) =>
            objects(each, 'Environment').map(({ Name, Value }): [string, Json] => [String(Name), Value ?? '']),
          ),
        ]),
      ].flatMap(([resource, variables]): Finding[] => {
        const found = variables.find(
          ([name, value]) => typeof value === 'string' && secretIn(`${name}=${value}`, inventory.secrets) !== undefined,
        );
        if (!found) return [];
        return [
          broken(
            resource,
            words(
              `The environment of ${resource.logicalId} holds a secret in clear text (${found[0]}).`,
              `${resource.logicalId}의 환경 변수에 보안 암호가 평문으로 있습니다(${found[0]}).`,
            ),
            words('Keep it in Secrets Manager and give its ARN.', 'Secrets Manager에 두고 ARN을 전달하세요.'),
          ),
        ];
      }),
  },
  {
    id: 'DATABASE_NOT_ENCRYPTED',
    severity: 'medium',
    what: words('Storage of databases is encrypted.', '데이터베이스 스토리지를 암호화해야 합니다.'),
    page: 'securityhub/latest/userguide/rds-controls.html#rds-3',
    nag: ['AwsSolutions-RDS2'],
    find: ({ inventory }) =>
      ofType(inventory, 'AWS::RDS::DBInstance', 'AWS::RDS::DBCluster')
        .filter(({ properties }) => !flag(properties, 'StorageEncrypted') && !inherits(properties))
        .map((resource) =>
          broken(
            resource,
            words(
              `Storage of ${resource.logicalId} is not encrypted.`,
              `${resource.logicalId}의 스토리지가 암호화되지 않습니다.`,
            ),
            words(
              'Set StorageEncrypted to true; later it takes a new database.',
              'StorageEncrypted를 true로 하세요. 나중에 바꾸려면 데이터베이스를 새로 만들어야 합니다.',
            ),
          ),
        ),
  },
  {
    id: 'DATABASE_DECLARED_PUBLIC',
    severity: 'high',
    what: words('A database has no public address.', '데이터베이스에는 퍼블릭 IPv4 주소가 없어야 합니다.'),
    page: 'securityhub/latest/userguide/rds-controls.html#rds-2',
    nag: [],
    find: ({ inventory }) =>
      ofType(inventory, 'AWS::RDS::DBInstance')
        .filter(({ properties }) => flag(properties, 'PubliclyAccessible'))
        .map((resource) => ({
          ...broken(
            resource,
            words(
              `${resource.logicalId} is PubliclyAccessible: one rule of its group is all that keeps the internet out.`,
              `${resource.logicalId}{이/가} PubliclyAccessible이라 보안 그룹 규칙 하나만 바뀌어도 인터넷에 열립니다.`,
            ),
            words('Set PubliclyAccessible to false.', 'PubliclyAccessible을 false로 하세요.'),
          ),
          at: { resource, path: ['PubliclyAccessible'] },
        })),
  },
  {
    id: 'METADATA_WITHOUT_TOKENS',
    severity: 'medium',
    what: words(
      'Instance metadata is answered to tokens only (IMDSv2).',
      '인스턴스 메타데이터는 토큰(IMDSv2)으로만 응답해야 합니다.',
    ),
    page: 'securityhub/latest/userguide/ec2-controls.html#ec2-8',
    nag: [],
    find: ({ inventory }) =>
      launching(inventory)
        .filter((resource) => {
          const options = object(launchData(inventory, resource), 'MetadataOptions');
          return text(options, 'HttpTokens') !== 'required' && text(options, 'HttpEndpoint') !== 'disabled';
        })
        .map((resource) =>
          broken(
            resource,
            words(
              `Metadata of ${resource.logicalId} may be answered without a token, depending on its image.`,
              `${resource.logicalId}의 메타데이터가 AMI에 따라 토큰 없이도 응답할 수 있습니다.`,
            ),
            words('Set MetadataOptions.HttpTokens to required.', 'MetadataOptions.HttpTokens를 required로 하세요.'),
          ),
        ),
  },
];

/** Instances and Auto Scaling groups: who launches. */
function launching(inventory: Inventory): readonly Resource[] {
  return ofType(inventory, 'AWS::EC2::Instance', 'AWS::AutoScaling::AutoScalingGroup');
}

/** Copies and members have the encryption of their origin. */
function inherits(properties: Resource['properties']): boolean {
  return [
    'DBClusterIdentifier',
    'DBSnapshotIdentifier',
    'SourceDBInstanceIdentifier',
    'SnapshotIdentifier',
    'SourceDBClusterIdentifier',
  ].some((name) => properties[name] !== undefined);
}

function broken(resource: Resource, cause: Words, next: Words): Finding {
  return { resource, outcome: 'broken', cause, next, path: [] };
}
