import { Stack } from 'aws-cdk-lib';
import { CfnScheduledAction } from 'aws-cdk-lib/aws-autoscaling';
import type { CfnDBInstance } from 'aws-cdk-lib/aws-rds';
import { CfnSchedule } from 'aws-cdk-lib/aws-scheduler';
import type { Construct } from 'constructs';
import { because, type Tier } from '../reason.ts';
import type { Hours, ServerSettings } from '../settings/settings.ts';
import { words } from '../words.ts';
import type { ServerGroup } from './server-group.ts';

const zone = 'Asia/Seoul';

/** Servers in the hours stated, none outside them. */
export function scheduleServers(
  scope: Construct,
  hours: Hours,
  tier: { readonly name: Tier; readonly group: ServerGroup; readonly servers: ServerSettings },
): void {
  const { least, usual, most } = tier.servers;
  const at = (id: string, time: string, size: { minSize: number; desiredCapacity: number; maxSize: number }) =>
    because(
      new CfnScheduledAction(scope, id, {
        autoScalingGroupName: tier.group.group.ref,
        timeZone: zone,
        recurrence: `${minuteAndHour(time)} * * ${hours.days}`,
        ...size,
      }),
      tier.name,
      id.startsWith('Open')
        ? words('Servers are there when people come.', '사람들이 찾아오는 시간에 서버를 켭니다.')
        : words(
            'Nobody comes at night, and a server that does not run costs nothing. Load balancers and NAT gateways are charged all the same.',
            '밤에는 찾는 사람이 없고, 꺼진 서버에는 요금이 없습니다. 로드 밸런서와 NAT 게이트웨이 요금은 그대로 나옵니다.',
          ),
    );
  at('Open', hours.from, { minSize: least, desiredCapacity: usual, maxSize: most });
  at('Close', hours.to, { minSize: 0, desiredCapacity: 0, maxSize: most });
}

/**
 * Starts the database a quarter of an hour before the servers and stops it with them. (A stopped database starts by itself after seven
 * days, and its storage is charged all the while.)
 *
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_StopInstance.html
 */
export function scheduleDatabase(scope: Construct, hours: Hours, database: CfnDBInstance, role: string): void {
  const at = (id: string, action: 'startDBInstance' | 'stopDBInstance', time: string) =>
    because(
      new CfnSchedule(scope, id, {
        name: `${Stack.of(scope).stackName}-${id}`,
        scheduleExpression: `cron(${minuteAndHour(time)} ? * ${hours.days} *)`,
        scheduleExpressionTimezone: zone,
        flexibleTimeWindow: { mode: 'OFF' },
        target: {
          arn: `arn:${Stack.of(scope).partition}:scheduler:::aws-sdk:rds:${action}`,
          roleArn: role,
          input: JSON.stringify({ DbInstanceIdentifier: database.ref }),
        },
      }),
      'database',
      action === 'startDBInstance'
        ? words(
            'The database takes minutes to start, so it begins before the servers do.',
            '데이터베이스는 시작하는 데 몇 분이 걸리므로 서버보다 먼저 켭니다.',
          )
        : words(
            'A stopped database is charged for its storage only.',
            '멈춘 데이터베이스에는 스토리지 요금만 나옵니다.',
          ),
    );
  at('DatabaseStart', 'startDBInstance', quarterBefore(hours.from));
  at('DatabaseStop', 'stopDBInstance', hours.to);
}

function minuteAndHour(time: string): string {
  const [hour, minute] = time.split(':').map(Number);
  return `${minute} ${hour}`;
}

/** A quarter of an hour earlier, on the same day at the earliest. */
function quarterBefore(time: string): string {
  const [hour, minute] = time.split(':').map(Number) as [number, number];
  const early = Math.max(0, hour * 60 + minute - 15);
  return `${String(Math.floor(early / 60)).padStart(2, '0')}:${String(early % 60).padStart(2, '0')}`;
}
