import { CfnGroup, type CfnManagedPolicy } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { because } from '../reason.ts';
import type { Settings } from '../settings/settings.ts';
import { type Words, words } from '../words.ts';
import { deployData } from './deploy-data.ts';
import { deployNetwork } from './deploy-network.ts';
import { deployServers } from './deploy-servers.ts';
import { assumeDeployment, guard, openSessions, operateService, ownSignIn, secondFactor } from './people.ts';
import { acceptAwsPolicies, awsManagedPolicy, managedPolicy } from './policy.ts';

export interface Personas {
  readonly groups: Readonly<Record<string, CfnGroup>>;
  /** What a bootstrap of the service's stack, and of the network's, may be given. */
  readonly serviceExecution: readonly CfnManagedPolicy[];
  readonly networkExecution: readonly CfnManagedPolicy[];
}

interface Persona {
  readonly name: string;
  readonly purpose: Words;
  readonly policies: readonly CfnManagedPolicy[];
  /** AWS's own, where they fit. */
  readonly awsPolicies: readonly string[];
}

/**
 * Groups of people, made of the same policies in a team of two levels and of three: an operator is what DevOps and developer are together,
 * so the first grows into the second by moving people, not by rewriting policies.
 */
export function buildPersonas(scope: Construct, settings: Settings): Personas {
  const deploy = deployPolicies(scope, settings);
  const people = peoplePolicies(scope, settings);
  const byRoles = people.assumeDeployment ? [people.assumeDeployment] : deploy.service;
  const basics = [people.everybody, people.secondFactor];
  const operator: Persona = {
    name: 'operator',
    purpose: words(
      'Deploys and runs the service; cannot change permissions or the core network.',
      '서비스를 배포하고 운영합니다. 권한과 핵심 네트워크는 바꿀 수 없습니다.',
    ),
    policies: [...basics, ...byRoles, people.operateService, people.openSessions],
    awsPolicies: watching,
  };
  const admin: Persona = {
    name: 'admin',
    purpose: words(
      'Everything, with a second factor: identity, network and money are changed here and nowhere else. Nobody works as root.',
      'MFA를 거쳐 모든 일을 합니다. 권한, 네트워크, 예산은 이 그룹만 바꿉니다. 루트 계정으로는 일하지 않습니다.',
    ),
    policies: [people.secondFactor],
    awsPolicies: ['AdministratorAccess'],
  };
  const three: readonly Persona[] = [
    admin,
    {
      ...operator,
      name: 'devops',
      purpose: words(
        'Deploys and runs the service; cannot change IAM beyond passing two named roles, nor the core network.',
        '서비스를 배포하고 운영합니다. IAM은 지정된 역할을 전달하는 것 외에 바꿀 수 없고 핵심 네트워크도 바꿀 수 없습니다.',
      ),
    },
    {
      name: 'developer',
      purpose: words(
        'Finds out why the application does what it does: looks at everything, opens sessions on servers, changes no infrastructure.',
        '애플리케이션이 왜 그렇게 동작하는지 알아냅니다. 모든 것을 보고 서버에 세션을 열 수 있지만 인프라는 바꾸지 않습니다.',
      ),
      policies: [...basics, people.openSessions],
      awsPolicies: watching,
    },
    {
      name: 'viewer',
      purpose: words(
        'Looks, and changes nothing: for a teacher, a planner, somebody who pays.',
        '보기만 하고 바꾸지 않습니다. 강사, 기획자, 비용을 내는 사람을 위한 그룹입니다.',
      ),
      policies: [people.everybody],
      awsPolicies: watching,
    },
  ];
  const personas = settings.team === 'three-level' ? three : [admin, operator];
  return {
    groups: Object.fromEntries(personas.map((persona) => [persona.name, group(scope, persona)])),
    serviceExecution: deploy.service,
    networkExecution: deploy.network,
  };
}

const watching = ['AmazonEC2ReadOnlyAccess', 'AmazonRDSReadOnlyAccess', 'CloudWatchReadOnlyAccess'];

function group(scope: Construct, { name, purpose, policies, awsPolicies }: Persona): CfnGroup {
  const made = because(
    new CfnGroup(scope, `${name[0]!.toUpperCase()}${name.slice(1)}Group`, {
      groupName: `terrace-${name}`,
      managedPolicyArns: [...policies.map((policy) => policy.ref), ...awsPolicies.map(awsManagedPolicy)],
    }),
    'identity',
    purpose,
  );
  made.addMetadata('Terrace::Persona', { name, purpose });
  acceptAwsPolicies(
    made,
    awsPolicies,
    name === 'admin'
      ? 'Somebody has to be able to do everything, or nobody could repair the permissions themselves; it asks for a second factor.'
      : 'AWS keeps these read-only policies up to date with what its consoles show; writing rights are policies of our own.',
  );
  return made;
}

function deployPolicies(scope: Construct, settings: Settings) {
  const servers = managedPolicy(scope, 'DeployServers', {
    description: 'Deploys the servers of the service',
    reason: words(
      'The servers’ half of what deploying the service asks for; AWS allows 6,144 characters a policy.',
      '서비스 배포에 필요한 권한 중 서버 쪽 절반입니다. 정책 하나에 6,144자까지만 쓸 수 있어 나눴습니다.',
    ),
    statements: deployServers(),
  });
  const data = managedPolicy(scope, 'DeployData', {
    description: 'Deploys load balancers, database and alarms of the service',
    reason: words(
      'The other half: load balancers, database, secret, alarms.',
      '나머지 절반입니다. 로드 밸런서, 데이터베이스, 보안 암호, 경보를 배포합니다.',
    ),
    statements: deployData(settings),
  });
  const network =
    settings.deployment === 'roles'
      ? [
          managedPolicy(scope, 'DeployNetwork', {
            description: 'Deploys the core network',
            reason: words(
              'What the bootstrap role of the network’s stack is given in place of CDK’s usual AdministratorAccess.',
              '네트워크 스택의 부트스트랩 역할에 CDK 기본값인 AdministratorAccess 대신 주는 권한입니다.',
            ),
            statements: deployNetwork(settings),
          }),
        ]
      : [];
  return { service: [servers, data], network };
}

function peoplePolicies(scope: Construct, settings: Settings) {
  return {
    secondFactor: managedPolicy(scope, 'SecondFactor', {
      description: 'Refuses everything until the second factor was shown',
      reason: words(
        'Whoever can change or spend signs in with two factors.',
        '무언가를 바꾸거나 돈을 쓸 수 있는 사람은 두 단계로 로그인합니다.',
      ),
      statements: secondFactor,
    }),
    everybody: managedPolicy(scope, 'Everybody', {
      description: "One's own sign-in, and refusals that hold whatever else is allowed",
      reason: words(
        'Everybody looks after their own sign-in. And the diary’s team attached whatever policy made an error go away: the refusals of permissions and of the core network hold all the same.',
        '누구나 자기 로그인 정보를 관리합니다. 그리고 오류가 사라질 때까지 정책을 연결하더라도 권한과 핵심 네트워크에 대한 거부는 그대로 지켜집니다.',
      ),
      statements: [...ownSignIn, ...guard],
    }),
    operateService: managedPolicy(scope, 'OperateService', {
      description: 'Runs the service from day to day',
      reason: words('Day-to-day work that is no deployment.', '배포가 아닌 일상 운영에 필요합니다.'),
      statements: operateService,
    }),
    openSessions: managedPolicy(scope, 'OpenSessions', {
      description: 'Opens sessions on web and application servers',
      reason: words(
        'Session Manager takes SSH’s place: no key, no port, and every session is recorded by name.',
        'SSH 대신 Session Manager를 씁니다. 키도 포트도 없고 누가 세션을 열었는지 기록됩니다.',
      ),
      statements: openSessions,
    }),
    assumeDeployment:
      settings.deployment === 'roles'
        ? managedPolicy(scope, 'AssumeDeployment', {
            description: 'Deploys the service by the roles of its bootstrap',
            reason: words(
              'People are allowed to ask for a deployment; the roles are allowed to carry it out.',
              '사람은 배포를 요청할 수 있고, 실행은 역할이 합니다.',
            ),
            statements: assumeDeployment,
          })
        : null,
  };
}
