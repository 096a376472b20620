import { CfnInstance, type CfnSecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { accept } from '../accepted.ts';
import { admit, securityGroup } from '../network/security-group.ts';
import { because, nameTag } from '../reason.ts';
import { words } from '../words.ts';
import { httpsOut } from './application-tier.ts';
import type { DatabaseTier } from './database-tier.ts';

export interface TestInstanceProps {
  readonly vpc: string;
  readonly subnet: string;
  readonly image: string;
  readonly instanceType: string;
  readonly instanceProfile: string;
  readonly database: DatabaseTier;
}

/** A machine beside the database, reached by SSM alone, to try by hand what answers and what does not. */
export class TestInstance extends Construct {
  readonly securityGroup: CfnSecurityGroup;

  constructor(scope: Construct, id: string, props: TestInstanceProps) {
    super(scope, id);
    const { database } = props;
    this.securityGroup = securityGroup(this, 'SecurityGroup', {
      vpc: props.vpc,
      name: 'test-security-group',
      tier: 'database',
      description: 'Test instance: admits nobody, calls the database and the services of AWS',
      reason: words(
        'Admits nobody, although the subnet is public: sessions come through SSM.',
        '퍼블릭 서브넷에 있지만 아무도 받아들이지 않습니다. 세션은 SSM으로 엽니다.',
      ),
      outbound: [
        {
          to: { group: database.securityGroup },
          port: database.port,
          description: 'The database, to see whether it answers',
          reason: words('What it is there for.', '이 인스턴스를 두는 이유입니다.'),
        },
        httpsOut,
      ],
    });
    admit(this, 'ToDatabase', {
      into: database.securityGroup,
      from: { group: this.securityGroup },
      port: database.port,
      tier: 'database',
      description: 'The test instance',
      reason: words(
        'Lets the test instance try the database without the peering in between.',
        '피어링을 거치지 않고 데이터베이스에 접속해 볼 수 있게 합니다.',
      ),
    });
    const instance = because(
      new CfnInstance(this, 'Default', {
        imageId: props.image,
        instanceType: props.instanceType,
        subnetId: props.subnet,
        iamInstanceProfile: props.instanceProfile,
        securityGroupIds: [this.securityGroup.attrGroupId],
        monitoring: false,
        metadataOptions: { httpEndpoint: 'enabled', httpTokens: 'required', httpPutResponseHopLimit: 1 },
        blockDeviceMappings: [{ deviceName: '/dev/xvda', ebs: { volumeSize: 8, volumeType: 'gp3', encrypted: true } }],
        tags: nameTag('test'),
      }),
      'database',
      words(
        'Stands beside the database to tell a broken peering from a broken database. Remove it when the answer is known: its public address alone costs 0.005 USD an hour.',
        '데이터베이스 옆에서 피어링 문제와 데이터베이스 문제를 가려냅니다. 답을 얻으면 지우세요. 퍼블릭 IPv4 주소만으로도 시간당 0.005달러가 듭니다.',
      ),
    );
    accept(instance, 'AwsSolutions-EC26', 'Its one disk is encrypted, as stated; the rule cannot read it.');
    accept(
      instance,
      'AwsSolutions-EC28',
      'It is there for an hour of diagnosis; detailed monitoring would cost more than it.',
    );
    accept(
      instance,
      'AwsSolutions-EC29',
      'It is meant to be removed: protecting it would keep it running and charged.',
    );
  }
}
