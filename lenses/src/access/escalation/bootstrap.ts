import { onlyIdentity } from '../evaluation/evaluate.ts';
import type { Subject } from '../evaluation/subject.ts';
import { managedPolicy } from '../policy/managed.ts';
import { type Policy, parsePolicy } from '../policy/policy.ts';
import type { SurroundingRole } from './escalation.ts';

/**
 * The roles that `cdk bootstrap` makes when it is told nothing else: the execution role has AdministratorAccess, and whoever may
 * assume the deploy role may hand it to CloudFormation.
 *
 * https://docs.aws.amazon.com/cdk/v2/guide/bootstrapping-env.html
 */
export function defaultBootstrap(account: string, region: string, qualifier = 'hnb659fds'): SurroundingRole[] {
  const name = (part: string) => `cdk-${qualifier}-${part}-${account}-${region}`;
  const execution = role(account, name('cfn-exec-role'), [administratorAccess()], {
    Service: 'cloudformation.amazonaws.com',
  });
  const deploy = role(account, name('deploy-role'), [deployPolicy(execution.arn)], {
    AWS: `arn:aws:iam::${account}:root`,
  });
  return [execution, deploy];
}

function role(
  account: string,
  name: string,
  identity: readonly Policy[],
  principal: Record<string, string>,
): SurroundingRole {
  const arn = `arn:aws:iam::${account}:role/${name}`;
  const subject: Subject = {
    name,
    purpose: null,
    principal: { kind: 'session', arn: `arn:aws:sts::${account}:assumed-role/${name}/session`, role: arn },
    policies: onlyIdentity(identity),
  };
  const trust = read('trust', {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: principal, Action: 'sts:AssumeRole' }],
  });
  return { subject, arn, trust, services: principal.Service ? [principal.Service] : [] };
}

/** What matters of the deploy role's policy. */
function deployPolicy(execution: string): Policy {
  return read('identity', {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'CloudFormationPermissions',
        Effect: 'Allow',
        Action: [
          'cloudformation:CreateChangeSet',
          'cloudformation:DeleteChangeSet',
          'cloudformation:DescribeChangeSet',
          'cloudformation:DescribeStacks',
          'cloudformation:ExecuteChangeSet',
          'cloudformation:CreateStack',
          'cloudformation:UpdateStack',
        ],
        Resource: '*',
      },
      { Sid: 'PassExecutionRole', Effect: 'Allow', Action: 'iam:PassRole', Resource: execution },
    ],
  });
}

function read(kind: 'identity' | 'trust', document: Parameters<typeof parsePolicy>[0]): Policy {
  const policy = parsePolicy(document, { name: 'CDK bootstrap', kind });
  if (!policy.ok) throw new Error(JSON.stringify(policy.mistakes));
  return policy.value;
}

function administratorAccess(): Policy {
  const policy = managedPolicy('AdministratorAccess');
  if (!policy.ok) throw new Error('AdministratorAccess is missing from the data');
  return policy.value;
}
