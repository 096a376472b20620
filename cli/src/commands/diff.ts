import type { Inventory } from '@terrace/cloud/inventory';
import { describeMistake } from '@terrace/cloud/mistake';
import { type ChangedResource, inventoryChange } from '@terrace/cloud/specification/inventory-change';
import { refusedUpdates } from '@terrace/cloud/specification/refused-updates';
import { shownProperty } from '@terrace/cloud/specification/secret-properties';
import { type LostData, lostDataText } from '@terrace/cloud/validate/data-loss';
import { updateEffects } from '@terrace/cloud/validate/update-effects';
import { type Language, type Words, words } from '@terrace/cloud/words';
import { call } from '@terrace/region/control/client';
import type { DriftSummary } from '@terrace/region/drift/drift-record';
import { driftSummaryText } from '@terrace/region/drift/drift-text';
import type { Mechanism } from '@terrace/region/fabric/inspect';
import type { RegionStatus } from '@terrace/region/supervisor/summary';
import type { CommandDefinition } from '../command.ts';
import { loadProject, type ProjectOptions, projectOptions } from '../project/project.ts';
import { lostBy } from '../running/data-at-risk.ts';
import { notRunning, runningRegion, showAnswer } from '../running/region-client.ts';
import { changedLines } from '../terminal/changed-value.ts';
import { discreet } from '../terminal/discretion.ts';
import { exitCode } from '../terminal/terminal.ts';

export const command: CommandDefinition = {
  usage: 'diff',
  summary: words('what terrace up would change in the running region', 'terrace up이 실행 중인 로컬 리전에서 바꿀 것'),
  options: projectOptions,
  examples: ['terrace diff', 'terrace diff --template network.yaml --json'],
  async run({ options, terminal }) {
    const socket = await runningRegion();
    if (!socket) {
      terminal.mistakes([notRunning()]);
      return exitCode.mistake;
    }
    const answers = await Promise.all([call(socket, '/inventory', {}), call(socket, '/status', {})]);
    for (const answer of answers) {
      if (answer.kind !== 'result') return showAnswer(terminal, answer, () => ({ lines: () => [] }));
    }
    const [before, status] = answers.map((each) => each.kind === 'result' && each.value) as [Inventory, RegionStatus];
    const loaded = await loadProject(options as ProjectOptions, process.cwd(), before);
    if (!loaded.ok) {
      terminal.mistakes(loaded.mistakes);
      return exitCode.mistake;
    }
    const unfinished = status.failures;
    const kernel = {
      mechanisms: status.mechanisms.filter(({ inForce }) => !inForce),
      drift: status.drift.filter(({ repairedAt }) => repairedAt === null),
    };
    const differs = kernel.mechanisms.length > 0 || kernel.drift.length > 0;
    const found = inventoryChange(before, loaded.value);
    const refused = refusedUpdates(before, loaded.value, found);
    const effects = updateEffects(before, loaded.value);
    const lost = lostBy(before, loaded.value, found);
    const changes = discreet(found.map(withoutSecrets));
    terminal.result({ changes, lost, effects, refused, unfinished, kernel }, () => [
      ...(changes.length === 0 && differs ? [] : report(changes, terminal.language)),
      ...lostReport(lost, terminal.language),
      ...kernelReport(kernel, terminal.language),
      ...[...effects, ...refused].map((each) => describeMistake(each, terminal.language)),
      ...(unfinished.length > 0 ? ['', notWhole[terminal.language]] : []),
      ...unfinished.map((each) => describeMistake(each, terminal.language)),
    ]);
    return changes.length > 0 || unfinished.length > 0 || differs ? exitCode.no : exitCode.answered;
  },
};

function lostReport(lost: readonly LostData[], language: Language): string[] {
  if (lost.length === 0) return [];
  return ['', wouldBeLost[language], ...lost.map((each) => `  ${lostDataText(each)[language]}`)];
}

const wouldBeLost = words('Data would be lost:', '잃게 되는 데이터:');

function withoutSecrets(change: ChangedResource): ChangedResource {
  const properties = change.properties.map((each) => ({
    ...each,
    before: shownProperty(each.path, each.before),
    after: shownProperty(each.path, each.after),
  }));
  return { ...change, properties };
}

/** What the region is to hold and the kernel has not: `terrace up` puts it back, and the region does so by itself. */
function kernelReport(
  { mechanisms, drift }: { readonly mechanisms: readonly Mechanism[]; readonly drift: readonly DriftSummary[] },
  language: Language,
): string[] {
  return [
    ...mechanisms.map(({ name, found }) => `~ ${putBack(name, found)[language]}`),
    ...drift.map((each) => `~ ${driftSummaryText(each)[language]}`),
  ];
}

function putBack(name: Words, found: Words): Words {
  return words(`${name.en}: put back, ${found.en}`, `${name.ko}: 복구, ${found.ko}`);
}

/** What `--no-rollback` keeps is the template's, and yet not what it was to be. */
const notWhole = words(
  'The region is not whole: the last change did not get through to its end.',
  '마지막 변경이 끝까지 이루어지지 않아 로컬 리전이 온전하지 않습니다.',
);

const effects: Readonly<Record<ChangedResource['change'], { readonly mark: string; readonly text: Words }>> = {
  add: { mark: '+', text: words('added', '추가') },
  remove: { mark: '-', text: words('removed', '삭제') },
  'in-place': { mark: '~', text: words('changed in place', '중단 없이 업데이트') },
  interruption: { mark: '!', text: words('changed with an interruption', '일부 중단') },
  replacement: { mark: '±', text: words('replaced', '교체') },
};

function report(changes: readonly ChangedResource[], language: Language): string[] {
  if (changes.length === 0) return [words('Nothing would change.', '바뀌는 것이 없습니다.')[language]];
  return changes.flatMap(({ key, type, change, properties }) => [
    `${effects[change].mark} ${key} (${type}): ${effects[change].text[language]}`,
    ...properties.flatMap(({ path, before, after }) =>
      changedLines(path, before, after, language).map((line) => `    ${line}`),
    ),
  ]);
}
