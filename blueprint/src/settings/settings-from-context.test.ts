import { describe, expect, test } from 'vitest';
import { classroom, production } from './profiles.ts';
import { describeSettings, settingsFromContext } from './settings-from-context.ts';

describe('settings', () => {
  test.each([
    ['nothing', {}, classroom],
    ['the production profile', { profile: 'production' }, production],
    ['CDK’s own context keys', { 'aws:cdk:x': true, '@aws-cdk/core:y': true }, classroom],
  ])('take %s', (_what, context: Record<string, unknown>, expected) => {
    expect(settingsFromContext(context)).toEqual({ ok: true, settings: expected });
  });

  test.each([
    ['a number as text', { webUsual: '3' }, (s: typeof classroom) => s.web.usual, 3],
    ['a number', { webUsual: 3 }, (s: typeof classroom) => s.web.usual, 3],
    ['false as text', { databaseAcl: 'false' }, (s: typeof classroom) => s.databaseAcl, false],
    [
      'ranges with commas',
      { webSubnets: '10.10.11.0/24, 10.10.12.0/24' },
      (s: typeof classroom) => s.addresses.webSubnets,
      ['10.10.11.0/24', '10.10.12.0/24'],
    ],
    ['none', { profile: 'production', privateZone: 'none' }, (s: typeof classroom) => s.names.privateZone, null],
    [
      'hours',
      { hours: '09:00-18:00' },
      (s: typeof classroom) => s.money.hours,
      { from: '09:00', to: '18:00', days: 'MON-SUN' },
    ],
    [
      'another region’s zones',
      { region: 'us-east-1' },
      (s: typeof classroom) => s.zones,
      ['us-east-1a', 'us-east-1b', 'us-east-1c'],
    ],
    ['MySQL’s version', { databaseEngine: 'mysql' }, (s: typeof classroom) => s.database.engineVersion, '8.4.6'],
  ])('read %s', (_what, context, look, expected) => {
    const read = settingsFromContext(context);
    expect(read.ok && look(read.settings as typeof classroom)).toEqual(expected);
  });

  test.each([
    [{ profile: 'school' }, 'profile', 'one of classroom, production'],
    [{ nat: 'two' }, 'nat', 'one of one, first-zone-only, per-zone, none'],
    [{ webUsual: '2.5' }, 'webUsual', 'from 0 to 100'],
    [{ webUsual: '' }, 'webUsual', 'from 0 to 100'],
    [{ databaseStorage: 19 }, 'databaseStorage', 'from 20 to 65536'],
    [{ databaseBackupDays: 36 }, 'databaseBackupDays', 'from 0 to 35'],
    [{ databaseMultiZone: 'yes' }, 'databaseMultiZone', 'true or false'],
    [{ publicSubnets: '10.10.5.0/24' }, 'publicSubnets', '2 of'],
    [{ publicVpc: '10.10.0.0/8' }, 'publicVpc', 'octet|length'],
    [{ publicVpc: '10.0.0.0/8' }, 'publicVpc', 'another length'],
    [{ webSubnets: '10.20.1.0/24,10.10.2.0/24' }, 'webSubnets', 'inside publicVpc'],
    [{ webSubnets: '10.10.3.0/25,10.10.2.0/24' }, 'applicationSubnets', 'apart'],
    [{ privateVpc: '10.10.128.0/17' }, 'privateVpc', 'apart'],
    [{ webInstanceType: 'big' }, 'webInstanceType', 't4g.micro'],
    [{ applicationLeast: 3 }, 'applicationUsual', 'least ≤ usual ≤ most'],
    [{ zones: 'ap-northeast-2a,ap-northeast-2a,ap-northeast-2b' }, 'zones', 'three different'],
    [{ zones: 'us-east-1a,us-east-1b,us-east-1c' }, 'zones', 'ap-northeast-2'],
    [{ databaseEncryption: false, databaseKey: 'own' }, 'databaseKey', 'databaseEncryption'],
    [{ hostedZone: 'Z0123456789ABC' }, 'hostedZone', 'domain'],
    [{ domain: 'not a domain' }, 'domain', 'play.example.com'],
    [{ budget: 10 }, 'budget', 'from 1000'],
    [{ wonPerDollarOn: 'yesterday' }, 'wonPerDollarOn', 'a month or a day'],
    [{ hours: '9-18' }, 'hours', 'MON-FRI'],
    [{ webUsualy: 2 }, 'webUsualy', 'did you mean webUsual'],
    [{ somethingElse: 2 }, 'somethingElse', 'take one of profile'],
  ])('refuse %j with a place and a next step', (context, setting, next) => {
    const read = settingsFromContext(context);
    expect(read.ok).toBe(false);
    if (read.ok) return;
    const mistake = read.mistakes.find((each) => each.setting === setting);
    expect(`${mistake?.cause.en} ${mistake?.next.en}`).toMatch(new RegExp(next));
    expect(mistake?.cause.ko).toMatch(/[가-힣]/);
    expect(mistake?.next.ko).toMatch(/[가-힣]/);
  });

  test('report everything that is wrong at once', () => {
    const read = settingsFromContext({ nat: 'two', webUsual: 'many', hello: 1 });
    expect(!read.ok && read.mistakes.map(({ setting }) => setting)).toEqual(['nat', 'webUsual', 'hello']);
  });

  test('are each described in both languages', () => {
    for (const { key, meaning, allowed } of describeSettings('classroom')) {
      expect(meaning.ko, key).toMatch(/[가-힣]/);
      expect(allowed.ko, key).toMatch(/[가-힣]/);
      expect(meaning.en.length, key).toBeGreaterThan(5);
    }
  });
});
