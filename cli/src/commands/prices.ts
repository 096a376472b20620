import { createReadStream, existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { type Mistake, mistake } from '@terrace/cloud/mistake';
import { words } from '@terrace/cloud/words';
import { checkRegion } from '@terrace/lenses/cost/alternatives/regions';
import {
  changesOf,
  offers,
  type PriceChange,
  PriceListError,
  priceListUrl,
  readPriceList,
} from '@terrace/lenses/cost/prices/price-list';
import { formatPriceFile, type PriceBook, type PriceRecord } from '@terrace/lenses/cost/prices/prices';
import { mistakesOf, needs, oneOf } from '../arguments/option-values.ts';
import { outputMistakes } from '../arguments/output-file.ts';
import { missingArgument } from '../arguments/usage-mistakes.ts';
import type { CommandDefinition } from '../command.ts';
import { openPrices } from '../money/price-file.ts';
import { confidenceWords } from '../money/show.ts';
import { table } from '../terminal/table.ts';
import { exitCode, type Terminal } from '../terminal/terminal.ts';

export const command: CommandDefinition = {
  usage: 'prices <action> [text]',
  summary: words(
    'the unit prices behind every figure: list, show or refresh',
    '모든 금액의 근거가 되는 단가: list(목록), show(출처), refresh(새로 받기)',
  ),
  arguments: {
    action: words('list, show or refresh', 'list, show, refresh'),
    text: words('list: a part of the names; show: a whole name', 'list: 이름의 일부, show: 이름 전체'),
  },
  options: [
    {
      flags: '--region <region>',
      description: words(
        'only this region (default all); may be repeated',
        '이 리전만 (기본값: 전체). 여러 번 쓸 수 있음',
      ),
      repeatable: true,
    },
    {
      flags: '--from <folder>',
      description: words(
        'refresh from files OFFER-REGION.csv instead of the network',
        '네트워크 대신 OFFER-REGION.csv 파일에서 읽기',
      ),
    },
    {
      flags: '--write <file>',
      description: words(
        'write the refreshed prices, for --prices of the other commands',
        '새 가격을 파일로 저장. 다른 명령의 --prices에 사용',
      ),
    },
    {
      flags: '--prices <file>',
      description: words(
        'the prices to look at or to compare with (default those that are shipped)',
        '살펴보거나 비교할 가격 파일 (기본값: 들어 있는 가격)',
      ),
    },
  ],
  examples: [
    'terrace prices list NAT --region ap-northeast-2',
    'terrace prices show "VPC / NAT gateway / ap-northeast-2"',
    'terrace prices refresh --region ap-northeast-2 --write prices.json',
  ],
  async run({ arguments: [action = '', text = ''], options, terminal }) {
    const opened = openPrices(options.prices);
    const chosen = oneOf('prices', action, ['list', 'show', 'refresh'] as const, 'UNKNOWN_ACTION');
    const regions = (options.region as string[] | undefined) ?? [];
    const mistakes = [
      ...mistakesOf([opened, chosen]),
      ...(action !== 'refresh' && options.from !== undefined ? [needs('--from', 'refresh')] : []),
      ...(action !== 'refresh' && options.write !== undefined ? [needs('--write', 'refresh')] : []),
      ...(action !== 'refresh' && opened.ok ? unknownRegions(opened.value, regions) : []),
    ];
    if (!opened.ok || !chosen.ok || mistakes.length > 0) return refuse(terminal, ...mistakes);
    if (chosen.value === 'list') return list(opened.value, text, regions, terminal);
    if (chosen.value === 'show') return show(opened.value, text, terminal);
    return refresh(opened.value, regions, options, terminal);
  },
};

function unknownRegions(book: PriceBook, asked: readonly string[]): Mistake[] {
  const known = new Set([...book.records.values()].map(({ region }) => region));
  return asked.flatMap((region) => {
    const unknown = known.has(region) ? undefined : checkRegion(book, region);
    return unknown ? [{ ...unknown, place: { path: '--region' } }] : [];
  });
}

function list(book: PriceBook, text: string, regions: readonly string[], terminal: Terminal): number {
  const wanted = text.toLowerCase();
  const records = [...book.records.values()].filter(
    (record) => record.id.toLowerCase().includes(wanted) && (regions.length === 0 || regions.includes(record.region)),
  );
  terminal.result({ records }, () =>
    records.length === 0
      ? words(`No price has “${text}” in its name.`, `이름에 “${text}”{이/가} 들어간 가격이 없습니다.`)[
          terminal.language
        ]
      : table(
          ['', '>', '', ''],
          records.map(({ id, usd, unit, asOf, confidence }) => [
            id,
            String(usd),
            `USD / ${unit}`,
            `${asOf} ${confidenceWords[confidence][terminal.language]}`,
          ]),
        ),
  );
  return records.length > 0 ? exitCode.answered : exitCode.no;
}

function show(book: PriceBook, id: string, terminal: Terminal): number {
  if (id === '') {
    return refuse(terminal, missingArgument('text', 'prices'));
  }
  const record = book.records.get(id);
  if (!record) {
    return refuse(
      terminal,
      mistake(
        'NO_SUCH_PRICE',
        { path: id },
        {
          cause: words(`No record is called “${id}”.`, `“${id}”{이라/라}는 가격 기록이 없습니다.`),
          next: words('search for it: terrace prices list TEXT', '찾아보세요: terrace prices list 검색어'),
        },
      ),
    );
  }
  terminal.result(record, () => [
    record.id,
    `${record.usd} USD / ${record.unit}`,
    `${record.asOf}, ${confidenceWords[record.confidence][terminal.language]}`,
    ...record.source.split(' ; '),
  ]);
  return exitCode.answered;
}

async function refresh(
  book: PriceBook,
  asked: readonly string[],
  options: Readonly<Record<string, unknown>>,
  terminal: Terminal,
): Promise<number> {
  const unwritable = await outputMistakes(options.write);
  if (unwritable.length > 0) return refuse(terminal, ...unwritable);
  const regions = asked.length > 0 ? asked : book.regions;
  const folder = options.from === undefined ? undefined : String(options.from);
  const sources = regions.flatMap((region) =>
    offers.map((offer) =>
      folder === undefined ? priceListUrl(offer, region) : path.join(folder, `${offer}-${region}.csv`),
    ),
  );
  const { found, mistakes } = await readAll(
    folder === undefined ? sources : sources.filter((file) => existsSync(file)),
  );
  if (mistakes.length > 0 || found.length === 0)
    return refuse(terminal, ...(mistakes.length > 0 ? mistakes : [nothingFound(folder ?? '')]));
  const changes = changesOf(book, found);
  if (typeof options.write === 'string') {
    const records = new Map([...book.records, ...found.map((record) => [record.id, record] as const)]);
    await writeFile(options.write, formatPriceFile(records.values()));
    terminal.note(
      words(
        `The prices are in ${options.write}; use them with --prices.`,
        `가격을 ${options.write}에 저장했습니다. --prices로 쓰세요.`,
      ),
    );
  }
  terminal.result({ read: found.length, changes }, () => changeLines(found.length, changes, terminal));
  return exitCode.answered;
}

/** Reads until a source cannot be read: what is not there for one is not there for the others. */
async function readAll(sources: readonly string[]): Promise<{ found: PriceRecord[]; mistakes: Mistake[] }> {
  const found: PriceRecord[] = [];
  for (const source of sources) {
    try {
      found.push(...(await readPriceList(await linesOf(source))));
    } catch (error) {
      return { found, mistakes: [notRead(source, error)] };
    }
  }
  return { found, mistakes: [] };
}

function changeLines(read: number, changes: readonly PriceChange[], terminal: Terminal): string[] {
  const summary = words(
    `${read} prices read, ${changes.length} of them new or changed`,
    `가격 ${read}개를 읽었고 그 가운데 ${changes.length}개가 새롭거나 바뀌었습니다`,
  );
  const rows = changes.map(({ id, before, after, unit }) => [
    id,
    before === null ? '–' : String(before),
    '→',
    String(after),
    `USD / ${unit}`,
    before ? `${after > before ? '+' : ''}${((100 * (after - before)) / before).toFixed(1)} %` : '',
  ]);
  return [summary[terminal.language], ...(rows.length > 0 ? table(['', '>', '', '>', '', '>'], rows) : [])];
}

/** The lines of a file or of an address, as they come. */
async function linesOf(from: string): Promise<AsyncIterable<string>> {
  if (!from.startsWith('https:'))
    return createInterface({ input: createReadStream(from), crlfDelay: Number.POSITIVE_INFINITY });
  const response = await fetch(from, { signal: AbortSignal.timeout(600_000) });
  if (!response.ok || !response.body) throw new PriceListError(`${response.status} ${response.statusText}`);
  return createInterface({ input: Readable.fromWeb(response.body as never), crlfDelay: Number.POSITIVE_INFINITY });
}

function notRead(from: string, error: unknown): Mistake {
  const reason =
    error instanceof Error ? String((error.cause as Error | undefined)?.message ?? error.message) : String(error);
  return mistake(
    'PRICE_LIST_NOT_READ',
    { file: from },
    {
      cause: words(`The price list could not be read: ${reason}`, `가격 목록을 읽지 못했습니다: ${reason}`),
      next: words(
        'Terrace goes on with the prices that it has. Where there is a network, fetch the file yourself, name it OFFER-REGION.csv, and use --from FOLDER',
        '지금 있는 가격은 그대로 쓸 수 있습니다. 네트워크가 되는 곳에서 파일을 받아 OFFER-REGION.csv로 이름 짓고 --from 폴더로 읽으세요',
      ),
    },
  );
}

function nothingFound(folder: string): Mistake {
  return mistake(
    'NO_PRICE_LIST',
    { file: folder, path: '--from' },
    {
      cause: words('There is no file of a price list here.', '여기에 가격 목록 파일이 없습니다.'),
      next: words(
        `name them ${offers[0]}-ap-northeast-2.csv and so on`,
        `${offers[0]}-ap-northeast-2.csv처럼 이름 지으세요`,
      ),
    },
  );
}

function refuse(terminal: Terminal, ...mistakes: readonly Mistake[]): number {
  terminal.mistakes(mistakes);
  return exitCode.mistake;
}
