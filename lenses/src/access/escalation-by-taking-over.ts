import { words } from '@terrace/cloud/words';
import type { EscalationPath } from './escalation-path.ts';
import { expand } from './needs/need.ts';

const region = 'arn:aws:SERVICE:REGION:ACCOUNT';
const like = (service: string, resource: string) => `${region.replace('SERVICE', service)}:${resource}`;

/** Ways by something that has a stronger role already. */
export const byTakingOver: readonly EscalationPath[] = [
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

function takeOver(id: string, like: string, actions: string, en: string, ko: string): EscalationPath {
  return {
    id,
    actions: expand(actions),
    how: { kind: 'take-over', like },
    says: words(`takes over ${en} that already has a stronger role`, `이미 더 강한 역할을 가진 ${ko} 차지합니다`),
  };
}
