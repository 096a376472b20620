import { describeMistake } from '@terrace/cloud/mistake';
import { type Language, type Words, words } from '@terrace/cloud/words';
import type { Fixes } from '@terrace/lenses/access/deployment/fixes';
import type { Missing, Preflight } from '@terrace/lenses/access/deployment/preflight';
import type { Escalation } from '@terrace/lenses/access/escalation/escalation';
import type { Excess } from '@terrace/lenses/access/escalation/excess';
import type { Decision } from '@terrace/lenses/access/evaluation/evaluate';
import type { Answer, Matrix } from '@terrace/lenses/access/matrix';
import type { Statement } from '@terrace/lenses/access/policy/policy';
import { table } from '../terminal/table.ts';
import { verdictOf } from './preflight-verdict.ts';

/** What `terrace access` shows: JSON of stable shapes, and lines for a person. */

export function preflightJson(result: Preflight, fixes: Fixes, spare: readonly string[] | null) {
  return {
    allowed: result.allowed,
    verdict: verdictOf(result),
    subject: result.subject.name,
    via: result.via,
    executionRole: result.executionRole?.name ?? null,
    checked: result.checked,
    missing: result.missing.map((each) => ({
      resource: each.demand.subject,
      type: each.demand.resource?.type ?? null,
      stack: each.demand.stack,
      action: each.demand.action,
      on: each.arns,
      why: each.demand.why,
      page: each.demand.page,
      firstTimeOnly: each.demand.firstTimeOnly,
      verdict: each.decision.verdict,
      dependsOn: each.decision.dependsOn,
      deniedBy: each.decision.decidedBy.map(statementName),
      near: each.decision.near.map(({ statement, because }) => ({
        statement: statementName(statement),
        failed: because.failed,
      })),
      of: each.of.name,
    })),
    fixes: {
      smallest: fixes.smallest,
      managed: fixes.managed,
      personas: fixes.personas.map(({ name }) => name),
      forbidden: fixes.forbidden.map((each) => ({
        resource: each.demand.subject,
        action: each.demand.action,
        by: each.decision.decidedBy.map(statementName),
      })),
      conditional: fixes.conditional.map((each) => ({
        resource: each.demand.subject,
        action: each.demand.action,
        conditions: conditionsOf(each),
      })),
    },
    notNeeded: spare,
    unknown: result.unknown,
  };
}

/** The conditions that the statements nearest to allowing it ask for, as `StringEquals iam:PermissionsBoundary arn:…`. */
function conditionsOf({ decision }: Missing): string[] {
  const asked = decision.near.flatMap(({ because }) =>
    because.failed === 'condition'
      ? [`${because.condition.operator.written} ${because.condition.key} ${because.condition.values.join(' | ')}`]
      : [],
  );
  return [...new Set(asked)];
}

export function preflightLines(
  result: Preflight,
  fixes: Fixes,
  spare: readonly string[] | null,
  language: Language,
): string[] {
  const say = (en: string, ko: string) => words(en, ko)[language];
  const { name } = result.subject;
  const way =
    result.via === 'console' ? say('in the console', '콘솔에서') : say('by CloudFormation', 'CloudFormation으로');
  const { actions, resources } = result.checked;
  const asked = say(
    `${actions} actions for ${resources} resources`,
    `리소스 ${resources}개에 필요한 작업 ${actions}가지`,
  );
  const lines: string[] = [];
  if (result.allowed)
    lines.push(
      say(
        `${name} can deploy this ${way}: nothing is missing of ${asked}.`,
        `${name}: ${way} 배포할 수 있습니다. ${asked} 가운데 빠진 것이 없습니다.`,
      ),
    );
  else if (verdictOf(result) === 'unknown')
    lines.push(
      say(
        `Not known whether ${name} can deploy this ${way}: nothing is missing of ${asked}, and the template has types whose needs are not known.`,
        `${name}: ${way} 배포할 수 있는지 알 수 없습니다. ${asked} 가운데 빠진 것은 없지만, 필요한 권한을 모르는 유형이 템플릿에 있습니다.`,
      ),
    );
  else {
    const groups = grouped(result.missing);
    const count = groups.length === 1 ? '1 permission' : `${groups.length} permissions`;
    lines.push(
      verdictOf(result) === 'depends'
        ? say(
            `Not known whether ${name} can deploy this ${way}: of ${asked}, ${count} ${groups.length === 1 ? 'depends' : 'depend'} on values that the template does not say.`,
            `${name}: ${way} 배포할 수 있는지 알 수 없습니다. ${asked} 가운데 ${groups.length}가지가 템플릿에 없는 값에 달려 있습니다.`,
          )
        : say(
            `${name} cannot deploy this ${way}: ${count} ${groups.length === 1 ? 'is' : 'are'} missing of ${asked}.`,
            `${name}: ${way} 배포할 수 없습니다. ${asked} 가운데 ${groups.length}가지가 빠졌습니다.`,
          ),
      '',
    );
    for (const group of groups) lines.push(...missingLines(group, language));
    lines.push(...fixLines(fixes, language));
  }
  if (spare !== null && spare.length > 0)
    lines.push(
      '',
      say(
        `Of what you hold, this could do without ${spare.join(', ')}.`,
        `가진 것 중 여기에는 없어도 되는 정책: ${spare.join(', ')}`,
      ),
    );
  for (const unknown of result.unknown) lines.push('', describeMistake(unknown, language));
  return lines;
}

/** The same action, missing for the same reason, is said once with all that need it. */
function grouped(missing: readonly Missing[]): Missing[][] {
  const groups = new Map<string, Missing[]>();
  for (const each of missing) {
    const key = `${each.of.name} ${each.demand.action} ${each.decision.verdict} ${each.decision.decidedBy.map(statementName).join()}`;
    groups.set(key, [...(groups.get(key) ?? []), each]);
  }
  return [...groups.values()];
}

function missingLines(group: readonly Missing[], language: Language): string[] {
  const first = group[0]!;
  const say = (en: string, ko: string) => words(en, ko)[language];
  const whose = [...new Set(group.map((each) => each.demand.subject))];
  const shown =
    whose.slice(0, 3).join(', ') +
    (whose.length > 3 ? say(` and ${whose.length - 3} more`, ` 외 ${whose.length - 3}개`) : '');
  const once = first.demand.firstTimeOnly
    ? say(' (only the first time in an account)', ' (계정에서 처음 한 번만)')
    : '';
  return [
    `  ${first.demand.action}  ${shown}${once}`,
    `    ${first.demand.why[language]}`,
    `    ${because(first.decision, language)}`,
    `    ${first.demand.page}`,
  ];
}

/** Why a request is refused, in one line: the statement that denies, or the one that came nearest. */
export function because(decision: Decision, language: Language): string {
  const say = (en: string, ko: string) => words(en, ko)[language];
  if (decision.allowed)
    return say(
      `allowed by ${decision.decidedBy.map(statementName).join(', ')}`,
      `${decision.decidedBy.map(statementName).join(', ')}{이/가} 허용합니다`,
    );
  if (decision.verdict === 'explicit-deny') {
    const by = decision.decidedBy.map(statementName).join(', ');
    return say(
      `forbidden by ${by}; no added policy changes that`,
      `${by}{이/가} 막습니다. 정책을 더 연결해도 허용되지 않습니다`,
    );
  }
  if (decision.verdict === 'depends') {
    const by = [...new Set(decision.decidedBy.map(statementName))].join(', ');
    const on = decision.dependsOn.join(', ');
    return by === ''
      ? say(`depends on the ${on}, which the template does not have`, `템플릿에 없는 ${on}에 달려 있습니다`)
      : say(`depends on ${on} (${by})`, `${on} 값에 달려 있습니다(${by})`);
  }
  const where =
    decision.layer === 'boundary'
      ? say('the permissions boundary', '권한 경계')
      : say('no statement', '어떤 문(Statement)도');
  const head =
    decision.layer === 'boundary'
      ? say(`${where} does not allow it`, `${where}{이/가} 허용하지 않습니다`)
      : say(`${where} allows it`, `${where} 허용하지 않습니다`);
  const near = decision.near[0];
  if (near === undefined) return head;
  const what =
    near.because.failed === 'condition'
      ? `${near.because.condition.operator.written} ${near.because.condition.key}`
      : near.because.failed;
  return `${head}; ${say(`nearest is ${statementName(near.statement)}, which fails on ${what}`, `가장 가까운 것은 ${statementName(near.statement)}이지만 ${what} 조건이 맞지 않습니다`)}`;
}

function fixLines(fixes: Fixes, language: Language): string[] {
  const say = (en: string, ko: string) => words(en, ko)[language];
  const lines: string[] = [];
  if (fixes.smallest.length > 0) {
    lines.push('', say('The smallest policy that mends it:', '빠진 것만 더하는 가장 작은 정책:'));
    for (const document of fixes.smallest)
      lines.push(
        ...JSON.stringify(document, null, 2)
          .split('\n')
          .map((line) => `  ${line}`),
      );
  }
  if (fixes.conditional.length > 0) {
    lines.push(
      '',
      say(
        'Allowed under a condition that the template does not meet. Meet it in the template; a policy without the condition would undo what it protects:',
        '템플릿이 조건을 만족하지 않아 허용되지 않습니다. 템플릿에서 조건을 만족시키세요. 조건 없는 정책은 조건이 지키는 것을 없앱니다:',
      ),
    );
    const seen = new Set<string>();
    for (const each of fixes.conditional) {
      const line = `  ${each.demand.action}  ${conditionsOf(each).join('; ')}`;
      if (!seen.has(line)) lines.push(line);
      seen.add(line);
    }
  }
  if (fixes.managed.length > 0) {
    lines.push(
      '',
      say(
        'AWS managed policies, by what they mend and how much else they allow:',
        'AWS 관리형 정책. 얼마나 채우고 그 밖에 얼마나 더 허용하는지:',
      ),
    );
    const heads = [say('policy', '정책'), say('>mends', '>채움'), say('>allows besides', '>그 밖에 허용')];
    lines.push(
      ...indent(
        table(
          heads,
          fixes.managed.map((fix) => [fix.name, `${fix.mends.length}/${fix.of}`, String(fix.grantsBesides)]),
        ),
      ),
    );
  }
  if (fixes.personas.length > 0)
    lines.push(
      '',
      say('Personas that can do it: ', '할 수 있는 페르소나: ') + fixes.personas.map(({ name }) => name).join(', '),
    );
  if (fixes.forbidden.length > 0)
    lines.push(
      '',
      say(
        `${fixes.forbidden.length} of them are forbidden outright; ask who is allowed, or change the statement that forbids.`,
        `그중 ${fixes.forbidden.length}가지는 명시적으로 금지되어 있습니다. 허용된 사람에게 부탁하거나 금지하는 문을 바꾸세요.`,
      ),
    );
  return lines;
}

export function excessJson(excess: Excess) {
  return {
    subject: excess.subject.name,
    administrator: excess.administrator,
    escalations: excess.escalations.map(escalationJson),
    services: excess.services.map(({ service, level, actions, from }) => ({
      service,
      level,
      count: actions.length,
      actions: actions.map(({ name }) => name),
      from,
    })),
  };
}

function escalationJson({ path, through, target, allowedBy }: Escalation) {
  return {
    id: path.id,
    actions: path.actions,
    says: path.says,
    through,
    target,
    allowedBy: [...new Set(allowedBy.map(statementName))],
  };
}

const levelWords: Readonly<Record<string, Words>> = {
  permissions: { en: 'changes permissions', ko: '권한 변경' },
  write: { en: 'changes things', ko: '변경' },
  tagging: { en: 'changes tags', ko: '태그 변경' },
  read: { en: 'reads', ko: '읽기' },
  list: { en: 'lists', ko: '목록' },
};

export function excessLines(excess: Excess, language: Language): string[] {
  const say = (en: string, ko: string) => words(en, ko)[language];
  const { name, purpose } = excess.subject;
  const lines = [purpose ? `${name}: ${purpose[language]}` : name, ''];
  if (excess.administrator)
    lines.push(
      say('Is an administrator: can give itself anything.', '관리자입니다. 스스로 무엇이든 허용할 수 있습니다.'),
    );
  else if (excess.escalations.length === 0)
    lines.push(say('No published way leads to administrator.', '알려진 어떤 방법으로도 관리자가 될 수 없습니다.'));
  else {
    lines.push(
      say(
        `${excess.escalations.length} ways lead to administrator:`,
        `관리자가 되는 방법이 ${excess.escalations.length}가지 있습니다:`,
      ),
    );
    for (const each of excess.escalations) {
      const through =
        each.through.length > 0
          ? say(`, by way of ${each.through.join(', ')}`, ` (${each.through.join(', ')} 역할을 거쳐)`)
          : '';
      lines.push(
        `  ${each.path.id}  ${each.path.says[language]}${through}`,
        `    ${each.path.actions.join(' + ')} → ${each.target}`,
        `    ${say('allowed by', '허용하는 문')} ${[...new Set(each.allowedBy.map(statementName))].join(', ')}`,
      );
    }
  }
  lines.push(
    '',
    say(
      'Beyond what deploying this template asks for, worst first:',
      '이 템플릿 배포에 필요한 것을 넘는 권한, 위험한 것부터:',
    ),
  );
  const rows = excess.services.slice(0, 20).map(({ service, level, actions, from }) => [
    service,
    levelWords[level]![language],
    String(actions.length),
    actions
      .slice(0, 3)
      .map((action) => action.name.split(':')[1]!)
      .join(', '),
    from.slice(0, 2).join(', '),
  ]);
  lines.push(
    ...indent(
      table(
        [
          say('service', '서비스'),
          say('worst', '가장 위험한 것'),
          say('>actions', '>작업'),
          say('such as', '예'),
          say('from', '출처'),
        ],
        rows,
      ),
    ),
  );
  if (excess.services.length > 20)
    lines.push(
      say(`  and ${excess.services.length - 20} more services`, `  외 서비스 ${excess.services.length - 20}개`),
    );
  return lines;
}

export function matrixJson(matrix: Matrix) {
  return {
    personas: matrix.subjects.map(({ name, purpose }) => ({ name, purpose })),
    rows: matrix.rows.map(({ id, what, answers }) => ({
      id,
      what,
      answers: Object.fromEntries(matrix.subjects.map((subject, index) => [subject.name, answers[index]!])),
    })),
  };
}

const answerWords: Readonly<Record<Answer, Words>> = {
  yes: { en: 'yes', ko: '가능' },
  'second-factor': { en: 'with MFA', ko: 'MFA 후' },
  no: { en: '-', ko: '-' },
};

export function matrixLines(matrix: Matrix, language: Language): string[] {
  return table(
    ['', ...matrix.subjects.map(({ name }) => name)],
    matrix.rows.map(({ what, answers }) => [what[language], ...answers.map((answer) => answerWords[answer][language])]),
  );
}

/** Why the statements that decided are there, where their author says so. */
export function reasonsLines(decision: Decision, language: Language): string[] {
  return decision.decidedBy.flatMap((statement) =>
    statement.reason ? [`  ${statementName(statement)}: ${statement.reason[language]}`] : [],
  );
}

export function statementName(statement: Statement): string {
  return `${statement.policy}/${statement.sid ?? statement.index}`;
}

function indent(lines: readonly string[]): string[] {
  return lines.map((line) => `  ${line}`);
}
