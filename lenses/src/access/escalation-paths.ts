import { type Words, words } from '@terrace/cloud/words';
import { expand } from './needs/need.ts';

/**
 * Published ways in which somebody who is no administrator becomes one.
 *
 * Rhino Security Labs, AWS IAM Privilege Escalation: Methods and Mitigation: https://rhinosecuritylabs.com/aws/aws-privilege-escalation-methods-mitigation/
 * Bishop Fox, IAM Vulnerable: https://bishopfox.com/blog/privilege-escalation-in-aws
 * Datadog Security Labs, pathfinding.cloud, whose names are used here: https://pathfinding.cloud/paths/
 */
export interface EscalationPath {
  /** For example `iam-001`. */
  readonly id: string;
  /** All of them are needed. */
  readonly actions: readonly string[];
  readonly how: How;
  readonly says: Words;
}

export type How =
  /** Changes permissions: its own, or those of somebody it can become. `on` is what the first action is done to. */
  | { readonly kind: 'change'; readonly on: 'own-user' | 'any-group' | 'any-role' | 'any-policy' }
  /** Gets credentials of another user. */
  | { readonly kind: 'another-user' }
  /** Starts something with a role that it passes, and acts as that role. */
  | { readonly kind: 'pass'; readonly to: string }
  /** Takes over something that already has a stronger role. `like` is the ARN of such a thing, not of this template. */
  | { readonly kind: 'take-over'; readonly like: string }
  | { readonly kind: 'assume' };

function change(
  id: string,
  on: Extract<How, { kind: 'change' }>['on'],
  actions: string,
  en: string,
  ko: string,
): EscalationPath {
  return { id, actions: expand(actions), how: { kind: 'change', on }, says: words(en, ko) };
}

function another(id: string, actions: string, en: string, ko: string): EscalationPath {
  return { id, actions: expand(actions), how: { kind: 'another-user' }, says: words(en, ko) };
}

/** What is started is named, with the service that gets the role. */
function pass(id: string, to: string, actions: string, en: string, ko: string): EscalationPath {
  return {
    id,
    actions: ['iam:PassRole', ...expand(actions)],
    how: { kind: 'pass', to },
    says: words(
      `starts ${en} with a stronger role and acts as that role`,
      `더 강한 역할을 붙인 ${ko} 띄워 그 역할로 행동합니다`,
    ),
  };
}

function takeOver(id: string, like: string, actions: string, en: string, ko: string): EscalationPath {
  return {
    id,
    actions: expand(actions),
    how: { kind: 'take-over', like },
    says: words(`takes over ${en} that already has a stronger role`, `이미 더 강한 역할을 가진 ${ko} 차지합니다`),
  };
}

const region = 'arn:aws:SERVICE:REGION:ACCOUNT';
const like = (service: string, resource: string) => `${region.replace('SERVICE', service)}:${resource}`;

export const escalationPaths: readonly EscalationPath[] = [
  change(
    'iam-001',
    'any-policy',
    'iam:CreatePolicyVersion',
    'writes a new version of a policy that it holds',
    '자신에게 붙은 정책의 새 버전을 씁니다',
  ),
  change(
    'iam-016',
    'any-policy',
    'iam:SetDefaultPolicyVersion',
    'brings an older, stronger version of a policy back',
    '더 강했던 예전 정책 버전을 되살립니다',
  ),
  change(
    'iam-008',
    'own-user',
    'iam:AttachUserPolicy',
    'attaches AdministratorAccess to itself',
    '자기 자신에게 AdministratorAccess를 붙입니다',
  ),
  change('iam-007', 'own-user', 'iam:PutUserPolicy', 'writes itself a policy', '자기 자신에게 정책을 써 넣습니다'),
  change(
    'iam-010',
    'any-group',
    'iam:AttachGroupPolicy',
    'attaches AdministratorAccess to its group',
    '자기 그룹에 AdministratorAccess를 붙입니다',
  ),
  change('iam-011', 'any-group', 'iam:PutGroupPolicy', 'writes its group a policy', '자기 그룹에 정책을 써 넣습니다'),
  change('iam-013', 'any-group', 'iam:AddUserToGroup', 'joins the administrators’ group', '관리자 그룹에 들어갑니다'),
  change(
    'iam-009',
    'any-role',
    'iam:AttachRolePolicy',
    'attaches AdministratorAccess to a role that it can become or use',
    '자신이 쓸 수 있는 역할에 AdministratorAccess를 붙입니다',
  ),
  change(
    'iam-005',
    'any-role',
    'iam:PutRolePolicy',
    'writes a role that it can become or use a policy',
    '자신이 쓸 수 있는 역할에 정책을 써 넣습니다',
  ),
  change(
    'iam-012',
    'any-role',
    'iam:UpdateAssumeRolePolicy',
    'lets itself assume a stronger role',
    '더 강한 역할을 맡을 수 있도록 신뢰 정책을 바꿉니다',
  ),
  change(
    'boundary-user',
    'own-user',
    'iam:DeleteUserPermissionsBoundary',
    'takes its own permissions boundary away',
    '자신의 권한 경계를 없앱니다',
  ),
  change(
    'boundary-user-put',
    'own-user',
    'iam:PutUserPermissionsBoundary',
    'widens its own permissions boundary',
    '자신의 권한 경계를 넓힙니다',
  ),
  change(
    'boundary-role',
    'any-role',
    'iam:DeleteRolePermissionsBoundary',
    'takes the permissions boundary of a role away',
    '역할의 권한 경계를 없앱니다',
  ),
  change(
    'boundary-role-put',
    'any-role',
    'iam:PutRolePermissionsBoundary',
    'widens the permissions boundary of a role',
    '역할의 권한 경계를 넓힙니다',
  ),
  change(
    'denies-user',
    'own-user',
    'iam:DeleteUserPolicy',
    'takes a policy that refuses it something away',
    '자신을 막던 인라인 정책을 지웁니다',
  ),
  change(
    'denies-detach',
    'own-user',
    'iam:DetachUserPolicy',
    'detaches a policy that refuses it something',
    '자신을 막던 정책을 떼어 냅니다',
  ),
  change(
    'denies-group',
    'any-group',
    'iam:DetachGroupPolicy',
    'detaches a policy that refuses its group something',
    '자기 그룹을 막던 정책을 떼어 냅니다',
  ),
  change(
    'new-role',
    'any-role',
    'iam:CreateRole AttachRolePolicy sts:AssumeRole',
    'makes itself an administrative role',
    '관리자 역할을 새로 만들어 맡습니다',
  ),
  another('iam-002', 'iam:CreateAccessKey', 'makes access keys for another user', '다른 사용자의 액세스 키를 만듭니다'),
  another(
    'iam-004',
    'iam:CreateLoginProfile',
    'gives another user a password',
    '다른 사용자의 로그인 비밀번호를 만듭니다',
  ),
  another('iam-006', 'iam:UpdateLoginProfile', 'changes another user’s password', '다른 사용자의 비밀번호를 바꿉니다'),
  another(
    'new-user',
    'iam:CreateUser AttachUserPolicy CreateAccessKey',
    'makes a new administrator',
    '새 관리자를 만듭니다',
  ),
  {
    id: 'sts-001',
    actions: ['sts:AssumeRole'],
    how: { kind: 'assume' },
    says: words('assumes an administrative role', '관리자 역할을 맡습니다'),
  },
  pass('ec2-001', 'ec2.amazonaws.com', 'ec2:RunInstances', 'an instance', '인스턴스를'),
  pass('ec2-004', 'ec2.amazonaws.com', 'ec2:RequestSpotInstances', 'a spot instance', '스팟 인스턴스를'),
  pass(
    'ec2-002',
    'ec2.amazonaws.com',
    'ec2:ReplaceIamInstanceProfileAssociation',
    'a running instance',
    '실행 중인 인스턴스를',
  ),
  pass(
    'ec2-profile',
    'ec2.amazonaws.com',
    'ec2:AssociateIamInstanceProfile',
    'a running instance',
    '실행 중인 인스턴스를',
  ),
  pass(
    'ec2-005',
    'ec2.amazonaws.com',
    'ec2:CreateLaunchTemplate autoscaling:CreateAutoScalingGroup',
    'a group of instances',
    '인스턴스 그룹을',
  ),
  pass(
    'autoscaling-configuration',
    'ec2.amazonaws.com',
    'autoscaling:CreateLaunchConfiguration CreateAutoScalingGroup',
    'a group of instances',
    '인스턴스 그룹을',
  ),
  pass(
    'iam-profile',
    'ec2.amazonaws.com',
    'iam:AddRoleToInstanceProfile',
    'an instance profile',
    '인스턴스 프로파일을',
  ),
  pass('lambda-001', 'lambda.amazonaws.com', 'lambda:CreateFunction InvokeFunction', 'a function', '함수를'),
  pass('lambda-002', 'lambda.amazonaws.com', 'lambda:CreateFunction CreateEventSourceMapping', 'a function', '함수를'),
  pass('lambda-006', 'lambda.amazonaws.com', 'lambda:CreateFunction AddPermission', 'a function', '함수를'),
  pass('cloudformation-001', 'cloudformation.amazonaws.com', 'cloudformation:CreateStack', 'a stack', '스택을'),
  pass('cloudformation-update', 'cloudformation.amazonaws.com', 'cloudformation:UpdateStack', 'a stack', '스택을'),
  pass(
    'cloudformation-change',
    'cloudformation.amazonaws.com',
    'cloudformation:CreateChangeSet ExecuteChangeSet',
    'a stack',
    '스택을',
  ),
  pass(
    'cloudformation-003',
    'cloudformation.amazonaws.com',
    'cloudformation:CreateStackSet CreateStackInstances',
    'a stack set',
    '스택 세트를',
  ),
  pass(
    'cloudformation-004',
    'cloudformation.amazonaws.com',
    'cloudformation:UpdateStackSet',
    'a stack set',
    '스택 세트를',
  ),
  pass(
    'ecs-001',
    'ecs-tasks.amazonaws.com',
    'ecs:RegisterTaskDefinition CreateService',
    'a service of containers',
    '컨테이너 서비스를',
  ),
  pass('ecs-002', 'ecs-tasks.amazonaws.com', 'ecs:RegisterTaskDefinition RunTask', 'a container', '컨테이너를'),
  pass('ecs-005', 'ecs-tasks.amazonaws.com', 'ecs:RegisterTaskDefinition StartTask', 'a container', '컨테이너를'),
  pass(
    'ecs-008',
    'ecs-tasks.amazonaws.com',
    'ecs:RunTask',
    'a container with another command',
    '명령을 바꾼 컨테이너를',
  ),
  pass(
    'ecs-update',
    'ecs-tasks.amazonaws.com',
    'ecs:RegisterTaskDefinition UpdateService',
    'a service of containers',
    '컨테이너 서비스를',
  ),
  pass('codebuild-001', 'codebuild.amazonaws.com', 'codebuild:CreateProject StartBuild', 'a build', '빌드를'),
  pass(
    'codebuild-004',
    'codebuild.amazonaws.com',
    'codebuild:CreateProject StartBuildBatch',
    'a batch of builds',
    '빌드 묶음을',
  ),
  pass('codebuild-update', 'codebuild.amazonaws.com', 'codebuild:UpdateProject StartBuild', 'a build', '빌드를'),
  pass('glue-001', 'glue.amazonaws.com', 'glue:CreateDevEndpoint', 'a development endpoint', '개발 엔드포인트를'),
  pass('glue-003', 'glue.amazonaws.com', 'glue:CreateJob StartJobRun', 'a job', '작업을'),
  pass('glue-004', 'glue.amazonaws.com', 'glue:CreateJob CreateTrigger', 'a job', '작업을'),
  pass('glue-005', 'glue.amazonaws.com', 'glue:UpdateJob StartJobRun', 'a job', '작업을'),
  pass('glue-006', 'glue.amazonaws.com', 'glue:UpdateJob CreateTrigger', 'a job', '작업을'),
  pass('glue-007', 'glue.amazonaws.com', 'glue:CreateSession RunStatement', 'an interactive session', '대화형 세션을'),
  pass(
    'datapipeline-001',
    'datapipeline.amazonaws.com',
    'datapipeline:CreatePipeline PutPipelineDefinition',
    'a pipeline',
    '파이프라인을',
  ),
  pass(
    'sagemaker-001',
    'sagemaker.amazonaws.com',
    'sagemaker:CreateNotebookInstance CreatePresignedNotebookInstanceUrl',
    'a notebook',
    '노트북을',
  ),
  pass('sagemaker-002', 'sagemaker.amazonaws.com', 'sagemaker:CreateTrainingJob', 'a training job', '학습 작업을'),
  pass('sagemaker-003', 'sagemaker.amazonaws.com', 'sagemaker:CreateProcessingJob', 'a processing job', '처리 작업을'),
  pass(
    'apprunner-001',
    'tasks.apprunner.amazonaws.com',
    'apprunner:CreateService',
    'an App Runner service',
    'App Runner 서비스를',
  ),
  pass('batch-001', 'ecs-tasks.amazonaws.com', 'batch:RegisterJobDefinition SubmitJob', 'a batch job', '배치 작업을'),
  pass(
    'batch-003',
    'ecs-tasks.amazonaws.com',
    'batch:CreateComputeEnvironment CreateJobQueue RegisterJobDefinition SubmitJob',
    'a batch job',
    '배치 작업을',
  ),
  pass(
    'bedrock-001',
    'bedrock-agentcore.amazonaws.com',
    'bedrock-agentcore:CreateCodeInterpreter StartCodeInterpreterSession InvokeCodeInterpreter',
    'a code interpreter',
    '코드 인터프리터를',
  ),
  pass(
    'bedrock-003',
    'bedrock-agentcore.amazonaws.com',
    'bedrock-agentcore:CreateAgentRuntime InvokeAgentRuntime',
    'an agent',
    '에이전트를',
  ),
  pass(
    'bedrock-005',
    'bedrock-agentcore.amazonaws.com',
    'bedrock-agentcore:CreateHarness CreateAgentRuntime',
    'an agent',
    '에이전트를',
  ),
  pass('bedrock-006', 'bedrock-agentcore.amazonaws.com', 'bedrock-agentcore:CreateBrowser', 'a browser', '브라우저를'),
  pass('braket-001', 'braket.amazonaws.com', 'braket:CreateJob', 'a hybrid job', '하이브리드 작업을'),
  pass(
    'cognito-identity-001',
    'cognito-identity.amazonaws.com',
    'cognito-identity:SetIdentityPoolRoles',
    'an identity pool',
    '자격 증명 풀을',
  ),
  pass('emr-001', 'ec2.amazonaws.com', 'elasticmapreduce:RunJobFlow', 'a cluster', '클러스터를'),
  pass(
    'emrserverless-001',
    'emr-serverless.amazonaws.com',
    'emr-serverless:CreateApplication StartJobRun',
    'a job',
    '작업을',
  ),
  pass('gamelift-001', 'gamelift.amazonaws.com', 'gamelift:CreateFleet', 'a fleet of game servers', '게임 서버 집합을'),
  pass(
    'imagebuilder-001',
    'ec2.amazonaws.com',
    'imagebuilder:CreateInfrastructureConfiguration CreateImage',
    'an image build',
    '이미지 빌드를',
  ),
  pass(
    'kinesisanalytics-001',
    'kinesisanalytics.amazonaws.com',
    'kinesisanalytics:CreateApplication StartApplication',
    'an application',
    '애플리케이션을',
  ),
  pass('omics-001', 'omics.amazonaws.com', 'omics:CreateWorkflow StartRun', 'a workflow', '워크플로를'),
  pass('scheduler-001', 'scheduler.amazonaws.com', 'scheduler:CreateSchedule', 'a schedule', '일정을'),
  pass('events-rule', 'events.amazonaws.com', 'events:PutRule PutTargets', 'an event rule', '이벤트 규칙을'),
  pass('ssm-003', 'ssm.amazonaws.com', 'ssm:StartAutomationExecution', 'an automation', '자동화를'),
  pass(
    'stepfunctions-001',
    'states.amazonaws.com',
    'states:CreateStateMachine StartExecution',
    'a state machine',
    '상태 머신을',
  ),
  pass(
    'stepfunctions-002',
    'states.amazonaws.com',
    'states:UpdateStateMachine StartExecution',
    'a state machine',
    '상태 머신을',
  ),
  pass(
    'amplify-001',
    'amplify.amazonaws.com',
    'amplify:CreateApp CreateBranch StartJob',
    'an Amplify build',
    'Amplify 빌드를',
  ),
  takeOver('lambda-003', like('lambda', 'function:another'), 'lambda:UpdateFunctionCode', 'a function', '함수를'),
  takeOver(
    'lambda-layer',
    like('lambda', 'function:another'),
    'lambda:UpdateFunctionConfiguration',
    'a function, by a layer,',
    '함수를 레이어로',
  ),
  takeOver('ssm-001', like('ec2', 'instance/i-0another'), 'ssm:StartSession', 'an instance', '인스턴스를'),
  takeOver('ssm-002', like('ec2', 'instance/i-0another'), 'ssm:SendCommand', 'an instance', '인스턴스를'),
  takeOver(
    'ec2-003',
    like('ec2', 'instance/i-0another'),
    'ec2-instance-connect:SendSSHPublicKey',
    'an instance',
    '인스턴스를',
  ),
  takeOver(
    'ec2-serial',
    like('ec2', 'instance/i-0another'),
    'ec2-instance-connect:SendSerialConsoleSSHPublicKey',
    'an instance',
    '인스턴스를',
  ),
  takeOver(
    'ec2-userdata',
    like('ec2', 'instance/i-0another'),
    'ec2:ModifyInstanceAttribute StopInstances StartInstances',
    'an instance',
    '인스턴스를',
  ),
  takeOver(
    'ec2-template',
    like('ec2', 'launch-template/lt-0another'),
    'ec2:CreateLaunchTemplateVersion ModifyLaunchTemplate',
    'a group of instances',
    '인스턴스 그룹을',
  ),
  takeOver(
    'cloudformation-002',
    like('cloudformation', 'stack/Another/1'),
    'cloudformation:UpdateStack',
    'a stack',
    '스택을',
  ),
  takeOver(
    'cloudformation-005',
    like('cloudformation', 'stack/Another/1'),
    'cloudformation:CreateChangeSet ExecuteChangeSet',
    'a stack',
    '스택을',
  ),
  takeOver(
    'glue-002',
    like('glue', 'devEndpoint/another'),
    'glue:UpdateDevEndpoint',
    'a development endpoint',
    '개발 엔드포인트를',
  ),
  takeOver(
    'codebuild-002',
    like('codebuild', 'project/another'),
    'codebuild:StartBuild',
    'a build project',
    '빌드 프로젝트를',
  ),
  takeOver(
    'codebuild-003',
    like('codebuild', 'project/another'),
    'codebuild:StartBuildBatch',
    'a build project',
    '빌드 프로젝트를',
  ),
  takeOver(
    'sagemaker-004',
    like('sagemaker', 'notebook-instance/another'),
    'sagemaker:CreatePresignedNotebookInstanceUrl',
    'a notebook',
    '노트북을',
  ),
  takeOver(
    'sagemaker-005',
    like('sagemaker', 'notebook-instance-lifecycle-config/another'),
    'sagemaker:UpdateNotebookInstanceLifecycleConfig',
    'a notebook',
    '노트북을',
  ),
  takeOver(
    'apprunner-002',
    like('apprunner', 'service/another/1'),
    'apprunner:UpdateService',
    'an App Runner service',
    'App Runner 서비스를',
  ),
  takeOver('batch-002', like('batch', 'job-definition/another:1'), 'batch:SubmitJob', 'a batch job', '배치 작업을'),
  takeOver(
    'bedrock-002',
    like('bedrock-agentcore', 'code-interpreter-custom/another'),
    'bedrock-agentcore:StartCodeInterpreterSession InvokeCodeInterpreter',
    'a code interpreter',
    '코드 인터프리터를',
  ),
  takeOver(
    'codedeploy-001',
    like('codedeploy', 'deploymentgroup:another/another'),
    'codedeploy:CreateDeployment',
    'servers of a deployment',
    '배포 대상 서버를',
  ),
  takeOver('ecs-006', like('ecs', 'task/another/1'), 'ecs:ExecuteCommand', 'a container', '컨테이너를'),
  takeOver(
    'eks-entry',
    like('eks', 'cluster/another'),
    'eks:CreateAccessEntry AssociateAccessPolicy',
    'a Kubernetes cluster',
    '쿠버네티스 클러스터를',
  ),
  takeOver(
    'sso-assignment',
    'arn:aws:sso:::instance/another',
    'sso:CreateAccountAssignment',
    'an identity center, which gives out access to accounts,',
    '계정 접근 권한을 나눠 주는 Identity Center를',
  ),
  takeOver(
    'sso-policy',
    'arn:aws:sso:::permissionSet/another/1',
    'sso:PutInlinePolicyToPermissionSet',
    'a permission set',
    '권한 세트를',
  ),
  takeOver(
    'identitystore-group',
    'arn:aws:identitystore:::group/another',
    'identitystore:CreateGroupMembership',
    'a group of the identity center',
    'Identity Center 그룹을',
  ),
  takeOver(
    'saml',
    'arn:aws:iam::ACCOUNT:saml-provider/another',
    'iam:UpdateSAMLProvider',
    'an identity provider whose users assume roles',
    '역할을 맡게 해 주는 자격 증명 공급자를',
  ),
];
