import { readFileSync } from 'node:fs';
import { isObject } from '@terrace/cloud/json';
import { failure, type Mistake, mistake, type Result, success } from '@terrace/cloud/mistake';
import { words } from '@terrace/cloud/words';
import { loadPrices, type PriceBook } from '@terrace/lenses/cost/prices/prices';

/** The prices that come with Terrace, or those of a file. Mistakes: `NO_SUCH_FILE`, `NOT_A_PRICE_FILE`. */
export function openPrices(file: unknown): Result<PriceBook> {
  if (file === undefined) return success(loadPrices());
  const name = String(file);
  try {
    if (!isPriceFile(JSON.parse(readFileSync(name, 'utf8')))) return failure([notAPriceFile(name)]);
    return success(loadPrices(name));
  } catch (error) {
    if (error instanceof SyntaxError) return failure([notAPriceFile(name)]);
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return failure([noFile(name)]);
    if (code === 'EISDIR') return failure([notAPriceFile(name)]);
    throw error;
  }
}

/** As far as it is read: sources, and items with the prices of regions. */
function isPriceFile(value: unknown): boolean {
  if (!isObject(value as never)) return false;
  const { sources, items } = value as Record<string, unknown>;
  return Array.isArray(sources) && Array.isArray(items) && items.every(isItem);
}

function isItem(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const { service, item, unit, prices } = value as Record<string, unknown>;
  return (
    [service, item, unit].every((each) => typeof each === 'string') &&
    typeof prices === 'object' &&
    prices !== null &&
    Object.values(prices).every((each) => Array.isArray(each) && typeof each[0] === 'number')
  );
}

function noFile(file: string): Mistake {
  return mistake(
    'NO_SUCH_FILE',
    { file },
    {
      cause: words(`There is no file ${file}.`, `${file} 파일이 없습니다.`),
      next: words(
        'write one: terrace prices refresh --write prices.json; or leave --prices out to use those that come with Terrace',
        '먼저 만드세요: terrace prices refresh --write prices.json. --prices를 빼면 Terrace에 들어 있는 가격을 씁니다',
      ),
    },
  );
}

function notAPriceFile(file: string): Mistake {
  return mistake(
    'NOT_A_PRICE_FILE',
    { file },
    {
      cause: words(
        'This is no file that terrace prices refresh has written.',
        'terrace prices refresh가 쓴 파일이 아닙니다.',
      ),
      next: words(
        'write one: terrace prices refresh --write prices.json; or leave --prices out to use those that come with Terrace',
        '먼저 만드세요: terrace prices refresh --write prices.json. --prices를 빼면 Terrace에 들어 있는 가격을 씁니다',
      ),
    },
  );
}
