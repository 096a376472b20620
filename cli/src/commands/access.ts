import { mistake } from '@terrace/cloud/mistake';
import { words } from '@terrace/cloud/words';
import { demandsOf } from '@terrace/lenses/access/deployment/demands';
import { fixesFor, notNeeded } from '@terrace/lenses/access/deployment/fixes';
import { preflightOf } from '@terrace/lenses/access/deployment/preflight';
import { sizeOf, smallestPolicies } from '@terrace/lenses/access/deployment/smallest-policy';
import { defaultBootstrap } from '@terrace/lenses/access/escalation/bootstrap';
import { surroundingsOf } from '@terrace/lenses/access/escalation/escalation';
import { excessOf } from '@terrace/lenses/access/escalation/excess';
import { decide } from '@terrace/lenses/access/evaluation/decide';
import { personasOf, subjectsOf } from '@terrace/lenses/access/evaluation/subject';
import { matrixOf } from '@terrace/lenses/access/matrix';
import { matrixPicture } from '@terrace/lenses/access/matrix-picture';
import { requireAction } from '@terrace/lenses/access/policy/actions';
import { type Asked, ask } from '../access/access-question.ts';
import {
  because,
  excessJson,
  excessLines,
  matrixJson,
  matrixLines,
  preflightJson,
  preflightLines,
  reasonsLines,
  statementName,
} from '../access/access-report.ts';
import { writeOutput } from '../arguments/output-file.ts';
import type { CommandDefinition } from '../command.ts';
import { projectOptions } from '../project/project.ts';
import { exitCode, type Terminal } from '../terminal/terminal.ts';

export const command: CommandDefinition = {
  usage: 'access',
  summary: words(
    'who may do what, and what is missing before anything is created',
    '누가 무엇을 할 수 있고, 만들기 전에 어떤 권한이 빠졌는지',
  ),
  options: [
    ...projectOptions,
    {
      flags: '--as <persona>',
      description: words('persona, group, user or role of the template', '템플릿의 페르소나, 그룹, 사용자, 역할'),
    },
    {
      flags: '--managed <names>',
      description: words(
        'AWS managed policies that you hold, parted by commas',
        '가지고 있는 AWS 관리형 정책. 쉼표로 구분',
      ),
    },
    {
      flags: '--policy <file>',
      description: words('policy document that you hold', '가지고 있는 정책 문서 파일'),
      repeatable: true,
    },
    {
      flags: '--via <way>',
      description: words(
        'way of deploying: cloudformation (default; also CDK) or console',
        '배포 방법: cloudformation(기본값, CDK 포함) 또는 console',
      ),
    },
    {
      flags: '--for <phases>',
      description: words(
        'what is to be done: create (default), update, delete or all',
        '할 작업: create(기본값), update, delete, all',
      ),
    },
    { flags: '--stack <name>', description: words('only this stack', '이 스택만') },
    {
      flags: '--role <names>',
      description: words(
        'what CloudFormation is given: a role of the template, or managed policies',
        'CloudFormation에 전달할 역할. 템플릿의 역할이나 관리형 정책',
      ),
    },
    { flags: '--without-mfa', description: words('signed in without a second factor', 'MFA 없이 로그인한 경우') },
    {
      flags: '--least',
      description: words('write the smallest policy that deploys this', '배포에 필요한 가장 작은 정책을 출력'),
    },
    {
      flags: '--excess',
      description: words(
        'what goes beyond that, worst first, and every way to administrator',
        '필요를 넘는 권한을 위험한 순서로, 관리자가 되는 모든 방법까지',
      ),
    },
    {
      flags: '--default-bootstrap',
      description: words(
        "take CDK's default bootstrap to be in the account",
        '계정에 CDK 기본 부트스트랩이 있다고 가정',
      ),
    },
    {
      flags: '--action <action>',
      description: words('ask about one action, for example ec2:DeleteRoute', '작업 하나만 확인. 예: ec2:DeleteRoute'),
    },
    {
      flags: '--resource <arn>',
      description: words('with --action: on what (default *)', '--action과 함께: 대상 ARN (기본값 *)'),
    },
    {
      flags: '--svg <file>',
      description: words('write the matrix of personas as a picture', '페르소나 표를 그림으로 저장'),
    },
  ],
  examples: [
    'terrace access',
    'terrace access --as devops --stack TerraceService',
    'terrace access --template database.yaml --managed AmazonEC2FullAccess,AmazonRDSFullAccess --via console',
    'terrace access --least --stack TerraceService',
    'terrace access --as developer --excess',
    'terrace access --as devops --action ec2:DeleteRoute --resource "*"',
  ],
  async run({ options, terminal }) {
    const asked = await ask(options);
    if (!asked.ok) {
      terminal.mistakes(asked.mistakes);
      return exitCode.mistake;
    }
    const { question } = asked.value;
    switch (question) {
      case 'least':
        return least(asked.value, terminal);
      case 'matrix':
        return matrix(asked.value, options.svg, terminal);
      case 'action':
        return action(asked.value, String(options.action), options.resource, terminal);
      case 'excess':
        return excess(asked.value, options.defaultBootstrap === true, terminal);
      case 'preflight':
        return preflight(asked.value, terminal);
    }
  },
};

function least({ inventory, stack, via, phases }: Asked, terminal: Terminal): number {
  const { demands, unknown } = demandsOf(inventory, {
    via,
    ...(stack === undefined ? {} : { stack }),
    phases: phases ?? ['create', 'read', 'update', 'delete', ...(via === 'console' ? (['console'] as const) : [])],
  });
  const policies = smallestPolicies(demands);
  terminal.result({ policies, characters: policies.map(sizeOf), unknown }, () =>
    JSON.stringify(policies.length === 1 ? policies[0] : policies, null, 2),
  );
  if (!terminal.json && unknown.length > 0) terminal.mistakes(unknown);
  return exitCode.answered;
}

async function matrix({ inventory, stack, view }: Asked, svg: unknown, terminal: Terminal): Promise<number> {
  const personas = personasOf(view);
  if (!personas.ok) {
    terminal.mistakes(personas.mistakes);
    return exitCode.mistake;
  }
  if (personas.value.length === 0) {
    terminal.mistakes([
      mistake(
        'NO_PERSONAS',
        {},
        {
          cause: words('no group of the template is a persona', '템플릿에 페르소나 그룹이 없습니다'),
          next: words(
            'say whose permissions are meant: --as, --managed or --policy',
            '누구의 권한인지 --as, --managed, --policy로 지정하세요',
          ),
        },
      ),
    ]);
    return exitCode.mistake;
  }
  const found = matrixOf(inventory, personas.value, stack);
  if (typeof svg === 'string') {
    await writeOutput(svg, matrixPicture(found, terminal.language));
    terminal.note(words(`The picture is in ${svg}.`, `그림을 ${svg}에 저장했습니다.`));
  }
  terminal.result(matrixJson(found), () => matrixLines(found, terminal.language));
  return exitCode.answered;
}

function action({ inventory, subject, mfa }: Asked, name: string, resource: unknown, terminal: Terminal): number {
  const known = requireAction(name);
  if (!known.ok) {
    terminal.mistakes(known.mistakes);
    return exitCode.mistake;
  }
  const on = typeof resource === 'string' ? resource : '*';
  const decision = decide(inventory, subject!, { action: known.value.name, arn: on, mfa });
  const json = {
    allowed: decision.allowed,
    subject: subject!.name,
    action: known.value.name,
    resource: on,
    verdict: decision.verdict,
    dependsOn: decision.dependsOn,
    layer: decision.layer,
    decidedBy: decision.decidedBy.map(statementName),
    reasons: decision.decidedBy.map(({ reason }) => reason),
    near: decision.near.map(({ statement, because: why }) => ({
      statement: statementName(statement),
      failed: why.failed,
    })),
  };
  terminal.result(json, () => [
    `${subject!.name} ${known.value.name} ${on}: ${because(decision, terminal.language)}`,
    ...reasonsLines(decision, terminal.language),
  ]);
  return decision.allowed ? exitCode.answered : exitCode.no;
}

function excess({ inventory, stack, view, subject, via }: Asked, bootstrap: boolean, terminal: Terminal): number {
  const subjects = subjectsOf(view);
  if (!subjects.ok) {
    terminal.mistakes(subjects.mistakes);
    return exitCode.mistake;
  }
  const around = surroundingsOf(view, subjects.value, bootstrap ? defaultBootstrap(view.account, view.region) : []);
  const { demands } = demandsOf(inventory, {
    via,
    ...(stack === undefined ? {} : { stack }),
    phases: ['create', 'read', 'update', 'delete', 'console'],
  });
  const found = excessOf(subject!, demands, around);
  terminal.result(excessJson(found), () => excessLines(found, terminal.language));
  return found.administrator || found.escalations.length > 0 ? exitCode.no : exitCode.answered;
}

function preflight(
  { inventory, stack, view, subject, executionRole, via, phases, mfa, asPersona }: Asked,
  terminal: Terminal,
): number {
  const personas = personasOf(view);
  if (!personas.ok) {
    terminal.mistakes(personas.mistakes);
    return exitCode.mistake;
  }
  const options = {
    via,
    mfa,
    executionRole,
    ...(phases ? { phases } : {}),
    ...(stack === undefined ? {} : { stack }),
  };
  const demands = demandsOf(inventory, options);
  const result = preflightOf(demands, subject!, options);
  const fixes = fixesFor(result.missing, { ...options, demands, personas: personas.value, subject: subject! });
  const spare = asPersona ? null : notNeeded(demands, subject!, options);
  terminal.result(preflightJson(result, fixes, spare), () => preflightLines(result, fixes, spare, terminal.language));
  return result.allowed ? exitCode.answered : exitCode.no;
}
