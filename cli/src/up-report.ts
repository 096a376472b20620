import { describeMistake } from '@terrace/cloud/mistake';
import { type Language, type Words, words } from '@terrace/cloud/words';
import type { RegionSummary } from '@terrace/region/supervisor/summary';

/** What a person reads when a region has come up. */
export function upReport(summary: RegionSummary, detached: boolean, language: Language): string[] {
  return [
    ...summary.failures.map((failure) => describeMistake(failure, language)),
    fidelityLine(summary)[language],
    ...summary.instances.map(
      ({ name, zone, address, state }) => `  ${name.padEnd(10)} ${zone} ${address.padEnd(15)} ${state}`,
    ),
    ...summary.doors.map(({ name, url }) => `  ${name}: ${url}`),
    timingLine(summary)[language],
    (detached ? stillRuns : endsHere)[language],
  ];
}

const stillRuns = words(
  'The region runs on; terrace down ends it.',
  '리전이 계속 실행됩니다. 끝내려면 terrace down을 실행하세요.',
);
const endsHere = words('Ctrl-C ends the region.', 'Ctrl-C를 누르면 리전이 끝납니다.');

function fidelityLine({ resources }: RegionSummary): Words {
  const count = (kind: keyof RegionSummary['resources']) =>
    Object.values(resources[kind]).reduce((sum, each) => sum + each, 0);
  const ignored = Object.keys(resources.ignored).join(', ');
  return words(
    `${count('real')} resources act, ${count('modelled')} are answered for by lenses only, ${count('ignored')} are not carried out${ignored ? `: ${ignored}` : ''}`,
    `실제로 동작하는 리소스 ${count('real')}개, 분석에만 쓰이는 리소스 ${count('modelled')}개, 실행하지 않는 리소스 ${count('ignored')}개${ignored ? `: ${ignored}` : ''}`,
  );
}

function timingLine({ timings }: RegionSummary): Words {
  const seconds = Object.entries(timings).map(
    ([name, milliseconds]) => `${name} ${(milliseconds / 1000).toFixed(1)} s`,
  );
  return words(`took: ${seconds.join(', ')}`, `걸린 시간: ${seconds.join(', ')}`);
}
