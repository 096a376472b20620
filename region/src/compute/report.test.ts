import { describe, expect, test } from 'vitest';
import { takeReport } from './report.ts';
import { Troubles } from './trouble.ts';

function reported(...reports: readonly (readonly string[])[]) {
  const troubles = new Troubles();
  const codes = reports.map((words) => takeReport({ words }, troubles));
  return { codes, troubles: troubles.end() };
}

const download = (command: string, code: string, host = '', port = '', address = '') =>
  ['download', command, code, host, port, address] as const;

describe('a report of a failure from inside an instance', () => {
  test.each([
    [download('curl https://a.example/x', '6', 'a.example', '443'), 'no-name', 'the name did not resolve'],
    [
      download('curl https://a.example/x', '7', 'a.example', '443', '198.19.1.1'),
      'refused',
      'no connection came about',
    ],
    [
      download('curl https://a.example/x', '28', 'a.example', '443', '198.19.1.1'),
      'timed-out',
      'nobody answered in time',
    ],
    [
      download('curl https://a.example/x', '22', 'a.example', '443', '198.19.1.1'),
      undefined,
      'the server answered with an error',
    ],
    [download('wget http://a.example/x', '4', 'a.example', '80'), 'no-name', 'the name did not resolve'],
    [
      download('wget http://a.example/x', '4', 'a.example', '80', '198.19.1.1'),
      'timed-out',
      'no connection came about',
    ],
    [download('wget http://a.example/x', '8', 'a.example', '80', '198.19.1.1'), undefined, 'it ended with 8'],
    [download('git clone', '128'), undefined, 'it ended with 128'],
  ])('%j is %s', (words, outcome, cause) => {
    const [trouble] = reported(words).troubles;
    expect(trouble?.unreached?.outcome).toBe(outcome);
    expect(trouble?.cause.en).toBe(cause);
  });

  test.each([
    ['localhost', ''],
    ['me.internal', '127.0.0.1'],
    ['169.254.169.254', '169.254.169.254'],
  ])('about the instance itself, %s, is none', (host, address) => {
    expect(reported(download(`curl http://${host}/`, '7', host, '80', address)).troubles).toEqual([]);
  });

  test('is taken back by a success of the same command', () => {
    const failed = ['aws-call', 'aws s3 cp s3://a/b', '1', 'AccessDenied'];
    expect(reported(failed).troubles).toMatchObject([{ kind: 'aws-call', cause: { en: 'AccessDenied' } }]);
    expect(reported(failed, ['aws-call', 'aws s3 cp s3://a/b', '0', '']).troubles).toEqual([]);
  });

  test('of an unknown kind, too long or too often is bounded', () => {
    expect(reported(['reboot', 'now']).codes).toEqual([1]);
    const many = Array.from({ length: 100 }, (_, index) => download(`curl http://a/${index}${'x'.repeat(9999)}`, '6'));
    const { troubles } = reported(...many);
    expect(troubles).toHaveLength(20);
    expect(troubles[0]!.command).toHaveLength(300);
  });
});
