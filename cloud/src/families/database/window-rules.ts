import { text } from '../../property.ts';
import { words } from '../../words.ts';
import { form } from '../contract/rows.ts';
import { type Fault, isKnown, type Rule } from '../contract/rule.ts';

const types = ['AWS::RDS::DBInstance', 'AWS::RDS::DBCluster'];
const page = 'AmazonRDS/latest/UserGuide/USER_WorkingWithAutomatedBackups.BackupWindow.html';
const maintenancePage = 'AmazonRDS/latest/UserGuide/USER_UpgradeDBInstance.Maintenance.html';
const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const day = 24 * 60;
const week = 7 * day;

/** Minutes that a window has at least. */
const shortest = 30;

const time = '([01]\\d|2[0-3]):([0-5]\\d)';
const backup = new RegExp(`^${time}-${time}$`);
const maintenance = new RegExp(`^(${days.join('|')}):${time}-(${days.join('|')}):${time}$`, 'i');

export const windowRules: readonly Rule[] = [
  form({
    types,
    path: 'PreferredBackupWindow',
    code: 'WRONG_FORM',
    pattern: backup,
    said: words('a backup window is written as 03:00-03:30, in UTC', '백업 기간은 03:00-03:30처럼 UTC로 씁니다.'),
    page,
  }),
  form({
    types,
    path: 'PreferredMaintenanceWindow',
    code: 'WRONG_FORM',
    pattern: maintenance,
    said: words(
      'a maintenance window is written as sun:04:00-sun:04:30, in UTC',
      '유지 관리 기간은 sun:04:00-sun:04:30처럼 UTC로 씁니다.',
    ),
    page: maintenancePage,
  }),
  {
    code: 'WINDOW_TOO_SHORT',
    types,
    page,
    what: words(
      `Windows have ${shortest} minutes or more, maintenance a day at most.`,
      `백업과 유지 관리 기간은 ${shortest}분 이상이며 유지 관리는 하루를 넘지 않습니다.`,
    ),
    check: ({ properties }) =>
      (['PreferredBackupWindow', 'PreferredMaintenanceWindow'] as const).flatMap((name): Fault[] => {
        const window = windowOf(text(properties, name));
        if (!window) return [];
        const minutes = window.length;
        if (minutes >= shortest && (name === 'PreferredBackupWindow' || minutes <= day)) return [];
        return [
          {
            at: [name],
            cause: words(`The window has ${minutes} minutes.`, `기간이 ${minutes}분입니다.`),
            next: words(
              `Make it ${shortest} minutes or more, and a day at most.`,
              `${shortest}분 이상, 하루 이하로 하세요.`,
            ),
            ...(minutes < shortest
              ? {
                  aws:
                    name === 'PreferredBackupWindow'
                      ? `The backup window must be at least ${shortest} minutes.`
                      : `The maintenance window must be at least ${shortest} minutes.`,
                }
              : {}),
          },
        ];
      }),
  },
  {
    code: 'WINDOWS_OVERLAP',
    types,
    page,
    what: words(
      'The windows of backup and maintenance do not overlap.',
      '백업 기간과 유지 관리 기간은 겹치지 않아야 합니다.',
    ),
    check: ({ properties }) => {
      const saved = windowOf(text(properties, 'PreferredBackupWindow'));
      const kept = windowOf(text(properties, 'PreferredMaintenanceWindow'));
      if (!saved || !kept) return [];
      const overlaps = Array.from({ length: 9 }, (_, index) => saved.from + (index - 1) * day).some((from) =>
        [0, week].some((shift) => from + shift < kept.from + kept.length && kept.from < from + shift + saved.length),
      );
      if (!overlaps) return [];
      return [
        {
          at: ['PreferredMaintenanceWindow'],
          cause: words('This overlaps PreferredBackupWindow.', 'PreferredBackupWindow와 겹칩니다.'),
          next: words('Move one of the two.', '둘 중 하나를 옮기세요.'),
          aws: 'The backup window and maintenance window must not overlap.',
        },
      ];
    },
  },
];

/** Minutes from Monday, or from midnight for a window of every day. */
function windowOf(window: string | undefined): { from: number; length: number } | undefined {
  if (window === undefined || !isKnown(window)) return undefined;
  const daily = backup.exec(window);
  if (daily) {
    const from = minutes(daily[1], daily[2]);
    return { from, length: (minutes(daily[3], daily[4]) - from + day) % day };
  }
  const weekly = maintenance.exec(window);
  if (!weekly) return undefined;
  const from = days.indexOf((weekly[1] ?? '').toLowerCase()) * day + minutes(weekly[2], weekly[3]);
  const to = days.indexOf((weekly[4] ?? '').toLowerCase()) * day + minutes(weekly[5], weekly[6]);
  return { from, length: (to - from + week) % week };
}

function minutes(hours: string | undefined, rest: string | undefined): number {
  return Number(hours) * 60 + Number(rest);
}
