import type { Inventory } from '@terrace/cloud/inventory';
import { type Mistake, type Result, success } from '@terrace/cloud/mistake';
import { initialFleet } from '@terrace/cloud/views/initial-fleet';
import { intentsOf } from '@terrace/cloud/views/intents';
import type { NetworkView } from '@terrace/cloud/views/network';
import { networkView } from '@terrace/cloud/views/network/network-view';
import { resolveReference } from '@terrace/cloud/views/reference';
import { words } from '@terrace/cloud/words';
import { type DiagramFormat, diagramFormats, formatOf, render } from '@terrace/lenses/diagram/diagram';
import { type Drawing, drawNetwork } from '@terrace/lenses/diagram/drawing';
import { intentLinks, reachLinks, withLinks } from '@terrace/lenses/diagram/flows';
import { drawAnswer, drawDifference } from '@terrace/lenses/diagram/marks';
import { ask, openReach } from '@terrace/lenses/reach/ask/ask';
import { resolveIntents } from '@terrace/lenses/reach/check/intent-check';
import { readTraffic } from '@terrace/lenses/reach/traffic/read-traffic';
import { describeTraffic } from '@terrace/lenses/reach/traffic/traffic-set';
import { excludes, mistakesOf, needs, oneOf } from '../arguments/option-values.ts';
import { outputMistakes, writeOutput } from '../arguments/output-file.ts';
import type { CommandDefinition } from '../command.ts';
import { loadAgainst } from '../project/against.ts';
import { projectOptions } from '../project/project.ts';
import { loadNetwork } from '../running/network.ts';
import { exitCode } from '../terminal/terminal.ts';

export const command: CommandDefinition = {
  usage: 'diagram',
  summary: words(
    'draw the architecture, what it allows, or a question’s way through it',
    '아키텍처와 허용된 흐름, 질문의 경로를 그림으로 그리기',
  ),
  options: [
    ...projectOptions,
    {
      flags: '--output <file>',
      description: words(
        'where to write it; .svg, .drawio or .mmd say the format',
        '저장할 파일. 확장자 .svg, .drawio, .mmd가 형식을 정함',
      ),
    },
    {
      flags: '--format <format>',
      description: words('svg (default), drawio or mermaid', 'svg (기본값), drawio, mermaid'),
    },
    {
      flags: '--reach',
      description: words(
        'with everything that is open, not only what is intended',
        '통신 규칙에 있는 것뿐 아니라 열려 있는 모든 것을 표시',
      ),
    },
    { flags: '--from <name>', description: words('with --to: the way from here', '--to와 함께: 여기서 출발하는 경로') },
    {
      flags: '--to <name>',
      description: words(
        'with --from: to here, or what stands in the way',
        '--from과 함께: 여기까지의 경로 또는 막는 것',
      ),
    },
    { flags: '--port <port>', description: words('destination port of the question', '질문의 목적지 포트') },
    { flags: '--protocol <protocol>', description: words('protocol of the question', '질문의 프로토콜') },
    {
      flags: '--against <file>',
      description: words('draw what has changed since this template', '이 템플릿과 달라진 것을 그리기'),
      repeatable: true,
    },
    { flags: '--title <text>', description: words('title of the picture', '그림의 제목') },
  ],
  examples: [
    'terrace diagram --output architecture.svg',
    'terrace diagram --reach --output open.svg',
    'terrace diagram --from web --to DatabaseInstance --port 5432 --output why.svg',
    'terrace diagram --template new.yaml --against old.yaml --output change.svg',
  ],
  async run({ options, terminal }) {
    const format = chosenFormat(options);
    const half = passedOver(options);
    const mistakes = [...mistakesOf([format]), ...half, ...(await outputMistakes(options.output))];
    const loaded = await loadNetwork(options);
    if (!loaded.ok || !format.ok || mistakes.length > 0) {
      terminal.mistakes([...mistakes, ...mistakesOf([loaded])]);
      return exitCode.mistake;
    }
    const drawn = await draw(loaded.value.inventory, loaded.value.network, options);
    if (!drawn.ok) {
      terminal.mistakes(drawn.mistakes);
      return exitCode.mistake;
    }
    const text = await render(drawn.value, format.value);
    if (typeof options.output === 'string') {
      await writeOutput(options.output, text);
      terminal.result({ file: options.output, format: format.value }, () => String(options.output));
    } else {
      terminal.result({ format: format.value, text }, () => text);
    }
    return exitCode.answered;
  },
};

/** Options that would say nothing in this line. */
function passedOver({ from, to, port, protocol, against, reach }: Readonly<Record<string, unknown>>): Mistake[] {
  const asks = from !== undefined && to !== undefined;
  return [
    ...(from !== undefined && to === undefined ? [needs('--from', '--to')] : []),
    ...(to !== undefined && from === undefined ? [needs('--to', '--from')] : []),
    ...(port !== undefined && !asks ? [needs('--port', '--from')] : []),
    ...(protocol !== undefined && !asks ? [needs('--protocol', '--from')] : []),
    ...(against !== undefined && asks ? [excludes('--against', '--from')] : []),
    ...(against !== undefined && reach ? [excludes('--against', '--reach')] : []),
  ];
}

function chosenFormat(options: Readonly<Record<string, unknown>>): Result<DiagramFormat> {
  if (options.format !== undefined) return oneOf('--format', options.format, diagramFormats, 'UNKNOWN_FORMAT');
  const output = String(options.output ?? '.svg');
  return oneOf('--output', formatOf(output) ?? output, diagramFormats, 'UNKNOWN_FORMAT');
}

async function draw(
  inventory: Inventory,
  network: NetworkView,
  options: Readonly<Record<string, unknown>>,
): Promise<Result<Drawing>> {
  const title =
    typeof options.title === 'string' ? options.title : inventory.stacks.map((stack) => stack.name).join(', ');
  const base = drawFlows(inventory, network, title, options.reach === true);
  if (!base.ok) return base;
  if (typeof options.from === 'string' && typeof options.to === 'string') {
    return drawQuestion(base.value, inventory, network, { ...options, from: options.from, to: options.to });
  }
  if (!Array.isArray(options.against)) return base;
  const before = await loadAgainst(options.against as string[], inventory);
  if (!before.ok) return before;
  const old = networkView(before.value, initialFleet(before.value));
  const drawnBefore = drawFlows(before.value, old, title, true);
  const drawnAfter = drawFlows(inventory, network, title, true);
  if (!drawnBefore.ok) return drawnBefore;
  return drawnAfter.ok ? success(drawDifference(drawnBefore.value, drawnAfter.value)) : drawnAfter;
}

function drawFlows(inventory: Inventory, network: NetworkView, title: string, everything: boolean): Result<Drawing> {
  const drawing = drawNetwork(network, title);
  if (everything) return success(withLinks(drawing, reachLinks(network)));
  const intents = intentsOf(inventory);
  if (!intents.ok) return intents;
  const resolved = resolveIntents(intents.value, inventory, network);
  return resolved.ok ? success(withLinks(drawing, intentLinks(network, resolved.value))) : resolved;
}

function drawQuestion(
  drawing: Drawing,
  inventory: Inventory,
  network: NetworkView,
  options: Readonly<Record<string, unknown>> & { readonly from: string; readonly to: string },
): Result<Drawing> {
  const from = resolveReference(options.from, inventory, network);
  const to = resolveReference(options.to, inventory, network);
  const traffic = readTraffic(options);
  if (!from.ok) return from;
  if (!to.ok) return to;
  if (!traffic.ok) return traffic;
  const answer = ask(openReach(network), { from: from.value, to: to.value, ...traffic.value });
  const label = traffic.value.traffic ? describeTraffic(traffic.value.traffic) : '';
  return success(drawAnswer(drawing, network, answer, label));
}
