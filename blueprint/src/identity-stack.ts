import { Fn, type StackProps } from 'aws-cdk-lib';
import { CfnInstanceProfile, CfnRole } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { PlainStack } from './plain-stack.ts';
import { because, nameTag } from './reason.ts';
import type { Settings } from './settings.ts';
import { type Words, words } from './words.ts';

export interface IdentityStackProps extends StackProps {
  readonly settings: Settings;
  /** Bucket of the assembly's assets, with CloudFormation's pseudo parameters in it. */
  readonly assetBucket: string;
  readonly secretName: string;
}

/** Who may do what: people, and servers. It stands in a stack of its own, so that deploying the service needs no right to change it. */
export class IdentityStack extends PlainStack {
  readonly webInstanceProfile: CfnInstanceProfile;
  readonly applicationInstanceProfile: CfnInstanceProfile;
  readonly flowLogRole: string = '';
  readonly #assetBucket: string;

  constructor(scope: Construct, id: string, props: IdentityStackProps) {
    super(scope, id, props);
    this.#assetBucket = props.assetBucket;
    this.webInstanceProfile = this.#serverRole('Web', 'web', [], {
      role: words(
        'What a web server may do: be managed by SSM, and fetch its application. It cannot read the database’s secret.',
        '웹 서버의 권한입니다. SSM의 관리를 받고 애플리케이션을 내려받을 수 있지만 데이터베이스 시크릿은 읽을 수 없습니다.',
      ),
    });
    this.applicationInstanceProfile = this.#serverRole(
      'Application',
      'was',
      [
        {
          policyName: 'read-database-secret',
          policyDocument: {
            Version: '2012-10-17',
            Statement: [
              {
                Sid: 'ReadDatabaseSecret',
                Effect: 'Allow',
                Action: 'secretsmanager:GetSecretValue',
                Resource: Fn.sub(
                  `arn:\${AWS::Partition}:secretsmanager:\${AWS::Region}:\${AWS::AccountId}:secret:${props.secretName}-??????`,
                ),
              },
            ],
          },
        },
      ],
      {
        role: words(
          'What an application server may do: be managed by SSM, fetch its application, and read the one secret it needs.',
          '애플리케이션 서버의 권한입니다. SSM의 관리를 받고 애플리케이션을 내려받으며 필요한 시크릿 하나만 읽을 수 있습니다.',
        ),
      },
    );
  }

  #serverRole(
    name: string,
    tier: 'web' | 'was',
    policies: readonly CfnRole.PolicyProperty[],
    reasons: { readonly role: Words },
  ): CfnInstanceProfile {
    const role = because(
      new CfnRole(this, `${name}Role`, {
        roleName: `terrace-${tier}`,
        assumeRolePolicyDocument: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
        },
        managedPolicyArns: [awsManagedPolicy('AmazonSSMManagedInstanceCore')],
        policies: [
          {
            policyName: 'fetch-application',
            policyDocument: {
              Version: '2012-10-17',
              Statement: [
                {
                  Sid: 'FetchApplication',
                  Effect: 'Allow',
                  Action: 's3:GetObject',
                  Resource: Fn.sub(`arn:\${AWS::Partition}:s3:::${this.#assetBucket}/*`),
                },
              ],
            },
          },
          ...policies,
        ],
        tags: nameTag(`terrace-${tier}`),
      }),
      tier,
      reasons.role,
    );
    return because(
      new CfnInstanceProfile(this, `${name}InstanceProfile`, {
        instanceProfileName: `terrace-${tier}`,
        roles: [role.ref],
      }),
      tier,
      words(
        'Hands the role to the servers: an instance takes a profile, not a role.',
        '역할을 서버에 건네줍니다. 인스턴스는 역할이 아니라 인스턴스 프로파일을 받습니다.',
      ),
    );
  }
}

function awsManagedPolicy(name: string): string {
  return Fn.sub(`arn:\${AWS::Partition}:iam::aws:policy/${name}`);
}
