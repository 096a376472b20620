import { constructPath } from '@terrace/cloud/construct';
import type { Inventory, Resource } from '@terrace/cloud/inventory';
import { type Mistake, mistake } from '@terrace/cloud/mistake';
import { closest, nearest } from '@terrace/cloud/nearest';
import { nameOf } from '@terrace/cloud/property';
import { intentsOf } from '@terrace/cloud/views/intents';
import { resourcesNamed } from '@terrace/cloud/views/reference';
import { type Language, words } from '@terrace/cloud/words';
import { explainedCodes, explanations } from '@terrace/lenses/controls/rules-page';
import { standingOf } from '@terrace/lenses/explain/breaks';
import { type CausedBy, explain, knownActions, whoNeeds } from '@terrace/lenses/explain/explanation';
import { explanationLines } from '@terrace/lenses/explain/explanation-text';
import type { CommandDefinition } from '../command.ts';
import { type Money, moneyOptions, openMoney } from '../money/open-money.ts';
import { shower } from '../money/show.ts';
import type { ProjectOptions } from '../project/project.ts';
import { loadAsked } from '../running/load-asked.ts';
import { exitCode, type Terminal } from '../terminal/terminal.ts';

export const command: CommandDefinition = {
  usage: 'explain [thing]',
  summary: words(
    'a thing of the template: its reason, its price, and what breaks without it; or a code of validate or check',
    '템플릿에 있는 것의 이유와 비용, 없으면 무엇이 깨지는지. validate나 check가 알린 코드의 뜻도',
  ),
  arguments: {
    thing: words(
      'for example DatabaseInstance, or a code such as NAME_LENGTH',
      '예: DatabaseInstance, 또는 NAME_LENGTH 같은 코드',
    ),
  },
  options: [
    ...moneyOptions,
    {
      flags: '--permission <action>',
      description: words('which resources need this action to be deployed', '이 작업이 있어야 배포되는 리소스'),
    },
    { flags: '--all', description: words('every resource of the templates', '템플릿의 모든 리소스') },
  ],
  examples: [
    'terrace explain DatabaseInstance',
    'terrace explain --permission rds:CreateDBInstance',
    'terrace explain --all --json',
    'terrace explain TIMEOUT_NOT_BELOW_INTERVAL',
  ],
  async run({ arguments: [given], options, terminal }) {
    const asked = [given, options.permission, options.all === true ? '--all' : undefined].filter(
      (each) => each !== undefined,
    );
    if (asked.length !== 1) {
      terminal.mistakes([oneThing()]);
      return exitCode.mistake;
    }
    if (given !== undefined && explanations(given.toUpperCase()).length > 0)
      return explainCode(given.toUpperCase(), terminal);
    if (typeof options.permission === 'string') return explainPermission(options.permission, options, terminal);
    return explainThings(given, options, terminal);
  },
};

function explainCode(code: string, terminal: Terminal): number {
  const found = explanations(code);
  terminal.result({ code, rules: found }, () =>
    found.flatMap(({ what, page, types }) => [
      ...(types.length > 0 ? [types.join(', ')] : []),
      `  ${what[terminal.language]}`,
      `  ${page}`,
    ]),
  );
  return exitCode.answered;
}

async function explainPermission(action: string, options: Readonly<Record<string, unknown>>, terminal: Terminal) {
  const known = knownActions();
  if (!known.some((each) => each.toLowerCase() === action.toLowerCase())) {
    terminal.mistakes([unknownAction(action, known)]);
    return exitCode.mistake;
  }
  const project = await loadAsked(options as ProjectOptions);
  if (!project.ok) {
    terminal.mistakes(project.mistakes);
    return exitCode.mistake;
  }
  const needed = whoNeeds(project.value, action);
  terminal.result({ action, neededBy: needed }, () => permissionLines(action, needed, terminal.language));
  return exitCode.answered;
}

function permissionLines(action: string, needed: readonly CausedBy[], language: Language): string[] {
  const phases = {
    create: words('to create', '생성'),
    update: words('to change', '변경'),
    delete: words('to delete', '삭제'),
  } as const;
  if (needed.length === 0) {
    const nobody = words(
      `No resource of the templates needs ${action}.`,
      `${action} 작업이 필요한 리소스가 템플릿에 없습니다.`,
    );
    return [nobody[language]];
  }
  const pages = new Set(needed.map(({ page }) => page));
  return [
    ...needed.map(({ key, phase }) => `${action}  ${phases[phase][language]}  ${key}`),
    ...[...pages].map((page) => `  ${page}`),
  ];
}

async function explainThings(
  given: string | undefined,
  options: Readonly<Record<string, unknown>>,
  terminal: Terminal,
) {
  const money = await openMoney(options);
  const intents = money.ok ? intentsOf(money.value.estate.inventory) : money;
  if (!money.ok || !intents.ok) {
    terminal.mistakes([...(money.ok ? [] : money.mistakes), ...(intents.ok || !money.ok ? [] : intents.mistakes)]);
    return exitCode.mistake;
  }
  const { inventory } = money.value.estate;
  const resources = given === undefined ? inventory.resources : named(given, inventory);
  if (resources.length !== 1 && given !== undefined) {
    terminal.mistakes([resources.length === 0 ? unknownThing(given, inventory) : ambiguous(given, resources)]);
    return exitCode.mistake;
  }
  const standing = standingOf(inventory, intents.value);
  const found = resources.map((each) => explain(standing, each, money.value));
  const show = aMonth(money.value, options.currency === undefined, terminal.language);
  terminal.result(given === undefined ? found : found[0], () =>
    found.flatMap((each, at) => [...(at === 0 ? [] : ['']), ...explanationLines(each, terminal.language, show)]),
  );
  return exitCode.answered;
}

/** A member of a group is explained by its group. */
function named(given: string, inventory: Inventory): Resource[] {
  const found = resourcesNamed(given, inventory);
  const isTemplates = ({ key }: Resource) => inventory.resources.some((each) => each.key === key);
  return (found.length > 0 ? found : resourcesNamed(given.replace(/\/\d+$/, ''), inventory)).filter(isTemplates);
}

function aMonth(money: Money, both: boolean, language: Language): (usd: number | null) => string {
  const show = shower(money, both);
  const unknown = words('not known: a part of it has no price here', '알 수 없음: 가격을 모르는 부분이 있습니다');
  return (usd) => {
    if (usd === null) return unknown[language];
    if (Math.abs(usd) < 0.005) return words('nothing', '없음')[language];
    return words(
      `${show(usd)} a month, with what cannot be created without it`,
      `한 달 ${show(usd)} (없으면 만들 수 없는 리소스 포함)`,
    )[language];
  };
}

function oneThing(): Mistake {
  return mistake(
    'MISSING_ARGUMENT',
    {},
    {
      cause: words(
        'explain takes one of: a thing, a code, --permission, --all.',
        'explain에는 이름, 코드, --permission, --all 중 하나만 씁니다.',
      ),
      next: words('for example terrace explain DatabaseInstance', '예: terrace explain DatabaseInstance'),
    },
  );
}

function unknownThing(given: string, inventory: Inventory): Mistake {
  const names = inventory.resources.flatMap((each) => [constructPath(each) ?? nameOf(each), each.logicalId]);
  const known = [...new Set([...names, ...explainedCodes()])];
  const near = closest(given, known, 4).join(', ');
  return mistake(
    'UNKNOWN_THING',
    {},
    {
      cause: words(
        `No resource, rule or control is called ${given}.`,
        `${given}{이라/라}는 리소스나 규칙, 점검 항목이 없습니다.`,
      ),
      next: words(`Nearest names: ${near}.`, `가까운 이름: ${near}`),
    },
  );
}

function ambiguous(given: string, resources: readonly Resource[]): Mistake {
  const names = resources.slice(0, 6).map((each) => constructPath(each) ?? each.key);
  return mistake(
    'AMBIGUOUS_REFERENCE',
    {},
    {
      cause: words(
        `${given} means more than one thing: ${names.join(', ')}.`,
        `${given}에 해당하는 것이 여럿입니다: ${names.join(', ')}`,
      ),
      next: words(`Name one of them, for example ${names[0]}.`, `하나를 지정하세요. 예: ${names[0]}`),
    },
  );
}

function unknownAction(action: string, known: readonly string[]): Mistake {
  const near = nearest(action, known);
  return mistake(
    'UNKNOWN_ACTION',
    { path: '--permission' },
    {
      cause: words(
        `No resource type here needs an action ${action}.`,
        `${action} 작업이 필요한 리소스 유형이 여기에 없습니다.`,
      ),
      next: near
        ? words(`Did you mean ${near}?`, `${near}{을/를} 뜻하셨나요?`)
        : words('Write it as rds:CreateDBInstance.', 'rds:CreateDBInstance처럼 쓰세요.'),
    },
  );
}
