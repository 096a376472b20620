import { isDefaultVpc } from '@terrace/cloud/families/vpc/default-vpc';
import type { Inventory } from '@terrace/cloud/inventory';
import { describeMistake, type Mistake } from '@terrace/cloud/mistake';
import { nameOf } from '@terrace/cloud/property';
import { type FidelityOfResources, fidelityReport, ignoredMistakes } from '@terrace/cloud/validate/fidelity';
import { toSarif } from '@terrace/cloud/validate/sarif';
import { type Language, words } from '@terrace/cloud/words';
import type { CommandDefinition } from '../command.ts';
import { loadProject, type ProjectOptions, projectOptions } from '../project/project.ts';
import { exitCode } from '../terminal/terminal.ts';

export const command: CommandDefinition = {
  usage: 'validate',
  summary: words(
    'check templates against AWS’s own specification, and say what is real here, without running anything',
    '템플릿을 AWS 사양과 대조하고 여기서 무엇이 실제로 동작하는지 확인 (아무것도 실행하지 않음)',
  ),
  options: [
    ...projectOptions,
    { flags: '--sarif', description: words('print the findings as SARIF 2.1.0', '결과를 SARIF 2.1.0으로 출력') },
    {
      flags: '--strict',
      description: words('count what would be ignored as mistakes', '무시될 항목도 오류로 처리'),
    },
  ],
  examples: [
    'terrace validate',
    'terrace validate --template network.yaml --template service.yaml',
    'terrace validate --template template.yaml --sarif > terrace.sarif',
  ],
  async run({ options, terminal }) {
    const loaded = await loadProject(options as ProjectOptions);
    const warnings = loaded.ok ? loaded.warnings : [];
    const report = loaded.ok ? fidelityReport(loaded.value) : [];
    const inventory = loaded.ok ? loaded.value : undefined;
    const mistakes = loaded.ok ? (options.strict === true ? ignoredMistakes(loaded.value) : []) : loaded.mistakes;
    const { language } = terminal;
    if (options.sarif === true) {
      terminal.document(toSarif(mistakes, warnings, language));
    } else {
      terminal.result({ valid: mistakes.length === 0, mistakes, warnings, resources: summary(report) }, () =>
        lines(mistakes, warnings, report, inventory, language),
      );
    }
    return mistakes.length === 0 ? exitCode.answered : exitCode.mistake;
  },
};

function summary(report: readonly FidelityOfResources[]) {
  const count = (fidelity: string) =>
    report.filter((each) => each.fidelity === fidelity).reduce((sum, each) => sum + each.resources.length, 0);
  return {
    real: count('real'),
    unable: count('unable'),
    modelled: count('modelled'),
    ignored: count('ignored'),
    types: report,
  };
}

function lines(
  mistakes: readonly Mistake[],
  warnings: readonly Mistake[],
  report: readonly FidelityOfResources[],
  inventory: Inventory | undefined,
  language: Language,
): string[] {
  const korean = language === 'ko';
  const say = (each: Mistake) => `${describeMistake(each, language)}\n`;
  const counted = korean
    ? `오류 ${mistakes.length}개, 경고 ${warnings.length}개`
    : `${mistakes.length} ${mistakes.length === 1 ? 'mistake' : 'mistakes'}, ${warnings.length} ${warnings.length === 1 ? 'warning' : 'warnings'}`;
  return [
    ...mistakes.map(say),
    ...(warnings.length > 0 ? [korean ? '경고:' : 'Warnings:', ...warnings.map(say)] : []),
    ...outsideLines(inventory, language),
    ...(['real', 'unable', 'modelled', 'ignored'] as const).flatMap((fidelity) => section(report, fidelity, language)),
    counted,
  ];
}

/** VPCs that no template makes and something of the templates stands in: an account's default one, and those that were imported. */
function outsideLines(inventory: Inventory | undefined, language: Language): string[] {
  return (inventory?.outside ?? [])
    .filter(({ type }) => type === 'AWS::EC2::VPC')
    .flatMap((vpc) => {
      const { properties, stack } = vpc;
      const [account, region] = stack.split('.');
      const said = isDefaultVpc(inventory!, vpc)
        ? words(
            `In the default VPC of ${account} in ${region} (${properties.CidrBlock}) stands each resource that names no VPC or subnet. Its subnets are public.`,
            `VPC나 서브넷을 지정하지 않은 리소스는 ${region}에 있는 계정 ${account}의 기본 VPC(${properties.CidrBlock})에 놓입니다. 기본 서브넷은 퍼블릭입니다.`,
          )
        : words(
            `${nameOf(vpc)} (${properties.CidrBlock}) stands in ${region} already: it takes part here, costs nothing here and is not the template's to change.`,
            `${nameOf(vpc)}(${properties.CidrBlock}){은/는} ${region}에 이미 있는 VPC입니다. 여기서 함께 동작하지만, 비용에 넣지 않고 템플릿이 바꾸지 않습니다.`,
          );
      return [said[language], ''];
    });
}

const headings = {
  real: words('Real here:', '여기서 실제로 동작:'),
  unable: words('Cannot act here:', '여기서 실행할 수 없음:'),
  modelled: words('Modelled (the lenses answer for it):', '분석에만 사용(실행하지 않음):'),
  ignored: words('Ignored:', '무시됨:'),
};

function section(
  report: readonly FidelityOfResources[],
  fidelity: keyof typeof headings,
  language: Language,
): string[] {
  const entries = report.filter((each) => each.fidelity === fidelity);
  if (entries.length === 0) return [];
  return [
    headings[fidelity][language],
    ...entries.map(({ type, resources, how, ignoredProperties }) => {
      const without = language === 'ko' ? '효과 없는 속성' : 'without effect';
      const rest = ignoredProperties.length > 0 ? ` (${without}: ${ignoredProperties.join(', ')})` : '';
      return `  ${String(resources.length).padStart(3)} × ${type}: ${how[language]}${rest}`;
    }),
    '',
  ];
}
