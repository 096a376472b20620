import type { Inventory } from '@terrace/cloud/inventory';
import { failure, type Result, success } from '@terrace/cloud/mistake';
import { coveringFleet, initialFleet } from '@terrace/cloud/views/initial-fleet';
import { type Intent, intentsOf } from '@terrace/cloud/views/intents';
import type { NetworkView } from '@terrace/cloud/views/network';
import { networkView } from '@terrace/cloud/views/network/network-view';
import { words } from '@terrace/cloud/words';
import { junit, sarif } from '@terrace/lenses/controls/check-formats';
import { isFailure, proveControls } from '@terrace/lenses/controls/prove';
import { controlData, controlSummary, failureLines, otherLines } from '@terrace/lenses/controls/report';
import { type Comparison, check, compare } from '@terrace/lenses/reach/check/check';
import { checkData } from '@terrace/lenses/reach/check/check-data';
import { checkLines } from '@terrace/lenses/reach/check/check-text';
import { suggestedIntents } from '@terrace/lenses/reach/check/suggested-intents';
import { indexNetwork } from '@terrace/lenses/reach/engine/network-index';
import { outputMistakes, writeJson, writeOutput } from '../arguments/output-file.ts';
import type { CommandDefinition } from '../command.ts';
import { loadAgainst } from '../project/against.ts';
import { type ProjectOptions, projectOptions } from '../project/project.ts';
import { loadAsked } from '../running/load-asked.ts';
import { exitCode } from '../terminal/terminal.ts';

/** Of what `--json` prints: one more where a key goes or means something else; new keys leave it. */
const dataVersion = 1;

export const command: CommandDefinition = {
  usage: 'check',
  summary: words(
    'prove every intent of the template over all addresses and ports, and controls that hold for any architecture',
    '템플릿에 적은 통신 규칙(허용·금지)과 어떤 구성에나 적용되는 일반 점검 항목을 모든 주소와 포트에서 증명',
  ),
  options: [
    ...projectOptions,
    {
      flags: '--unintended',
      description: words('also what is open and was not intended', '통신 규칙에 없는데 열려 있는 것도 보기'),
    },
    {
      flags: '--why',
      description: words(
        'also why each rule is there, and what each flow hangs on',
        '각 규칙이 있는 이유와 각 흐름이 의존하는 것도 보기',
      ),
    },
    {
      flags: '--against <file>',
      description: words(
        'also what has been opened and closed since this template',
        '이 템플릿과 비교해 열리고 닫힌 것도 보기',
      ),
      repeatable: true,
    },
    {
      flags: '--suggest',
      description: words(
        'print the intents that the architecture evidently means, as metadata',
        '구성에서 분명히 드러나는 통신 규칙을 메타데이터 형태로 제안',
      ),
    },
    { flags: '--junit <file>', description: words('write the verdicts as JUnit XML', '판정을 JUnit XML로 저장') },
    {
      flags: '--sarif <file>',
      description: words('write what does not hold as SARIF', '지켜지지 않는 것을 SARIF로 저장'),
    },
  ],
  examples: [
    'terrace check',
    'terrace check --unintended --why',
    'terrace check --suggest',
    'terrace check --template new.yaml --against old.yaml',
    'terrace check --junit check.xml',
  ],
  async run({ options, terminal }) {
    const unwritable = await outputMistakes(options.junit, options.sarif);
    const loaded = unwritable.length > 0 ? failure(unwritable) : await loadAsked(options as ProjectOptions);
    const project = loaded.ok ? read(loaded.value) : loaded;
    if (!project.ok) {
      terminal.mistakes(project.mistakes);
      return exitCode.mistake;
    }
    const { inventory, intents, network, deployed } = project.value;
    const against = options.against as readonly string[] | undefined;
    const before = against && loaded.ok ? await loadAgainst(against, loaded.value) : undefined;
    if (before && !before.ok) {
      terminal.mistakes(before.mistakes);
      return exitCode.mistake;
    }
    if (options.suggest === true) {
      const suggested = suggestedIntents(inventory, network);
      terminal.result(suggested, () => JSON.stringify(suggested, null, 2).split('\n'));
      return exitCode.answered;
    }
    const report = check({
      inventory,
      intents,
      network,
      deployed,
      unintended: options.unintended === true,
      why: options.why === true,
    });
    if (!report.ok) {
      terminal.mistakes(report.mistakes);
      return exitCode.mistake;
    }
    const judged = proveControls(inventory, intents);
    const comparison: Comparison | null = before ? compare(covering(before.value), network) : null;
    if (typeof options.junit === 'string') await writeOutput(options.junit, junit(report.value, judged));
    if (typeof options.sarif === 'string') await writeJson(options.sarif, sarif(report.value, judged));
    const { internet } = indexNetwork(network);
    const ok = report.value.ok && !judged.some(isFailure);
    const { language } = terminal;
    const data = { version: dataVersion, ...checkData(report.value, comparison), ok, controls: controlData(judged) };
    terminal.result(data, () => [
      ...failureLines(judged, language),
      ...checkLines(report.value, comparison, internet, language),
      ...(intents.length === 0 ? [noIntents[language]] : []),
      controlSummary(judged, language),
      ...otherLines(judged, language),
    ]);
    return ok ? exitCode.answered : exitCode.no;
  },
};

interface Project {
  readonly inventory: Inventory;
  readonly intents: readonly Intent[];
  readonly network: NetworkView;
  readonly deployed: NetworkView;
}

function read(inventory: Inventory): Result<Project> {
  const intents = intentsOf(inventory);
  if (!intents.ok) return intents;
  const deployed = networkView(inventory, initialFleet(inventory));
  return success({ inventory, intents: intents.value, network: covering(inventory), deployed });
}

function covering(inventory: Inventory): NetworkView {
  return networkView(inventory, coveringFleet(inventory));
}

const noIntents = words(
  'The template states no intents: terrace check --suggest writes those that it evidently means.',
  '템플릿에 통신 규칙이 없습니다. terrace check --suggest로 제안을 볼 수 있습니다.',
);
