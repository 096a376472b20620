import type { Resource } from '../../inventory.ts';
import { flag, text } from '../../property.ts';
import { type Words, words } from '../../words.ts';
import { type Fault, isKnown, isStated, type Rule } from '../contract/rule.ts';
import { engineOf } from './database.ts';
import { engines } from './engines.ts';

const types = ['AWS::RDS::DBInstance'];
const both = [...types, 'AWS::RDS::DBCluster'];
const page = 'AmazonRDS/latest/APIReference/API_CreateDBInstance.html';

/** A cluster of Aurora takes what its engine takes. */
function engineFor({ properties }: Resource) {
  const name = engineOf(properties);
  return engines[name.replace(/^aurora-postgresql$/, 'postgres').replace(/^aurora-mysql$/, 'mysql')];
}

const made = [
  'DBSnapshotIdentifier',
  'SnapshotIdentifier',
  'SourceDBInstanceIdentifier',
  'SourceDBClusterIdentifier',
  'DBClusterIdentifier',
  'DBClusterSnapshotIdentifier',
  'SourceDbiResourceId',
  'SourceDBInstanceAutomatedBackupsArn',
  'RestoreTime',
  'ReplicationSourceIdentifier',
  'GlobalClusterIdentifier',
];

/** Whether it begins empty, with a master user of its own. */
function isNew({ type, properties }: Resource): boolean {
  if (type === 'AWS::RDS::DBInstance' && engineOf(properties).startsWith('aurora')) return false;
  return !made.some(
    (each) => isStated(properties, each) && !(type === 'AWS::RDS::DBCluster' && each === 'DBClusterIdentifier'),
  );
}

export const userRules: readonly Rule[] = [
  {
    code: 'MISSING_COMPANION',
    types: both,
    page,
    what: words(
      'A new database has a master user and a password, stated or managed.',
      '새 데이터베이스에는 마스터 사용자와 비밀번호(직접 지정하거나 관리형)가 필요합니다.',
    ),
    check: (resource) => {
      const { properties } = resource;
      if (!engineFor(resource) || !isNew(resource)) return [];
      if (!isStated(properties, 'MasterUsername'))
        return [missing('MasterUsername', 'The parameter MasterUsername must be provided and must not be blank.')];
      const managed =
        isStated(properties, 'ManageMasterUserPassword') && flag(properties, 'ManageMasterUserPassword') !== false;
      if (managed || isStated(properties, 'MasterUserPassword') || isStated(properties, 'MasterUserAuthenticationType'))
        return [];
      return [
        missing('MasterUserPassword', 'The parameter MasterUserPassword must be provided and must not be blank.'),
      ];
    },
  },
  {
    code: 'EXCLUSIVE_PROPERTIES',
    types: both,
    page,
    what: words(
      'A password is stated or managed, not both.',
      '비밀번호는 직접 지정하거나 관리형으로 하며 둘 다 쓸 수는 없습니다.',
    ),
    check: ({ properties }) =>
      flag(properties, 'ManageMasterUserPassword') && isStated(properties, 'MasterUserPassword')
        ? [
            {
              at: ['MasterUserPassword'],
              cause: words(
                'ManageMasterUserPassword and MasterUserPassword exclude each other.',
                'ManageMasterUserPassword와 MasterUserPassword는 함께 쓸 수 없습니다.',
              ),
              next: words('Leave one of them out.', '하나만 남기세요.'),
              aws: "You can't specify MasterUserPassword when ManageMasterUserPassword is enabled",
            },
          ]
        : [],
  },
  {
    code: 'USER_NAME',
    types: both,
    page,
    what: words(
      'A master user begins with a letter, is as long as its engine takes, and is no name that the engine keeps.',
      '마스터 사용자 이름은 영문자로 시작하고 엔진이 받는 길이여야 하며 예약된 이름이면 안 됩니다.',
    ),
    check: (resource) => {
      const engine = engineFor(resource);
      const name = text(resource.properties, 'MasterUsername');
      if (!engine || name === undefined || !isKnown(name)) return [];
      const fault = (cause: Words, aws?: string): Fault[] => [
        {
          at: ['MasterUsername'],
          cause,
          next: words('Choose another name, for example appuser.', '다른 이름을 쓰세요. 예: appuser'),
          ...(aws ? { aws } : {}),
        },
      ];
      if (
        engine.reserved.has(name.toLowerCase()) ||
        (engineOf(resource.properties).includes('postgres') && /^pg_/.test(name))
      )
        return fault(
          words(`The engine keeps the name ${name}.`, `${name}{은/는} 엔진이 예약한 이름입니다.`),
          `MasterUsername ${name} cannot be used as it is a reserved word used by the engine`,
        );
      if (name.length > engine.user)
        return fault(
          words(
            `The name has ${name.length} characters; the engine takes ${engine.user}.`,
            `이름이 ${name.length}자입니다. 엔진은 ${engine.user}자까지 받습니다.`,
          ),
        );
      if (!/^[A-Za-z]\w*$/.test(name))
        return fault(
          words(
            'The name begins with a letter and has letters, digits and underscores.',
            '이름은 영문자로 시작하고 영문자, 숫자, 밑줄만 씁니다.',
          ),
          'The parameter MasterUsername is not a valid identifier',
        );
      return [];
    },
  },
  {
    code: 'PASSWORD',
    types: both,
    page,
    what: words(
      'A password has 8 characters or more, as many as its engine takes, printable and none of / @ " and space.',
      '비밀번호는 8자 이상, 엔진이 받는 길이까지이며 출력 가능한 ASCII 문자 중 /, @, ", 공백을 뺀 것만 씁니다.',
    ),
    check: (resource) => {
      const engine = engineFor(resource);
      const password = resource.properties.MasterUserPassword;
      if (!engine || typeof password !== 'string' || !isKnown(password)) return [];
      const fault = (cause: Words, aws: string): Fault[] => [
        { at: ['MasterUserPassword'], cause, next: words('Choose another password.', '다른 비밀번호를 쓰세요.'), aws },
      ];
      if (password.length < 8)
        return fault(
          words('The password has fewer than 8 characters.', '비밀번호가 8자보다 짧습니다.'),
          'The parameter MasterUserPassword is not a valid password because it is shorter than 8 characters.',
        );
      if (password.length > engine.password)
        return fault(
          words(
            `The password has more than ${engine.password} characters.`,
            `비밀번호가 ${engine.password}자보다 깁니다.`,
          ),
          `The parameter MasterUserPassword is not a valid password because it is longer than ${engine.password} characters.`,
        );
      if (!/^[!-~]+$/.test(password) || /[/@"]/.test(password))
        return fault(
          words('The password has a character that AWS does not take.', '비밀번호에 AWS가 받지 않는 문자가 있습니다.'),
          `The parameter MasterUserPassword is not a valid password. Only printable ASCII characters besides '/', '@', '"', ' ' may be used.`,
        );
      return [];
    },
  },
  {
    code: 'DATABASE_NAME',
    types: both,
    page,
    what: words(
      'The first database’s name begins with a letter, has letters, digits and underscores, and is as long as its engine takes.',
      '첫 데이터베이스의 이름은 영문자로 시작하고 영문자, 숫자, 밑줄만 쓰며 엔진이 받는 길이여야 합니다.',
    ),
    check: (resource) => {
      const engine = engineFor(resource);
      const property = resource.type === 'AWS::RDS::DBCluster' ? 'DatabaseName' : 'DBName';
      const name = text(resource.properties, property);
      if (!engine || name === undefined || !isKnown(name)) return [];
      const next = words('Choose another name, for example app.', '다른 이름을 쓰세요. 예: app');
      if (engine.name === 0)
        return [
          {
            at: [property],
            cause: words('This engine takes no DBName.', '이 엔진에는 DBName을 쓸 수 없습니다.'),
            next: words('Leave it out.', '빼세요.'),
            aws: 'DBName must be null for engine: sqlserver',
          },
        ];
      if (name.length > engine.name)
        return [
          {
            at: [property],
            cause: words(
              `The name has ${name.length} characters; the engine takes ${engine.name}.`,
              `이름이 ${name.length}자입니다. 엔진은 ${engine.name}자까지 받습니다.`,
            ),
            next,
          },
        ];
      if (!/^[A-Za-z_]\w*$/.test(name))
        return [
          {
            at: [property],
            cause: words(`"${name}" is no name of a database.`, `"${name}"{은/는} 데이터베이스 이름이 될 수 없습니다.`),
            next,
            aws: 'DBName must begin with a letter and contain only alphanumeric characters.',
          },
        ];
      return [];
    },
  },
];

function missing(name: string, aws: string): Fault {
  return {
    at: [],
    cause: words(`${name} is missing.`, `${name}{이/가} 없습니다.`),
    next: words(`Add ${name}.`, `${name}{을/를} 추가하세요.`),
    aws,
  };
}
