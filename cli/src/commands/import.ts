import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { defaultAccount, defaultRegion } from '@terrace/cloud/assembly/load';
import type { Json } from '@terrace/cloud/json';
import { type Mistake, mistake } from '@terrace/cloud/mistake';
import { outsideFileName, writeStanding } from '@terrace/cloud/outside/outside-file';
import { mergeStanding, readListings } from '@terrace/cloud/outside/read-listings';
import type { Standing } from '@terrace/cloud/outside/standing';
import { words } from '@terrace/cloud/words';
import { writePrivate } from '../arguments/output-file.ts';
import type { CommandDefinition } from '../command.ts';
import { documentsIn } from '../project/import-documents.ts';
import { readOutside } from '../project/outside.ts';
import { exitCode } from '../terminal/terminal.ts';

export const command: CommandDefinition = {
  usage: 'import [files...]',
  summary: words(
    'take in what stands in AWS already, from the JSON of the AWS CLI, for templates that only name it',
    '템플릿이 이름만 부르는 기존 AWS 리소스를 AWS CLI의 JSON에서 가져오기',
  ),
  arguments: {
    files: words(
      'output of aws … describe-… commands, one or more in each; - or nothing for standard input',
      'aws … describe-… 명령의 출력 파일(한 파일에 여럿도 가능). -이거나 없으면 표준 입력',
    ),
  },
  options: [
    {
      flags: '--region <region>',
      description: words(
        'region of what is listed, where neither a zone nor an ARN says it (default ap-northeast-2)',
        '가용 영역이나 ARN으로 알 수 없을 때 쓸 리전 (기본값 ap-northeast-2)',
      ),
    },
    {
      flags: '--replace',
      description: words('forget what was imported before', '이전에 가져온 것을 지우고 새로 시작'),
    },
  ],
  examples: [
    'terrace import < vpcs.json',
    'terrace import vpcs.json subnets.json route-tables.json security-groups.json',
    'terrace import --replace listings.json',
  ],
  async run({ arguments: files, options, terminal }) {
    const mistakes: Mistake[] = [];
    const documents: Json[] = [];
    for (const file of files.length > 0 ? files : ['-']) {
      const name = file === '-' ? 'standard input' : file;
      const text = await textOf(file, mistakes);
      if (text !== undefined) documents.push(...documentsIn(name, text, mistakes));
    }
    const known = options.replace === true ? [] : await readOutside(process.cwd(), mistakes);
    const region =
      (options.region as string | undefined) ??
      (process.env.AWS_REGION || process.env.AWS_DEFAULT_REGION || defaultRegion);
    const { standing, unread } = readListings(documents, { account: defaultAccount, region });
    if (mistakes.length === 0 && standing.length === 0) mistakes.push(nothingListed(unread));
    if (mistakes.length > 0) {
      terminal.mistakes(mistakes);
      return exitCode.mistake;
    }
    const merged = mergeStanding(known, standing);
    // A listing of an account tells strangers where its doors are.
    await writePrivate(path.join(process.cwd(), outsideFileName), writeStanding(merged));
    terminal.result({ file: outsideFileName, imported: counts(standing), known: counts(merged), unread }, () => [
      ...Object.entries(counts(standing)).map(([list, count]) => `${String(count).padStart(5)} ${list}`),
      ...(unread.length > 0
        ? [terminal.language === 'ko' ? `읽지 않음: ${unread.join(', ')}` : `not read: ${unread.join(', ')}`]
        : []),
      terminal.language === 'ko'
        ? `${outsideFileName}에 저장했습니다. 이제 check, reach, cost, up이 이것을 함께 봅니다.`
        : `Written to ${outsideFileName}: check, reach, cost and up take it in from now on.`,
    ]);
    return exitCode.answered;
  },
};

function counts(standing: readonly Standing[]): Record<string, number> {
  const each: Record<string, number> = {};
  for (const { list } of standing) each[list] = (each[list] ?? 0) + 1;
  return each;
}

async function textOf(file: string, mistakes: Mistake[]): Promise<string | undefined> {
  if (file === '-') return (await buffer(process.stdin)).toString('utf8');
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === undefined) throw error;
    mistakes.push(
      mistake(
        'UNREADABLE_FILE',
        { file },
        {
          cause: words(`The file cannot be read (${code}).`, `파일을 읽을 수 없습니다(${code}).`),
          next: words('Name a file that you may read.', '읽을 수 있는 파일을 지정하세요.'),
        },
      ),
    );
    return undefined;
  }
}

function nothingListed(unread: readonly string[]): Mistake {
  const lists = unread.join(', ');
  return mistake(
    'NOTHING_LISTED',
    {},
    {
      cause:
        unread.length > 0
          ? words(`Terrace reads nothing of ${lists}.`, `Terrace가 읽을 수 있는 목록이 아닙니다: ${lists}`)
          : words('There is no listing of AWS in it.', 'AWS의 목록이 들어 있지 않습니다.'),
      next: words(
        'Give the JSON of aws ec2 describe-vpcs, describe-subnets, describe-route-tables, describe-security-groups and their like.',
        'aws ec2 describe-vpcs, describe-subnets, describe-route-tables, describe-security-groups 등의 JSON을 주세요.',
      ),
    },
  );
}
