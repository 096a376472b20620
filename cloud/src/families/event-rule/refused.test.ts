import { describe } from 'vitest';
import { out, table } from '../refusals.fixture.ts';

const target = { Id: 'a', Arn: 'arn:aws:lambda:ap-northeast-2:111122223333:function:one' };
const base = {
  R: { Type: 'AWS::Events::Rule', Properties: { ScheduleExpression: 'rate(5 minutes)', Targets: [target] } },
};

describe('a rule of EventBridge', () => {
  table(base, 'R', [
    ['ScheduleExpression', { ScheduleExpression: 'every hour' }, { ScheduleExpression: 'rate(1 hour)' }],
    ['ScheduleExpression', { ScheduleExpression: 'cron(0 12 * * *)' }, { ScheduleExpression: 'cron(0 12 * * ? *)' }],
    ['', { ScheduleExpression: out }, { ScheduleExpression: out, EventPattern: { source: ['aws.ec2'] } }],
    ['Name', { Name: 'my rule' }, { Name: 'my.rule' }],
    // What a file system is called is for AWS to say: it is as short as fs-0123456789abcdef0.
    [
      'Name',
      { Name: 'a'.repeat(65) },
      { Name: { 'Fn::Sub': `${'a'.repeat(40)}-\${Fs}` }, 'Fs:': { Type: 'AWS::EFS::FileSystem', Properties: {} } },
    ],
    ['State', { State: 'ON' }, { State: 'DISABLED' }],
    ['Targets.0.Arn', { 'Targets.0.Arn': 'one' }, { 'Targets.0.Arn': target.Arn }],
  ]);
});
