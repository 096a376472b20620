import { expect, test } from 'vitest';
import { reasonLines } from './first-error.ts';

const frames = (count: number) => Array.from({ length: count }, (_, at) => `    at build (/app/app.js:2:${at})`);

test.each<[string, readonly string[], string]>([
  [
    'an error of Node',
    [
      '/app/app.js:2',
      'const build = 1;',
      '^',
      '',
      'TypeError: ShopStack is not a constructor',
      ...frames(10),
      '',
      'Node.js v20.20.2',
    ],
    'TypeError: ShopStack is not a constructor',
  ],
  [
    'a module that is not there',
    [
      'node:internal/modules/cjs/loader:1143',
      '  throw err;',
      '  ^',
      "Error: Cannot find module 'aws-cdk-lib'",
      'Require stack:',
      '- /app/app.js',
      ...frames(9),
      "  code: 'MODULE_NOT_FOUND',",
      '  requireStack: [ "/app/app.js" ]',
      '}',
      'Node.js v20.20.2',
    ],
    "Error: Cannot find module 'aws-cdk-lib'",
  ],
  [
    'an error with a code',
    [...frames(1), "Error [ERR_MODULE_NOT_FOUND]: Cannot find package 'tsx' imported from /app/", ...frames(12)],
    "Error [ERR_MODULE_NOT_FOUND]: Cannot find package 'tsx' imported from /app/",
  ],
  [
    'an error of Python, behind its frames',
    [
      'Traceback (most recent call last):',
      '  File "app.py", line 3, in <module>',
      '    import aws_cdk',
      "ModuleNotFoundError: No module named 'aws_cdk'",
      ...Array(12).fill('cleaning up'),
    ],
    "ModuleNotFoundError: No module named 'aws_cdk'",
  ],
  [
    'the first of several mistakes of TypeScript',
    [
      'lib/app.ts(3,7): error TS2304: Cannot find name "Foo".',
      ...Array(14).fill('lib/other.ts(1,1): error TS2300: Duplicate.'),
    ],
    'lib/app.ts(3,7): error TS2304: Cannot find name "Foo".',
  ],
  [
    'an exception of Java',
    [
      '[INFO] Scanning for projects...',
      'Exception in thread "main" java.lang.IllegalStateException: no vpc',
      ...Array(12).fill('\tat com.example.App.main(App.java:9)'),
      'Caused by: java.lang.Error: x',
    ],
    'Exception in thread "main" java.lang.IllegalStateException: no vpc',
  ],
  ['a command that is not there', ['sh: 1: poetry: not found', ...Array(12).fill('…')], 'sh: 1: poetry: not found'],
  [
    'a panic of Go',
    ['panic: no such stack', '', 'goroutine 1 [running]:', ...Array(12).fill('main.main()')],
    'panic: no such stack',
  ],
  [
    'an exception of .NET',
    ['Unhandled exception. System.ArgumentException: bad', ...Array(12).fill('   at App.Main()')],
    'Unhandled exception. System.ArgumentException: bad',
  ],
  [
    'what npm says',
    [
      'npm error code ENOENT',
      'npm error syscall open',
      'npm error enoent Could not read package.json',
      ...Array(12).fill('npm error A complete log of this run can be found in: /x'),
    ],
    'npm error enoent Could not read package.json',
  ],
  [
    'an error of CDK',
    [
      'ValidationError: Cannot retrieve value from context provider vpc-provider since account/region are not specified',
      ...frames(12),
    ],
    'ValidationError: Cannot retrieve value from context provider vpc-provider since account/region are not specified',
  ],
])('%s comes first', (_, output, first) => {
  expect(reasonLines(output.join('\n'))[0]).toBe(first);
});

test('an error within the tail is shown once, and output without an error by its tail', () => {
  expect(reasonLines('one\nError: two\nthree')).toEqual(['one', 'Error: two', 'three']);
  const lines = Array.from({ length: 20 }, (_, at) => `line ${at}, 0 errors`);
  expect(reasonLines(lines.join('\n'))).toEqual(lines.slice(-8));
  expect(reasonLines('')).toEqual([]);
});

test('frames between the error and the tail are left out', () => {
  const output = ['Error: no', ...frames(30), 'Node.js v20'].join('\n');
  const lines = reasonLines(output);
  expect(lines.slice(0, 2)).toEqual(['Error: no', '…']);
  expect(lines.at(-1)).toBe('Node.js v20');
  expect(lines).toHaveLength(10);
});
