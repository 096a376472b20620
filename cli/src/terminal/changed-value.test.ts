import { expect, test } from 'vitest';
import { changedLines } from './changed-value.ts';

const base64 = (text: string) => Buffer.from(text).toString('base64');

test.each([
  ['a short value', '10.0.0.0/16', '10.1.0.0/16', 'Path: "10.0.0.0/16" → "10.1.0.0/16"'],
  ['a value that was not there', undefined, 5, 'Path: – → 5'],
  [
    'long values, where they differ',
    `${'a'.repeat(100)}-one-${'b'.repeat(100)}`,
    `${'a'.repeat(100)}-two-${'b'.repeat(100)}`,
    `Path: …${'a'.repeat(19)}-one-${'b'.repeat(36)}… → …${'a'.repeat(19)}-two-${'b'.repeat(36)}…`,
  ],
])('%s', (_what, before, after, line) => {
  expect(changedLines('Path', before, after, 'en')).toEqual([line]);
});

test('user data is told by the lines that go and come', () => {
  const before = base64('#!/bin/bash\nset -e\naws s3 cp s3://bucket/old .\n');
  const after = base64('#!/bin/bash\nset -e\naws s3 cp s3://bucket/new .\n');
  expect(changedLines('LaunchTemplateData.UserData', before, after, 'en')).toEqual([
    'LaunchTemplateData.UserData:',
    '  - aws s3 cp s3://bucket/old .',
    '  + aws s3 cp s3://bucket/new .',
  ]);
});

test('a secret that changes is said to change, and no more', () => {
  expect(changedLines('MasterUserPassword', '****', '****', 'en')).toEqual([
    'MasterUserPassword: a secret in it changes',
  ]);
});
