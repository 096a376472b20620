import { type Mistake, mistake } from '@terrace/cloud/mistake';
import { type Language, type Words, words } from '@terrace/cloud/words';
import type { DatabaseRequest } from '@terrace/region/control/protocol';
import type { DatabaseDescription } from '@terrace/region/supervisor/keepers/database-description';
import { needs } from '../arguments/option-values.ts';
import type { CommandDefinition } from '../command.ts';
import { askRegion } from '../running/region-client.ts';
import { stateWords } from '../terminal/state-words.ts';
import { exitCode } from '../terminal/terminal.ts';

export const command: CommandDefinition = {
  usage: 'database [action] [name]',
  summary: words(
    'the region’s databases; or failover, backup, restore, stop, start of one',
    '로컬 리전의 데이터베이스 보기, 장애 조치(failover), 백업(backup), 복원(restore), 중지(stop), 시작(start)',
  ),
  arguments: {
    action: words(
      'failover, backup, restore, stop or start (default: tell of all)',
      'failover, backup, restore, stop, start (기본값: 모두 보기)',
    ),
    name: words('which database, by logical id or Name tag', '논리적 ID나 Name 태그로 쓴 데이터베이스'),
  },
  options: [
    {
      flags: '--to <time>',
      description: words(
        'with restore: a moment with its time zone such as 2026-11-22T09:30:00Z, or latest',
        'restore와 함께: 시간대를 포함한 시점 또는 latest. 예: 2026-11-22T09:30:00Z',
      ),
    },
  ],
  examples: [
    'terrace database',
    'terrace database failover DatabaseInstance',
    'terrace database backup DatabaseInstance',
    'terrace database stop DatabaseInstance',
    'terrace database restore DatabaseInstance --to latest',
    'terrace database restore DatabaseInstance --to 2026-11-22T09:30:00Z',
  ],
  async run({ arguments: [action = 'list', name = ''], options, terminal }) {
    const request = requestOf(action, name, options.to);
    if ('code' in request) {
      terminal.mistakes([request]);
      return exitCode.mistake;
    }
    return askRegion<Answer>(terminal, '/database', request, (answer) => ({
      lines: () => linesOf(request.action.kind, answer, terminal.language),
    }));
  },
};

/** What is given back, by action: the list alone has several. */
interface Answer {
  readonly databases?: readonly DatabaseDescription[];
  readonly database?: DatabaseDescription;
  readonly milliseconds?: number;
  readonly moment?: string;
  readonly outageMilliseconds?: number;
}

function requestOf(action: string, name: string, to: unknown): DatabaseRequest | Mistake {
  if (to !== undefined && action !== 'restore') return needs('--to', 'restore');
  if (action === 'list' && name === '') return { name, action: { kind: 'list' } };
  if (!isAction(action)) return unknownAction(action);
  if (name === '') return noName(action);
  if (action !== 'restore') return { name, action: { kind: action } };
  const moment = to === 'latest' ? 'latest' : momentOf(to);
  return moment === undefined ? noMoment(to) : { name, action: { kind: 'restore', moment } };
}

function isAction(word: string): word is Exclude<DatabaseRequest['action']['kind'], 'list'> {
  return ['failover', 'backup', 'restore', 'stop', 'start'].includes(word);
}

/** ISO 8601 with a zone, as AWS's own command takes it. */
function momentOf(to: unknown): number | undefined {
  if (typeof to !== 'string' || !/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$/.test(to))
    return undefined;
  const moment = Date.parse(to);
  return Number.isNaN(moment) ? undefined : moment;
}

export function linesOf(action: DatabaseRequest['action']['kind'], answer: Answer, language: Language): string[] {
  if (action === 'list') {
    const lines = (answer.databases ?? []).flatMap((each) => describe(each, language));
    return lines.length > 0 ? lines : [none[language]];
  }
  return [said(action, answer)[language], ...(answer.database ? describe(answer.database, language) : [])];
}

const none = words('This region has no database.', '이 로컬 리전에는 데이터베이스가 없습니다.');

function said(action: Exclude<DatabaseRequest['action']['kind'], 'list'>, answer: Answer): Words {
  const seconds = (milliseconds: number | undefined) => ((milliseconds ?? 0) / 1000).toFixed(1);
  if (action === 'failover')
    return words(
      `Failed over to ${answer.database?.zone}: writes were taken again after ${seconds(answer.milliseconds)} s.`,
      `${answer.database?.zone}{으로/로} 장애 조치했습니다. ${seconds(answer.milliseconds)}초 뒤부터 다시 쓸 수 있었습니다.`,
    );
  if (action === 'backup')
    return words(
      `Backed up; every moment from ${answer.moment} on can be restored.`,
      `백업했습니다. ${answer.moment} 이후의 모든 시점으로 복원할 수 있습니다.`,
    );
  if (action === 'stop')
    return words(
      'Stopped; its data stays, and nothing answers until it is started.',
      '멈췄습니다. 데이터는 남아 있고, 다시 시작할 때까지 응답하지 않습니다.',
    );
  if (action === 'start') return words('Started.', '시작했습니다.');
  return words(
    `Restored to ${answer.moment} in ${seconds(answer.milliseconds)} s, for ${seconds(answer.outageMilliseconds)} s of which nothing answered. The former database is kept in .terrace; --to can still name its moments.`,
    `${answer.moment} 시점으로 복원했습니다. 전체 ${seconds(answer.milliseconds)}초 가운데 응답이 없던 시간은 ${seconds(answer.outageMilliseconds)}초입니다. 이전 데이터베이스는 .terrace에 남아 있어 그때의 시점도 --to로 고를 수 있습니다.`,
  );
}

function describe(each: DatabaseDescription, language: Language): string[] {
  const version = each.engineVersion === null ? each.engine : `${each.engine} ${each.engineVersion}`;
  const state = stateWords(each.state);
  const lines: Words[] = [
    words(
      `${each.id}: ${version}, ${state.en}, at ${each.endpoint}:${each.port} in ${each.zone}`,
      `${each.id}: ${version}, ${state.ko}, ${each.endpoint}:${each.port} (${each.zone})`,
    ),
  ];
  if (each.runs !== null && each.runs !== each.engineVersion)
    lines.push(words(`  runs here: ${each.runs}`, `  여기서 실행되는 버전: ${each.runs}`));
  if (each.standby)
    lines.push(
      words(
        `  standby in ${each.standby.zone}: ${each.standby.state}`,
        `  대기 인스턴스 ${each.standby.zone}: ${stateWords(each.standby.state).ko}`,
      ),
    );
  if (each.deletionProtection) lines.push(words('  deletion protection is on', '  삭제 방지 켜짐'));
  if (each.backups) lines.push(...backupLines(each.backups));
  else if (each.runs !== null) lines.push(words('  no backups are taken', '  백업을 만들지 않음'));
  return lines.map((line) => line[language]);
}

function backupLines({ retentionDays, window, restorable }: NonNullable<DatabaseDescription['backups']>): Words[] {
  const daily =
    window === null ? words('once a day', '하루에 한 번') : words(`daily at ${window} UTC`, `매일 ${window} UTC`);
  return [
    words(`  backups: ${daily.en}, kept for ${retentionDays} days`, `  백업: ${daily.ko}, ${retentionDays}일 보관`),
    ...(restorable.length === 0 ? [words('  no backup has been taken yet', '  아직 만든 백업이 없음')] : []),
    ...restorable.map(({ earliest, latest }) =>
      words(`  restorable: ${earliest} – ${latest}`, `  복원할 수 있는 시점: ${earliest} ~ ${latest}`),
    ),
  ];
}

function unknownAction(action: string): Mistake {
  return mistake(
    'UNKNOWN_ACTION',
    {},
    {
      cause: words(`A database cannot be asked for ${action}.`, `데이터베이스에 ${action} 작업은 없습니다.`),
      next: words(
        'use failover, backup, restore, stop or start',
        'failover, backup, restore, stop, start 중에서 고르세요',
      ),
    },
  );
}

function noName(action: string): Mistake {
  return mistake(
    'DATABASE_NOT_NAMED',
    {},
    {
      cause: words(`${action} needs to know which database.`, `${action}할 데이터베이스를 정해야 합니다.`),
      next: words(
        `for example terrace database ${action} DatabaseInstance`,
        `예: terrace database ${action} DatabaseInstance`,
      ),
    },
  );
}

function noMoment(to: unknown): Mistake {
  return mistake(
    'OPTION_OUT_OF_RANGE',
    {},
    {
      cause:
        to === undefined
          ? words('restore needs to know to which moment.', '복원할 시점을 정해야 합니다.')
          : words(`--to ${to} is no moment with a time zone.`, `--to ${to}{은/는} 시간대를 포함한 시점이 아닙니다.`),
      next: words(
        'for example --to 2026-11-22T09:30:00Z, or --to latest; terrace database says what can be restored',
        '예: --to 2026-11-22T09:30:00Z 또는 --to latest. 복원할 수 있는 시점은 terrace database로 보세요',
      ),
    },
  );
}
