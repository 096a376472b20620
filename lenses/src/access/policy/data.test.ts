import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { actionCount, actionsMatching, findAction, requireAction } from './actions.ts';
import { managedPolicy, managedPolicyNames } from './managed.ts';

const folder = fileURLToPath(new URL('../../../data/access/', import.meta.url));

describe('the compact data', () => {
  test('is what the script makes of the packages that are installed', { timeout: 60_000 }, () => {
    const again = mkdtempSync(path.join(tmpdir(), 'terrace-access-data-'));
    try {
      execFileSync(process.execPath, [path.join(folder, 'generate.mjs'), again]);
      for (const file of ['actions.json', 'resources.json', 'managed-policies.json.gz'])
        expect(readFileSync(path.join(again, file)).equals(readFileSync(path.join(folder, file))), file).toBe(true);
    } finally {
      rmSync(again, { recursive: true });
    }
  });

  test('takes about a megabyte', () => {
    const size = ['actions.json', 'resources.json', 'managed-policies.json.gz'].reduce(
      (sum, file) => sum + statSync(path.join(folder, file)).size,
      0,
    );
    expect(size).toBeLessThan(1_100_000);
  });
});

describe('actions', () => {
  test('are found whatever the case, with their kind of access', () => {
    expect(findAction('RDS:createdbinstance')).toEqual({ name: 'rds:CreateDBInstance', level: 'write' });
    expect(findAction('iam:AttachUserPolicy')?.level).toBe('permissions');
    expect(actionCount()).toBeGreaterThan(20_000);
    expect(
      actionsMatching('iam:*LoginProfile')
        .map(({ name }) => name)
        .sort(),
    ).toEqual(['iam:CreateLoginProfile', 'iam:DeleteLoginProfile', 'iam:GetLoginProfile', 'iam:UpdateLoginProfile']);
  });

  test.each([
    ['ec2:DeletRoute', 'ec2:DeleteRoute'],
    ['ec3:DeleteRoute', 'ec2'],
  ])('%s is unknown, with the nearest names', (written, near) => {
    const result = requireAction(written);
    expect(result.ok ? [] : result.mistakes.map(({ code }) => code)).toEqual(['UNKNOWN_ACTION']);
    expect(result.ok ? '' : result.mistakes[0]!.next.en).toContain(near);
  });
});

describe("AWS's managed policies", () => {
  test('all read by the grammar', () => {
    const broken = managedPolicyNames().filter((name) => !managedPolicy(name).ok);
    expect(managedPolicyNames().length).toBeGreaterThan(800);
    expect(broken).toEqual([]);
  });

  test('are found by name and by ARN, and the nearest names said otherwise', () => {
    expect(managedPolicy('arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole').ok).toBe(true);
    const result = managedPolicy('AmazonRDSFulAccess');
    expect(result.ok ? '' : result.mistakes[0]!.next.en).toContain('AmazonRDSFullAccess');
  });
});
