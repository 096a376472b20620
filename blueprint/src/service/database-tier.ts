import { Aws, CfnDeletionPolicy, Fn } from 'aws-cdk-lib';
import type { CfnSecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { CfnKey } from 'aws-cdk-lib/aws-kms';
import { CfnDBInstance, CfnDBParameterGroup, CfnDBSubnetGroup } from 'aws-cdk-lib/aws-rds';
import { CfnSecret, CfnSecretTargetAttachment } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { accept } from '../accepted.ts';
import { securityGroup } from '../network/security-group.ts';
import { because, nameTag } from '../reason.ts';
import { type Engine, engineOf } from '../settings/database-engine.ts';
import type { DatabaseSettings } from '../settings/settings.ts';
import { words } from '../words.ts';

export interface DatabaseTierProps {
  readonly vpc: string;
  /** At least two, in different zones. */
  readonly subnets: readonly string[];
  readonly database: DatabaseSettings;
  /** Name of the secret that holds the user's name and password. */
  readonly secretName: string;
  readonly databaseName: string;
  readonly userName: string;
}

/**
 * PostgreSQL (or MySQL) on RDS, encrypted, TLS only, reached by nobody until a tier is let in (see `ApplicationTier`). Its
 * password is made by Secrets Manager and seen by nobody.
 */
export class DatabaseTier extends Construct {
  readonly securityGroup: CfnSecurityGroup;
  readonly secret: CfnSecret;
  readonly instance: CfnDBInstance;
  readonly databaseName: string;
  readonly engine: Engine;
  readonly port: number;

  constructor(scope: Construct, id: string, props: DatabaseTierProps) {
    super(scope, id);
    this.databaseName = props.databaseName;
    this.engine = engineOf(props.database);
    this.port = this.engine.port;
    this.securityGroup = securityGroup(this, 'SecurityGroup', {
      vpc: props.vpc,
      name: 'database-security-group',
      tier: 'database',
      description: 'The database: admits the application tier and calls nobody',
      reason: words(
        'Admits the application tier on the database’s port and nothing else, whatever stands in the same VPC.',
        '같은 VPC에 무엇이 있든 애플리케이션 계층만 데이터베이스 포트로 받아들입니다.',
      ),
      outbound: [
        {
          to: { range: '127.0.0.1/32' },
          port: this.port,
          description: 'Calls nobody: with no rule at all AWS would allow everything',
          reason: words(
            'The database answers and never calls. A rule to its own loopback stands here because a group without any outbound rule gets “everything”.',
            '데이터베이스는 응답만 하고 먼저 접속하지 않습니다. 아웃바운드 규칙이 하나도 없으면 AWS가 전체 허용을 넣으므로 자기 루프백을 가리키는 규칙을 둡니다.',
          ),
        },
      ],
    });
    this.secret = because(
      new CfnSecret(this, 'Secret', {
        name: props.secretName,
        description: 'User name and password of the database',
        generateSecretString: {
          secretStringTemplate: JSON.stringify({ username: props.userName }),
          generateStringKey: 'password',
          passwordLength: 32,
          excludePunctuation: true,
        },
        tags: nameTag('database-secret'),
      }),
      'database',
      words(
        'The password is made at random and read by the application’s role at run time: it stands in no template, no image and no environment. 0.40 USD a month.',
        '비밀번호는 무작위로 만들어지고 애플리케이션의 역할이 실행 중에 읽습니다. 템플릿, AMI, 환경 변수 어디에도 남지 않습니다. 월 0.40달러입니다.',
      ),
    );
    const subnetGroup = because(
      new CfnDBSubnetGroup(this, 'SubnetGroup', {
        dbSubnetGroupDescription: 'Private subnets of the database',
        subnetIds: [...props.subnets],
        tags: nameTag('database-subnets'),
      }),
      'database',
      words(
        'Tells RDS which subnets it may use, so that it never chooses a public one.',
        'RDS가 퍼블릭 서브넷을 고르는 일이 없도록 쓸 수 있는 서브넷을 정해 줍니다.',
      ),
    );
    const parameterGroup = because(
      new CfnDBParameterGroup(this, 'ParameterGroup', {
        family: this.engine.parameterFamily,
        description: 'Parameters of the database tier',
        parameters: this.engine.encryptedOnly,
        tags: nameTag('database-parameters'),
      }),
      'database',
      words(
        'Refuses connections without TLS. RDS does so by default since PostgreSQL 15 but not for MySQL; stated here, so that it holds for both.',
        'TLS가 아닌 접속을 거부합니다. PostgreSQL 15부터는 RDS의 기본값이지만 MySQL은 아니므로 둘 다 지켜지도록 명시합니다.',
      ),
    );
    const { database } = props;
    this.instance = because(
      new CfnDBInstance(this, 'Instance', {
        engine: this.engine.name,
        engineVersion: database.engineVersion,
        dbInstanceClass: database.instanceClass,
        dbName: props.databaseName,
        port: String(this.port),
        masterUsername: this.#secretValue('username'),
        masterUserPassword: this.#secretValue('password'),
        allocatedStorage: String(database.storage),
        storageType: 'gp3',
        storageEncrypted: database.encryption,
        ...(database.key === 'own' ? { kmsKeyId: this.#key().attrArn } : {}),
        dbSubnetGroupName: subnetGroup.ref,
        dbParameterGroupName: parameterGroup.ref,
        vpcSecurityGroups: [this.securityGroup.attrGroupId],
        publiclyAccessible: false,
        multiAz: database.multiZone,
        backupRetentionPeriod: database.backupDays,
        preferredBackupWindow: database.backupWindow,
        preferredMaintenanceWindow: database.maintenanceWindow,
        autoMinorVersionUpgrade: database.minorUpgrades,
        deletionProtection: database.deletionProtection,
        deleteAutomatedBackups: !database.deletionProtection,
        copyTagsToSnapshot: true,
        ...(database.deletionProtection ? { enableCloudwatchLogsExports: [...this.engine.logs] } : {}),
        tags: nameTag('database'),
      }),
      'database',
      words(
        'A managed database: AWS patches it, backs it up and can restore it to any second of the retention. Encryption, backups up to the size of the storage and minor upgrades cost nothing, so they are on.',
        '관리형 데이터베이스입니다. 패치와 백업은 AWS가 하고 보존 기간 안의 어느 시점으로든 복원할 수 있습니다. 암호화, 스토리지 크기까지의 백업, 마이너 업그레이드는 무료이므로 켜 둡니다.',
      ),
    );
    this.#acceptWhatWasChosen(database);
    this.instance.cfnOptions.deletionPolicy =
      database.whenDeleted === 'snapshot' ? CfnDeletionPolicy.SNAPSHOT : CfnDeletionPolicy.DELETE;
    this.instance.cfnOptions.updateReplacePolicy = CfnDeletionPolicy.SNAPSHOT;
    because(
      new CfnSecretTargetAttachment(this, 'SecretAttachment', {
        secretId: this.secret.ref,
        targetId: this.instance.ref,
        targetType: 'AWS::RDS::DBInstance',
      }),
      'database',
      words(
        'Writes address and port into the secret, which rotation needs to find the database.',
        '교체(rotation)가 데이터베이스를 찾을 수 있도록 보안 암호에 주소와 포트를 적어 넣습니다.',
      ),
    );
  }

  #acceptWhatWasChosen(database: DatabaseSettings): void {
    accept(
      this.secret,
      'AwsSolutions-SMG4',
      'Rotation needs a function with a way to the database and to Secrets Manager; the application takes a rotated password up by itself, so it can be rotated by hand at any time.',
    );
    accept(
      this.instance,
      'AwsSolutions-RDS11',
      'Who may call the database is decided by groups and a network ACL; another port would hide nothing and confuse people.',
    );
    if (!database.multiZone) {
      accept(
        this.instance,
        'AwsSolutions-RDS3',
        'A standby doubles the price; backups bring the data back within the hour.',
      );
    }
    if (!database.deletionProtection) {
      accept(this.instance, 'AwsSolutions-RDS10', 'A classroom’s database is made and deleted every day.');
    }
  }

  #key(): CfnKey {
    return because(
      new CfnKey(this, 'Key', {
        description: 'Encrypts the database, its snapshots and its backups',
        enableKeyRotation: true,
        keyPolicy: {
          Version: '2012-10-17',
          Statement: [
            {
              Sid: 'AccountDecides',
              Effect: 'Allow',
              Principal: { AWS: Fn.join('', ['arn:', Aws.PARTITION, ':iam::', Aws.ACCOUNT_ID, ':root']) },
              Action: 'kms:*',
              Resource: '*',
            },
          ],
        },
        tags: nameTag('database-key'),
      }),
      'database',
      words(
        'A key of one’s own: who may decrypt is decided here and every use stands in CloudTrail; AWS’s own key is free but cannot be refused to anybody in the account. 1 USD a month.',
        '직접 관리하는 키입니다. 누가 복호화할 수 있는지 여기에서 정하고 사용 기록이 CloudTrail에 남습니다. AWS 키는 무료지만 계정 안의 누구에게도 막을 수 없습니다. 월 1달러입니다.',
      ),
    );
  }

  #secretValue(key: string): string {
    return Fn.join('', ['{{resolve:secretsmanager:', this.secret.ref, `:SecretString:${key}}}`]);
  }
}
