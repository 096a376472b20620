import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type App, Validations } from 'aws-cdk-lib';
import { CfnSecurityGroupIngress } from 'aws-cdk-lib/aws-ec2';
import { AwsSolutionsChecks } from 'cdk-nag';
import { describe, expect, test, vi } from 'vitest';
import { everything, synthesizeVariant } from './synthesize-variant.fixture.ts';

interface Report {
  readonly pluginReports: readonly { readonly violations: readonly { readonly ruleName: string }[] }[];
}

/** Rules of AWS Solutions that are broken and not accepted with a reason. */
function findings(context: Readonly<Record<string, unknown>>, spoil?: (app: App) => void): string[] {
  let folder = '';
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  try {
    synthesizeVariant(context, (app) => {
      folder = app.outdir;
      spoil?.(app);
      Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
    });
  } catch (error) {
    if (
      !(error instanceof Error) ||
      !/validation-report|ValidationFailed/.test(`${error.name} ${error.message} ${error.stack}`)
    )
      throw error;
  } finally {
    vi.restoreAllMocks();
    process.exitCode = 0;
  }
  const path = join(folder, 'validation-report.json');
  if (!existsSync(path)) return [];
  const report = JSON.parse(readFileSync(path, 'utf8')) as Report;
  return report.pluginReports.flatMap(({ violations }) => violations.map(({ ruleName }) => ruleName));
}

describe('cdk-nag’s AWS Solutions pack', () => {
  test.each([
    ['the classroom', {}],
    ['production with everything turned on', everything],
    ['a zone without a way out', { nat: 'first-zone-only', team: 'two-level' }],
  ])('finds nothing that is not accepted with a reason in %s', (_name, context) => {
    expect(findings(context)).toEqual([]);
  });

  test('would find a port opened to everybody', () => {
    const found = findings({}, (app) => {
      const service = app.node.findChild('TerraceService');
      new CfnSecurityGroupIngress(service, 'Careless', { groupId: 'sg-1', ipProtocol: '-1', cidrIp: '0.0.0.0/0' });
    });
    expect(found).toContain('AwsSolutions-EC23');
  });
});
