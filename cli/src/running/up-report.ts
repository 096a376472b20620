import { describeMistake } from '@terrace/cloud/mistake';
import { type Language, type Words, words } from '@terrace/cloud/words';
import type { RegionSummary } from '@terrace/region/supervisor/summary';
import { stateWords, timingWords } from '../terminal/state-words.ts';
import { table } from '../terminal/table.ts';

/** What a person reads when a region has come up. */
export function upReport(summary: RegionSummary, detached: boolean, language: Language): string[] {
  return [
    ...summary.failures.map((failure) => describeMistake(failure, language)),
    fidelityLine(summary)[language],
    ...(Object.keys(summary.resources.real).length === 0 ? [nothingActs[language]] : []),
    ...unableLines(summary, language),
    ...table(
      ['', '', '', ''],
      summary.instances.map(({ name, zone, address, address6, state }) => [
        `  ${name}`,
        zone,
        [address, address6 ?? []].flat().join('  '),
        stateWords(state)[language],
      ]),
    ),
    ...summary.doors.map(({ name, url }) => `  ${name}: ${url}`),
    ...outputLines(summary, language),
    timingLine(summary)[language],
    (detached ? stillRuns : endsHere)[language],
    ...(summary.app !== null && summary.failures.length === 0 && summary.timings.firstAnswer !== undefined
      ? [answersAt(summary.app)[language]]
      : []),
  ];
}

function answersAt(app: string): Words {
  return words(
    `${app} answers. Next: terrace check, terrace status, terrace cost`,
    `${app}에서 응답합니다. 다음에 해 볼 명령: terrace check, terrace status, terrace cost`,
  );
}

const nothingActs = words(
  'Nothing in this template acts here, so nothing was rehearsed. terrace validate says what becomes of each resource.',
  '이 템플릿에는 여기서 실제로 동작하는 리소스가 없어 시험한 것이 없습니다. 리소스마다 어떻게 되는지는 terrace validate에서 볼 수 있습니다.',
);

const stillRuns = words(
  'The region runs on; terrace down ends it.',
  '로컬 리전이 계속 실행됩니다. 끝내려면 terrace down을 실행하세요.',
);
const endsHere = words('Ctrl-C ends the region.', 'Ctrl-C를 누르면 로컬 리전이 끝납니다.');

function fidelityLine({ resources }: RegionSummary): Words {
  const count = (kind: keyof RegionSummary['resources']) =>
    Object.values(resources[kind]).reduce((sum, each) => sum + each, 0);
  const ignored = Object.keys(resources.ignored).join(', ');
  return words(
    `${count('real')} resources act, ${count('unable')} cannot act, ${count('modelled')} are answered for by lenses only, ${count('ignored')} are not carried out${ignored ? `: ${ignored}` : ''}`,
    `실제로 동작하는 리소스 ${count('real')}개, 실행할 수 없는 리소스 ${count('unable')}개, 분석에만 사용하는 리소스 ${count('modelled')}개, 실행하지 않는 리소스 ${count('ignored')}개${ignored ? `: ${ignored}` : ''}`,
  );
}

/** `Outputs` of the stacks, without those that CDK makes for its own other stacks; with several stacks each name has its stack before it. */
export function outputLines({ outputs: all }: Pick<RegionSummary, 'outputs'>, language: Language): string[] {
  const outputs = all.filter(({ name }) => !name.startsWith('ExportsOutput'));
  if (outputs.length === 0) return [];
  const several = new Set(outputs.map(({ stack }) => stack)).size > 1;
  return [
    words('Outputs:', '출력:')[language],
    ...outputs.map(({ stack, name, value }) => {
      const text = typeof value === 'string' ? value : JSON.stringify(value);
      return `  ${several ? `${stack}.` : ''}${name} = ${text}`;
    }),
  ];
}

/** Resources that would act and cannot, with the reason. */
export function unableLines({ unable }: Pick<RegionSummary, 'unable'>, language: Language): string[] {
  return unable.map(({ resources, reason }) => {
    const names = resources.map((key) => key.split('/').at(-1)).join(', ');
    return words(`  ${names} cannot act: ${reason.en}`, `  ${names} 실행할 수 없음: ${reason.ko}`)[language];
  });
}

/** Reading the project, and then how long after it each part was done. */
function timingLine({ timings: { project, answered, total, ...laps } }: RegionSummary): Words {
  const seconds = (milliseconds: number | undefined) => ((milliseconds ?? 0) / 1000).toFixed(1);
  const each = Object.entries(laps).map(([name, at]) => {
    const { en, ko } = timingWords(name);
    return words(`${en} ${seconds(at)} s`, `${ko} ${seconds(at)}초`);
  });
  const first =
    answered === undefined
      ? words('', '')
      : words(`, the first answer after ${seconds(answered)} s`, `, 첫 응답까지 ${seconds(answered)}초`);
  return words(
    `took ${seconds(total)} s${first.en}; reading the project ${seconds(project)} s, and from then on: ${each.map(({ en }) => en).join(', ')}`,
    `걸린 시간 ${seconds(total)}초${first.ko}. 프로젝트 읽기 ${seconds(project)}초, 그 뒤로: ${each.map(({ ko }) => ko).join(', ')}`,
  );
}
