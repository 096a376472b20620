import type { Mistake } from '@terrace/cloud/mistake';
import { words } from '@terrace/cloud/words';
import { savings } from '@terrace/lenses/cost/alternatives/changes';
import { curve } from '@terrace/lenses/cost/alternatives/curve';
import { databaseChoices } from '@terrace/lenses/cost/alternatives/database-choices';
import { compareRegions } from '@terrace/lenses/cost/alternatives/regions';
import { sensitivities } from '@terrace/lenses/cost/alternatives/sensitivity';
import { checkServers, compareServerless } from '@terrace/lenses/cost/alternatives/serverless';
import { billOf, newestMonth, useOf } from '@terrace/lenses/cost/bill/bill';
import { unknownPrices } from '@terrace/lenses/cost/bill/nearest';
import { excludes, mistakesOf, needs } from '../arguments/option-values.ts';
import { outputMistakes, writeOutput } from '../arguments/output-file.ts';
import type { CommandDefinition } from '../command.ts';
import { billJson, billLines, type Part, readParts } from '../money/cost-report.ts';
import { type Money, moneyOptions, openMoney } from '../money/open-money.ts';
import { regionJson, regionLines } from '../money/region-report.ts';
import { serverlessJson, serverlessLines } from '../money/serverless-report.ts';
import { exitCode, type Terminal } from '../terminal/terminal.ts';

export const command: CommandDefinition = {
  usage: 'cost',
  summary: words('what the template costs, on what, and what would cost less', '템플릿의 비용과 내역, 줄이는 방법'),
  options: [
    ...moneyOptions,
    {
      flags: '--regions',
      description: words(
        'the same template in every region that has prices',
        '가격이 있는 모든 리전에서 같은 템플릿 비교',
      ),
    },
    {
      flags: '--serverless',
      description: words(
        'the same workload on Lambda and on Fargate, with break-even',
        '같은 일을 Lambda와 Fargate로 할 때와 손익분기',
      ),
    },
    {
      flags: '--curve <file>',
      description: words('with --serverless: write the curve as SVG', '--serverless와 함께: 비용 곡선을 SVG로 저장'),
    },
    {
      flags: '--part <names>',
      description: words(
        'only these parts: total, services, tiers, resources, lines, rest, choices, savings, usage',
        '이 부분만 표시: total, services, tiers, resources, lines, rest, choices, savings, usage',
      ),
    },
    {
      flags: '--lines',
      description: words(
        'every line of the bill with its price record; with --regions every difference',
        '모든 항목과 그 가격 출처. --regions와 함께 쓰면 모든 차이',
      ),
    },
  ],
  examples: [
    'terrace cost',
    'terrace cost --template template.yaml --requests 5000000 --lines',
    'terrace cost --regions --currency KRW',
    'terrace cost --serverless --curve curve.svg',
  ],
  async run({ options, terminal }) {
    const money = await openMoney(options);
    const asked = readParts(options.part, options.lines === true);
    const mistakes: Mistake[] = [
      ...mistakesOf([money]),
      ...('code' in asked ? [asked] : []),
      ...(options.curve !== undefined && !options.serverless ? [needs('--curve', '--serverless')] : []),
      ...(money.ok && options.serverless ? [checkServers(money.value.usage)].flatMap((each) => each ?? []) : []),
      ...(options.regions && options.serverless ? [excludes('--regions', '--serverless')] : []),
      ...(options.part !== undefined && options.regions ? [excludes('--part', '--regions')] : []),
      ...(options.part !== undefined && options.serverless ? [excludes('--part', '--serverless')] : []),
      ...(await outputMistakes(options.curve)),
    ];
    if (!money.ok || 'code' in asked || mistakes.length > 0) {
      terminal.mistakes(mistakes);
      return exitCode.mistake;
    }
    const both = options.currency === undefined;
    if (options.regions) return regions(money.value, both, options.lines === true, terminal);
    if (options.serverless) return serverless(money.value, both, options.curve, terminal);
    return cost(money.value, both, asked, terminal);
  },
};

function cost(money: Money, both: boolean, asked: readonly Part[], terminal: Terminal): number {
  const { estate, usage, book, region } = money;
  const bill = billOf(estate, usage, book, region);
  const report = {
    bill,
    choices: asked.includes('choices') ? databaseChoices(estate, usage, book, region) : [],
    savings: asked.includes('savings') ? savings(estate, usage, book, region) : [],
    warnings: unknownPrices(bill, book),
    assumptions: asked.includes('usage') ? sensitivities(estate, usage, book, region) : [],
  };
  terminal.result(billJson(money, report), () =>
    billLines(money, report, { both, language: terminal.language }, asked),
  );
  return exitCode.answered;
}

function regions(money: Money, both: boolean, every: boolean, terminal: Terminal): number {
  const use = useOf(money.estate, money.usage, newestMonth(money.book));
  const found = compareRegions(use, money.book, money.region);
  terminal.result(regionJson(money, found), () =>
    regionLines(money, found, { both, language: terminal.language, every }),
  );
  return exitCode.answered;
}

async function serverless(money: Money, both: boolean, file: unknown, terminal: Terminal): Promise<number> {
  const { estate, usage, book, region, currency, rate } = money;
  const comparison = compareServerless(estate, usage, book, region);
  if (typeof file === 'string') {
    await writeOutput(file, curve(comparison, { language: terminal.language, currency, rate, at: usage.requests }));
    terminal.note(words(`The curve is in ${file}.`, `비용 곡선을 ${file}에 저장했습니다.`));
  }
  terminal.result(serverlessJson(money, comparison), () =>
    serverlessLines(money, comparison, { both, language: terminal.language }),
  );
  return exitCode.answered;
}
