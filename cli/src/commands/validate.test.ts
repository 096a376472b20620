import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { listeningTerminal } from '../terminal/terminal.fixture.ts';
import { command } from './validate.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'terrace-validate-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const sound =
  'Resources:\n  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}\n  Api: {Type: AWS::AppSync::GraphQLApi, Properties: {Name: a, AuthenticationType: API_KEY}}\n';
const faulty =
  'Resources:\n  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlok: 10.0.0.0/16}}\n  Topic: {Type: AWS::SNS::Topik}\n';

async function validate(text: string, options: object = {}, language: 'en' | 'ko' = 'en') {
  const file = path.join(folder, 'template.yaml');
  writeFileSync(file, text);
  const { terminal, said } = listeningTerminal({ language, json: true });
  const code = await command.run({ arguments: [], options: { template: [file], ...options }, terminal });
  return { code, value: said.value, printed: said.lines.join('\n') };
}

describe('terrace validate', () => {
  test('counts what is real, modelled and ignored of a sound template', async () => {
    const { code, value, printed } = await validate(sound);
    expect(code).toBe(0);
    expect(value).toMatchObject({
      valid: true,
      mistakes: [],
      warnings: [],
      resources: { real: 1, unable: 0, modelled: 0, ignored: 1 },
    });
    expect(printed).toContain('AWS::AppSync::GraphQLApi');
    expect(printed).toContain('0 mistakes, 0 warnings');
  });

  test('refuses what would be ignored, where that is asked for', async () => {
    const { code, value } = await validate(sound, { strict: true });
    expect(code).toBe(2);
    expect((value as { mistakes: { code: string }[] }).mistakes.map((each) => each.code)).toEqual(['IGNORED_TYPE']);
  });

  test('shows every mistake, in both languages', async () => {
    const { code, printed } = await validate(faulty);
    expect(code).toBe(2);
    expect(printed).toContain('Did you mean "CidrBlock"?');
    expect(printed).toContain('Did you mean "AWS::SNS::Topic"?');
    expect((await validate(faulty, {}, 'ko')).printed).toContain('"CidrBlock"을 뜻하셨나요?');
  });

  test('writes SARIF with a rule and a place for each finding', async () => {
    const { value } = await validate(faulty, { sarif: true });
    const [run] = (value as { runs: { tool: { driver: { rules: { id: string }[] } }; results: object[] }[] }).runs;
    expect(run!.tool.driver.rules.map((each) => each.id)).toEqual(['UNKNOWN_PROPERTY', 'UNKNOWN_TYPE']);
    expect(run!.results).toHaveLength(2);
    expect(run!.results[0]).toMatchObject({
      ruleId: 'UNKNOWN_PROPERTY',
      ruleIndex: 0,
      level: 'error',
      locations: [
        {
          physicalLocation: { region: { startLine: 2, startColumn: 43 } },
          logicalLocations: [{ fullyQualifiedName: 'Vpc.Properties.CidrBlok' }],
        },
      ],
    });
  });
});
