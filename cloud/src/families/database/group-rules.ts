import { text } from '../../property.ts';
import { words } from '../../words.ts';
import { identifier, refused } from '../contract/refused.ts';
import { form, length } from '../contract/rows.ts';
import { isKnown, type Rule } from '../contract/rule.ts';
import { engineOf } from './database.ts';
import { engines } from './engines.ts';

const page = 'AmazonRDS/latest/APIReference/API_CreateDBParameterGroup.html';
const subnetPage = 'AmazonRDS/latest/APIReference/API_CreateDBSubnetGroup.html';
const subnets = ['AWS::RDS::DBSubnetGroup'];
const parameters = ['AWS::RDS::DBParameterGroup'];

/** Families of versions that cannot be created any more; whether groups of them still can is left open. */
const olderFamilies = /^(postgres(9\.[3-6]|10)|mysql5\.[1567]|mariadb10\.[0-9]|mariadb10\.1[01])$/;

export const groupRules: readonly Rule[] = [
  length({ types: subnets, path: 'DBSubnetGroupName', most: 255, page: subnetPage }),
  form({
    types: subnets,
    path: 'DBSubnetGroupName',
    code: 'NAME_RESERVED',
    pattern: /^(?!default$)/i,
    said: words('AWS keeps the name "default"', '"default"는 AWS가 쓰는 이름입니다.'),
    page: subnetPage,
  }),
  form({
    types: subnets,
    path: 'DBSubnetGroupName',
    pattern: /^[A-Za-z0-9._ -]+$/,
    said: words(
      'a name has letters, digits, periods, underscores, spaces and hyphens',
      '이름에는 영문자, 숫자, 마침표, 밑줄, 공백, 하이픈만 쓸 수 있습니다.',
    ),
    page: subnetPage,
  }),
  form({
    types: subnets,
    path: 'DBSubnetGroupDescription',
    code: 'WRONG_FORM',
    pattern: /\S/,
    said: words('a description has text', '설명이 비어 있으면 안 됩니다.'),
    page: subnetPage,
  }),
  form({
    types: parameters,
    path: 'DBParameterGroupName',
    pattern: /^[A-Za-z](-?[A-Za-z0-9])*$/,
    said: words(
      'a name has letters, digits and single hyphens, begins with a letter and ends without a hyphen',
      '이름에는 영문자, 숫자, 하이픈만 쓰며 영문자로 시작하고 하이픈이 이어지거나 끝에 오지 않아야 합니다.',
    ),
    page,
  }),
  length({ types: parameters, path: 'DBParameterGroupName', most: 255, page }),
  refused({
    code: 'WRONG_VALUE',
    types: parameters,
    page,
    what: words(
      'A family is an engine with a major version, such as mysql8.4 or postgres17.',
      '패밀리는 mysql8.4나 postgres17처럼 엔진과 메이저 버전으로 씁니다.',
    ),
    where: ({ properties }) => {
      const [, engine = '', version = ''] =
        /^(postgres|mysql|mariadb)([\d.]+)$/i.exec(text(properties, 'Family') ?? '') ?? [];
      const majors = engines[engine.toLowerCase()]?.majors;
      return majors && !majors.includes(version) && !olderFamilies.test(`${engine}${version}`.toLowerCase())
        ? ['Family']
        : [];
    },
    aws: 'The parameter DBParameterGroupFamily is not a valid family',
  }),
  {
    code: 'OTHER_FAMILY',
    types: ['AWS::RDS::DBInstance'],
    page,
    what: words(
      'A parameter group is of the family of the database’s engine and version.',
      '파라미터 그룹의 패밀리는 데이터베이스의 엔진 및 버전과 같아야 합니다.',
    ),
    check: ({ properties }, estate) => {
      const engine = engineOf(properties);
      const version = text(properties, 'EngineVersion');
      const group = estate.find(properties.DBParameterGroupName);
      const family = text(group?.properties ?? {}, 'Family');
      if (!group || family === undefined || version === undefined || !isKnown(version) || !isKnown(family)) return [];
      if (group.type !== 'AWS::RDS::DBParameterGroup' || !['postgres', 'mysql', 'mariadb'].includes(engine)) return [];
      const major = engine === 'postgres' ? version.split('.')[0] : version.split('.').slice(0, 2).join('.');
      if (engine !== 'postgres' && !version.includes('.')) return [];
      if (family.toLowerCase() === `${engine}${major}`) return [];
      return [
        {
          at: ['DBParameterGroupName'],
          cause: words(
            `${group.logicalId} is of the family ${family}, and the database of ${engine}${major}.`,
            `${group.logicalId}의 패밀리는 ${family}인데 데이터베이스는 ${engine}${major}입니다.`,
          ),
          next: words(`Use a group of the family ${engine}${major}.`, `${engine}${major} 패밀리의 그룹을 쓰세요.`),
          aws: `The parameter group ${group.physicalId} with DBParameterGroupFamily ${family} can't be used for this instance. Please use a parameter group with DBParameterGroupFamily ${engine}${major}.`,
        },
      ];
    },
  },
  identifier({ types: subnets, path: 'SubnetIds.*', prefixes: ['subnet'], page: subnetPage }),
  identifier({
    types: ['AWS::RDS::DBInstance'],
    path: 'VPCSecurityGroups.*',
    prefixes: ['sg'],
    page: 'AmazonRDS/latest/APIReference/API_CreateDBInstance.html',
  }),
  identifier({
    types: ['AWS::RDS::DBCluster'],
    path: 'VpcSecurityGroupIds.*',
    prefixes: ['sg'],
    page: 'AmazonRDS/latest/APIReference/API_CreateDBCluster.html',
  }),
];
