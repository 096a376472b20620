import { always, given, needsOf, type Reason, type TypeNeeds, tagged, valued } from '../contract/need.ts';
import { because, ownKey, passesRole, serviceLinkedRole } from '../contract/reasons.ts';

/** Whichever part of RDS an account makes first brings the role. */
const firstOfRds = always('iam:CreateServiceLinkedRole', serviceLinkedRole('rds.amazonaws.com'));

const pages = {
  rdsKms: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.Encryption.Keys.html',
  rdsSecret: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-secrets-manager.html',
  rdsVpc: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_VPC.WorkingWithRDSInstanceinaVPC.html',
  rdsConsole: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/security_iam_id-based-policy-examples.html',
  rdsMonitoring: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_Monitoring.OS.Enabling.html',
};

/** RDS looks at the network with the caller's permissions before it places a database in it. */
const rdsLooksAtNetwork = because(
  'RDS looks at the VPC in your name before it places a database there',
  'RDS가 데이터베이스를 배치하기 전에 호출자 권한으로 VPC를 살펴봅니다',
  pages.rdsVpc,
);

/** https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-secrets-manager.html#rds-secrets-manager-permissions */
const managedPassword: Reason = {
  ...because(
    'the template lets RDS keep the master password in Secrets Manager, which it does in your name',
    '템플릿에 따라 RDS가 마스터 비밀번호를 Secrets Manager에 보관하는데, 이때 호출자 권한을 씁니다',
    pages.rdsSecret,
  ),
  // RDS names its secrets itself.
  on: 'arn:aws:secretsmanager:REGION:ACCOUNT:secret:rds!*',
};

const network =
  'ec2:DescribeAccountAttributes DescribeAvailabilityZones DescribeInternetGateways DescribeSecurityGroups DescribeSubnets DescribeVpcAttribute DescribeVpcs';
const inNetwork = given('DBSubnetGroupName VPCSecurityGroups', network, rdsLooksAtNetwork);
const storageKey = given(
  'KmsKeyId PerformanceInsightsKMSKeyId',
  'kms:DescribeKey CreateGrant',
  ownKey(pages.rdsKms, 'KmsKeyId', 'PerformanceInsightsKMSKeyId'),
);
const password = valued('ManageMasterUserPassword', [true], 'secretsmanager:CreateSecret TagResource', managedPassword);
const secretKey = valued('ManageMasterUserPassword', [true], 'kms:DescribeKey', {
  why: managedPassword.why,
  page: managedPassword.page,
});
const passwordKey = given(
  'MasterUserSecret.KmsKeyId',
  'kms:DescribeKey GenerateDataKey Decrypt CreateGrant',
  ownKey(pages.rdsSecret, 'MasterUserSecret.KmsKeyId'),
);
const monitoring = given(
  'MonitoringRoleArn',
  'iam:PassRole',
  passesRole('monitoring.rds.amazonaws.com', 'MonitoringRoleArn'),
);
const associated = given(
  'AssociatedRoles',
  'iam:PassRole',
  passesRole('rds.amazonaws.com', 'AssociatedRoles.*.RoleArn'),
);
const firstDatabase = given(
  'Engine DBInstanceClass',
  'iam:CreateServiceLinkedRole',
  serviceLinkedRole('rds.amazonaws.com'),
);
const customRoles = given(
  'CustomIAMInstanceProfile',
  'iam:GetRole ListRoles',
  because(
    'RDS Custom checks the instance profile',
    'RDS Custom이 인스턴스 프로파일을 확인합니다',
    'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/custom-setup-orcl.html',
  ),
);

/**
 * What the "Create database" page asks for besides: it fills its lists before anything is chosen.
 * The lists of keys and roles are asked for only where encryption and monitoring are used.
 */
const consoleLists = [
  {
    ...given('Engine DBInstanceClass', network),
    reason: because(
      'the page lists VPCs, subnet groups and security groups',
      '생성 화면이 VPC, 서브넷 그룹, 보안 그룹 목록을 보여 줍니다',
      pages.rdsConsole,
    ),
  },
  {
    ...given(
      'Engine DBInstanceClass',
      'rds:DescribeDBEngineVersions DescribeOrderableDBInstanceOptions DescribeDBSubnetGroups DescribeDBParameterGroups DescribeOptionGroups',
    ),
    reason: because(
      'the page lists engines, sizes and groups',
      '생성 화면이 엔진, 크기, 그룹 목록을 보여 줍니다',
      pages.rdsConsole,
    ),
  },
  valued(
    'StorageEncrypted',
    [true],
    'kms:ListAliases DescribeKey',
    because(
      'the page lists the keys and shows the one chosen',
      '생성 화면이 키 목록과 선택한 키를 보여 줍니다',
      pages.rdsKms,
    ),
  ),
  given(
    'MonitoringInterval MonitoringRoleArn',
    'iam:ListRoles GetRole',
    because(
      'the page lists the roles for enhanced monitoring',
      '생성 화면이 향상된 모니터링에 쓸 역할 목록을 보여 줍니다',
      pages.rdsMonitoring,
    ),
  ),
];

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonrds.html */
export const permissions: readonly TypeNeeds[] = [
  needsOf('AWS::RDS::DBInstance', ['database', '데이터베이스'], 'rds/db', {
    create: [
      'rds:CreateDBInstance DescribeDBInstances DescribeEvents',
      inNetwork,
      storageKey,
      password,
      secretKey,
      passwordKey,
      monitoring,
      associated,
      firstDatabase,
      customRoles,
      given('AssociatedRoles', 'rds:AddRoleToDBInstance'),
      given('DBClusterIdentifier', 'rds:DescribeDBClusters'),
      given('SourceDBInstanceIdentifier SourceDBClusterIdentifier', 'rds:CreateDBInstanceReadReplica'),
      given(
        'DBSnapshotIdentifier',
        'rds:RestoreDBInstanceFromDBSnapshot DescribeDBSnapshots ModifyDBInstance RebootDBInstance',
      ),
      given('DBClusterSnapshotIdentifier', 'rds:RestoreDBInstanceFromDBSnapshot DescribeDBClusterSnapshots'),
      given(
        'RestoreTime UseLatestRestorableTime',
        'rds:RestoreDBInstanceToPointInTime DescribeDBInstanceAutomatedBackups',
      ),
      given('AutomaticBackupReplicationRegion', 'rds:StartDBInstanceAutomatedBackupsReplication'),
      tagged('rds:AddTagsToResource'),
    ],
    read: ['rds:DescribeDBInstances', inNetwork],
    update: [
      'rds:ModifyDBInstance DescribeDBInstances DescribeEvents RebootDBInstance DescribeDBEngineVersions DescribeDBParameterGroups AddTagsToResource RemoveTagsFromResource',
      inNetwork,
      storageKey,
      password,
      secretKey,
      monitoring,
      associated,
      firstDatabase,
      customRoles,
      given('AssociatedRoles', 'rds:AddRoleToDBInstance RemoveRoleFromDBInstance'),
      given('DBClusterIdentifier', 'rds:DescribeDBClusters'),
      given('SourceDBInstanceIdentifier', 'rds:PromoteReadReplica'),
      given(
        'AutomaticBackupReplicationRegion',
        'rds:StartDBInstanceAutomatedBackupsReplication StopDBInstanceAutomatedBackupsReplication',
      ),
      given('AutomaticBackupReplicationRegion', 'rds:DescribeDBInstanceAutomatedBackups'),
    ],
    delete: ['rds:DeleteDBInstance DescribeDBInstances CreateDBSnapshot', tagged('rds:AddTagsToResource')],
    console: consoleLists,
  }),
  needsOf('AWS::RDS::DBSubnetGroup', ['database subnet group', 'DB 서브넷 그룹'], 'rds/subgrp', {
    create: [
      'rds:CreateDBSubnetGroup DescribeDBSubnetGroups ListTagsForResource',
      given(
        'SubnetIds',
        'ec2:DescribeAccountAttributes DescribeAvailabilityZones DescribeInternetGateways DescribeSubnets DescribeVpcAttribute DescribeVpcs',
        rdsLooksAtNetwork,
      ),
      tagged('rds:AddTagsToResource'),
      firstOfRds,
      tagged('rds:RemoveTagsFromResource'),
    ],
    read: ['rds:DescribeDBSubnetGroups ListTagsForResource'],
    update: [
      'rds:ModifyDBSubnetGroup DescribeDBSubnetGroups AddTagsToResource RemoveTagsFromResource ListTagsForResource',
    ],
    delete: ['rds:DeleteDBSubnetGroup DescribeDBSubnetGroups ListTagsForResource'],
  }),
  needsOf('AWS::RDS::DBParameterGroup', ['database parameter group', 'DB 파라미터 그룹'], 'rds/pg', {
    create: [
      'rds:CreateDBParameterGroup DescribeDBParameterGroups',
      given('Parameters', 'rds:ModifyDBParameterGroup DescribeDBParameters DescribeEngineDefaultParameters'),
      tagged('rds:AddTagsToResource ListTagsForResource RemoveTagsFromResource'),
      firstOfRds,
    ],
    read: ['rds:DescribeDBParameterGroups DescribeDBParameters DescribeEngineDefaultParameters ListTagsForResource'],
    update: [
      'rds:ModifyDBParameterGroup ResetDBParameterGroup DescribeDBParameterGroups DescribeDBParameters DescribeEngineDefaultParameters AddTagsToResource RemoveTagsFromResource ListTagsForResource',
    ],
    delete: ['rds:DeleteDBParameterGroup'],
  }),
  needsOf('AWS::RDS::DBCluster', ['database cluster', 'DB 클러스터'], 'rds/cluster', {
    create: [
      'rds:CreateDBCluster DescribeDBClusters DescribeEvents',
      password,
      secretKey,
      passwordKey,
      storageKey,
      monitoring,
      associated,
      given('Engine', 'iam:CreateServiceLinkedRole', serviceLinkedRole('rds.amazonaws.com')),
      given('AssociatedRoles', 'rds:AddRoleToDBCluster'),
      given('DBClusterInstanceClass', 'rds:CreateDBInstance'),
      given('EnableHttpEndpoint', 'rds:EnableHttpEndpoint ModifyDBCluster'),
      given('SnapshotIdentifier', 'rds:RestoreDBClusterFromSnapshot DescribeDBClusterSnapshots DescribeDBSnapshots'),
      given(
        'RestoreToTime UseLatestRestorableTime SourceDBClusterIdentifier',
        'rds:RestoreDBClusterToPointInTime DescribeDBClusterAutomatedBackups',
      ),
      tagged('rds:AddTagsToResource'),
    ],
    read: ['rds:DescribeDBClusters'],
    update: [
      'rds:ModifyDBCluster ModifyDBInstance DescribeDBClusters DescribeDBSubnetGroups DescribeEvents AddTagsToResource RemoveTagsFromResource ec2:DescribeSecurityGroups',
      password,
      secretKey,
      monitoring,
      given('AssociatedRoles', 'rds:AddRoleToDBCluster RemoveRoleFromDBCluster'),
      given('EnableHttpEndpoint', 'rds:EnableHttpEndpoint DisableHttpEndpoint'),
      given('GlobalClusterIdentifier', 'rds:DescribeGlobalClusters RemoveFromGlobalCluster'),
    ],
    delete: [
      'rds:DeleteDBCluster DescribeDBClusters CreateDBClusterSnapshot',
      tagged('rds:AddTagsToResource'),
      given('DBClusterInstanceClass', 'rds:DeleteDBInstance'),
      given('GlobalClusterIdentifier', 'rds:DescribeGlobalClusters RemoveFromGlobalCluster'),
    ],
    console: consoleLists,
  }),
  needsOf(
    'AWS::RDS::DBClusterParameterGroup',
    ['cluster parameter group', 'DB 클러스터 파라미터 그룹'],
    'rds/cluster-pg',
    {
      create: [
        'rds:CreateDBClusterParameterGroup',
        given(
          'Parameters',
          'rds:ModifyDBClusterParameterGroup DescribeDBClusterParameters DescribeEngineDefaultClusterParameters',
        ),
        tagged('rds:AddTagsToResource'),
        firstOfRds,
        'rds:DescribeDBClusterParameterGroups',
        given('Parameters', 'rds:DescribeDBClusters'),
        tagged('rds:ListTagsForResource RemoveTagsFromResource'),
      ],
      read: ['rds:DescribeDBClusterParameterGroups ListTagsForResource'],
      update: [
        'rds:ModifyDBClusterParameterGroup ResetDBClusterParameterGroup DescribeDBClusters DescribeDBClusterParameters DescribeEngineDefaultClusterParameters AddTagsToResource RemoveTagsFromResource ListTagsForResource',
        'rds:DescribeDBClusterParameterGroups',
      ],
      delete: ['rds:DeleteDBClusterParameterGroup'],
    },
  ),
  needsOf('AWS::RDS::OptionGroup', ['option group', '옵션 그룹'], 'rds/og', {
    create: [
      'rds:CreateOptionGroup DescribeOptionGroups',
      given('OptionConfigurations', 'rds:ModifyOptionGroup'),
      tagged('rds:AddTagsToResource ListTagsForResource RemoveTagsFromResource'),
      firstOfRds,
    ],
    read: ['rds:DescribeOptionGroups ListTagsForResource'],
    update: ['rds:ModifyOptionGroup DescribeOptionGroups AddTagsToResource RemoveTagsFromResource ListTagsForResource'],
    delete: ['rds:DeleteOptionGroup DescribeOptionGroups ListTagsForResource', tagged('rds:RemoveTagsFromResource')],
  }),
  needsOf('AWS::RDS::EventSubscription', ['database event subscription', 'DB 이벤트 구독'], 'rds/es', {
    create: [
      'rds:CreateEventSubscription DescribeEventSubscriptions ListTagsForResource',
      tagged('rds:AddTagsToResource'),
      firstOfRds,
      tagged('rds:RemoveTagsFromResource'),
    ],
    read: ['rds:DescribeEventSubscriptions ListTagsForResource'],
    update: [
      'rds:ModifyEventSubscription DescribeEventSubscriptions AddTagsToResource RemoveTagsFromResource ListTagsForResource',
      given('SourceIds', 'rds:AddSourceIdentifierToSubscription RemoveSourceIdentifierFromSubscription'),
    ],
    delete: ['rds:DeleteEventSubscription DescribeEventSubscriptions'],
  }),
];
