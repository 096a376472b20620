import { words } from '../words.ts';
import { networkChanges } from './deploy-network.ts';
import type { Statement } from './policy.ts';

/** Looking after one's own sign-in: password, second factor, access keys. */
export const ownSignIn: readonly Statement[] = [
  {
    sid: 'OwnSignIn',
    actions: [
      'iam:ChangePassword',
      'iam:GetUser',
      'iam:ListMFADevices',
      'iam:EnableMFADevice',
      'iam:ResyncMFADevice',
      'iam:ListAccessKeys',
      'iam:CreateAccessKey',
      'iam:UpdateAccessKey',
      'iam:DeleteAccessKey',
    ],
    on: ['iam::ACCOUNT:user/USERNAME'],
    reason: words(
      'Everybody looks after their own password and keys, and nobody else’s.',
      '각자 자기 비밀번호와 키만 관리합니다.',
    ),
  },
  {
    sid: 'OwnSecondFactor',
    actions: ['iam:CreateVirtualMFADevice'],
    on: ['iam::ACCOUNT:mfa/*'],
    reason: words(
      'A second factor is set up by its owner. A device belongs to nobody until it is enabled.',
      'MFA 기기는 본인이 등록합니다. 활성화하기 전의 기기는 누구의 것도 아닙니다.',
    ),
  },
  {
    sid: 'PasswordRules',
    actions: ['iam:GetAccountPasswordPolicy', 'iam:ListVirtualMFADevices', 'iam:ListUsers'],
    on: ['*'],
    reason: words(
      'The console shows the rules and finds one’s own user with these.',
      '콘솔이 비밀번호 규칙을 보여 주고 자기 사용자를 찾을 때 필요합니다.',
    ),
  },
];

/**
 * Nothing but looking after one's sign-in works until the second factor was shown. What AWS's services do in one's name is let through:
 * they were called by somebody who had shown it.
 *
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/tutorial_users-self-manage-mfa-and-creds.html
 */
export const secondFactor: readonly Statement[] = [
  {
    sid: 'NothingWithoutSecondFactor',
    effect: 'Deny',
    except: [
      'iam:ChangePassword',
      'iam:CreateVirtualMFADevice',
      'iam:EnableMFADevice',
      'iam:GetAccountPasswordPolicy',
      'iam:GetUser',
      'iam:ListMFADevices',
      'iam:ListUsers',
      'iam:ListVirtualMFADevices',
      'iam:ResyncMFADevice',
      'sts:GetSessionToken',
    ],
    on: ['*'],
    condition: { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false', 'aws:ViaAWSService': 'false' } },
    reason: words(
      'A stolen password or access key alone opens nothing: these personas can change or spend.',
      '비밀번호나 액세스 키만 훔쳐서는 아무것도 할 수 없게 합니다. 이 역할들은 무언가를 바꾸거나 돈을 쓸 수 있기 때문입니다.',
    ),
  },
];

/**
 * Refusals that hold whatever else somebody is given later, AWS's “full access” policies and policies attached to the person included:
 * an explicit deny wins over every allow.
 */
export const guard: readonly Statement[] = [
  {
    sid: 'CoreNetworkStays',
    effect: 'Deny',
    actions: networkChanges,
    on: ['*'],
    reason: words(
      'One deleted route takes the whole service down: the core network is changed by administrators, on purpose.',
      '경로 하나만 지워도 서비스 전체가 멈춥니다. 핵심 네트워크는 관리자만 변경합니다.',
    ),
  },
  {
    sid: 'PermissionsStay',
    effect: 'Deny',
    actions: [
      'iam:Add*',
      'iam:Attach*',
      'iam:Create*',
      'iam:Deactivate*',
      'iam:Delete*',
      'iam:Detach*',
      'iam:Put*',
      'iam:Remove*',
      'iam:Set*',
      'iam:Tag*',
      'iam:Untag*',
      'iam:Update*',
      'iam:Upload*',
    ],
    notOn: ['iam::ACCOUNT:user/USERNAME', 'iam::ACCOUNT:mfa/*', 'iam::ACCOUNT:role/aws-service-role/*'],
    reason: words(
      'Whoever may change permissions may give themselves all of them. One’s own sign-in and AWS’s own roles are left out.',
      '권한을 바꿀 수 있는 사람은 스스로에게 모든 권한을 줄 수 있습니다. 본인 로그인 정보와 AWS 서비스 연결 역할만 예외로 둡니다.',
    ),
  },
  {
    sid: 'OwnPermissionsStay',
    effect: 'Deny',
    actions: ['iam:*UserPolicy', 'iam:*UserPermissionsBoundary', 'iam:*LoginProfile', 'iam:AddUserToGroup'],
    on: ['*'],
    reason: words(
      'One’s own user is left out above, so that a password can be changed; policies on it are refused here.',
      '비밀번호를 바꿀 수 있도록 위에서 본인 사용자를 예외로 두었으므로, 본인에게 정책을 연결하는 일은 여기에서 막습니다.',
    ),
  },
  {
    sid: 'OnlyServerRoles',
    effect: 'Deny',
    actions: ['iam:PassRole'],
    notOn: ['iam::ACCOUNT:role/terrace-web', 'iam::ACCOUNT:role/terrace-was', 'iam::ACCOUNT:role/terrace-schedule'],
    reason: words(
      'Passing a stronger role to a server is the best known way to become an administrator.',
      '더 강한 역할을 서버에 전달하는 것이 관리자가 되는 가장 잘 알려진 방법이기 때문입니다.',
    ),
  },
  {
    sid: 'OtherDeployments',
    effect: 'Deny',
    actions: ['sts:AssumeRole'],
    notOn: ['iam::ACCOUNT:role/cdk-terracesvc-*'],
    reason: words(
      'CDK’s usual bootstrap deploys as an administrator, and the network’s own roles change the core network.',
      'CDK의 기본 부트스트랩은 관리자 권한으로 배포하고, 네트워크용 역할은 핵심 네트워크를 바꿀 수 있습니다.',
    ),
  },
  {
    sid: 'OtherStacksStay',
    effect: 'Deny',
    actions: [
      'cloudformation:CreateStack',
      'cloudformation:UpdateStack',
      'cloudformation:DeleteStack',
      'cloudformation:CreateChangeSet',
      'cloudformation:ExecuteChangeSet',
      'cloudformation:SetStackPolicy',
    ],
    notOn: ['cloudformation:*:ACCOUNT:stack/TerraceService/*'],
    reason: words(
      'A stack of one’s own could make what is refused here; only the service’s stack is deployed.',
      '별도의 스택으로 여기에서 막은 것을 만들 수 있으므로 서비스 스택만 배포할 수 있습니다.',
    ),
  },
];

/** Running the service from day to day, without deploying it. */
export const operateService: readonly Statement[] = [
  {
    sid: 'Servers',
    actions: [
      'autoscaling:SetDesiredCapacity',
      'autoscaling:StartInstanceRefresh',
      'autoscaling:CancelInstanceRefresh',
      'autoscaling:TerminateInstanceInAutoScalingGroup',
    ],
    on: ['autoscaling:REGION:ACCOUNT:autoScalingGroup:*:autoScalingGroupName/TerraceService-*'],
    reason: words(
      'More servers for an evening, fewer for the night, a sick one replaced.',
      '저녁에는 서버를 늘리고 밤에는 줄이며, 이상한 서버를 교체합니다.',
    ),
  },
  {
    sid: 'Database',
    actions: ['rds:StartDBInstance', 'rds:StopDBInstance', 'rds:RebootDBInstance', 'rds:CreateDBSnapshot'],
    on: ['rds:REGION:ACCOUNT:db:*', 'rds:REGION:ACCOUNT:snapshot:*'],
    condition: { StringEquals: { 'aws:ResourceTag/aws:cloudformation:stack-name': 'TerraceService' } },
    reason: words(
      'Stopping the database overnight saves its hours; a snapshot before something daring saves the day.',
      '밤에 데이터베이스를 멈추면 그 시간만큼 요금이 줄고, 위험한 작업 전에 스냅샷을 남기면 되돌릴 수 있습니다.',
    ),
  },
];

/** Opening sessions on servers, which is what takes SSH's place. */
export const openSessions: readonly Statement[] = [
  {
    sid: 'SessionsOnServers',
    actions: ['ssm:StartSession'],
    on: ['ec2:REGION:ACCOUNT:instance/*'],
    condition: { StringEquals: { 'ssm:resourceTag/Name': ['web', 'was'] } },
    reason: words(
      'Looks at a server from within, without SSH, keys or an open port. Whoever stands on an application server can read what it can, the database’s secret included.',
      'SSH, 키, 열린 포트 없이 서버 안을 들여다봅니다. 애플리케이션 서버에 들어간 사람은 데이터베이스 보안 암호를 포함해 그 서버가 읽을 수 있는 것을 읽을 수 있습니다.',
    ),
  },
  {
    sid: 'WaysOfSessions',
    actions: ['ssm:StartSession'],
    on: [
      'ssm:REGION:ACCOUNT:document/SSM-SessionManagerRunShell',
      'ssm:REGION::document/AWS-StartPortForwardingSession',
      'ssm:REGION::document/AWS-StartPortForwardingSessionToRemoteHost',
    ],
    reason: words(
      'A shell, or a port brought to one’s own machine; nothing else that SSM could run.',
      '셸을 열거나 포트를 자기 컴퓨터로 가져오는 것만 허용합니다. SSM이 실행할 수 있는 다른 것은 허용하지 않습니다.',
    ),
  },
  {
    sid: 'OwnSessions',
    actions: ['ssm:TerminateSession', 'ssm:ResumeSession'],
    on: ['ssm:*:ACCOUNT:session/USERNAME-*'],
    reason: words('Ends and resumes one’s own sessions.', '자기 세션만 끝내거나 이어서 씁니다.'),
  },
  {
    sid: 'FindServers',
    actions: ['ssm:DescribeSessions', 'ssm:DescribeInstanceInformation', 'ssm:GetConnectionStatus'],
    on: ['*'],
    reason: words(
      'Shows which servers can be opened; these actions know no narrower resource.',
      '세션을 열 수 있는 서버를 보여 줍니다. 이 작업들은 리소스를 더 좁게 지정할 수 없습니다.',
    ),
  },
];

/** Deploying the service by the roles of its own bootstrap. */
export const assumeDeployment: readonly Statement[] = [
  {
    sid: 'ServiceDeployment',
    actions: ['sts:AssumeRole'],
    on: ['iam::ACCOUNT:role/cdk-terracesvc-*'],
    reason: words(
      'Deploys the service through roles that can do that and nothing else, so that no person needs those rights.',
      '서비스 배포만 할 수 있는 역할을 거쳐 배포하므로 사람에게 직접 그 권한을 줄 필요가 없습니다.',
    ),
  },
];
