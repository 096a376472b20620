import { execFile, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { raw } from '../terminal/hostile.fixture.ts';
import { openTerminal } from '../terminal/terminal.ts';
import { loadProject } from './project.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'terrace-parameters-'));
  writeFileSync(
    join(folder, 'a.yaml'),
    `
Parameters: { Key: { Type: String, NoEcho: true }, Open: { Type: String, Default: x } }
Resources: { A: { Type: AWS::SNS::Topic, Properties: { DisplayName: !Sub '\${Key} \${Open}' } } }
`,
  );
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function secretFile(mode: number): string {
  const file = join(folder, `secret-${mode.toString(8)}`);
  writeFileSync(file, 'From-A-File-4711\n', { mode });
  chmodSync(file, mode);
  return file;
}

const load = (...parameter: string[]) => loadProject({ template: ['a.yaml'], parameter }, folder);
const name = async (...parameter: string[]) => {
  const loaded = await load(...parameter);
  return loaded.ok ? loaded.value.resources[0]!.properties.DisplayName : loaded.mistakes.map(({ code }) => code);
};
/** What is said beside the next thing that is printed. */
const remarks = () => {
  const printed: string[] = [];
  openTerminal({}, { out: { write: () => true }, error: { write: (text) => printed.push(text) } }).result(0, () => '');
  return printed.join('');
};

describe('the value of a parameter', () => {
  test('comes from a file that its owner alone may read, without its last line end', async () => {
    expect(await name(`Key=file://${secretFile(0o600)}`)).toBe('From-A-File-4711 x');
    expect(await name(`Key=file://${secretFile(0o400)}`)).toBe('From-A-File-4711 x');
    expect(remarks()).toBe('');
  });

  test('comes from the environment', async () => {
    process.env.TERRACE_TEST_KEY = 'From-Environment-4711';
    expect(await name('Key=env://TERRACE_TEST_KEY')).toBe('From-Environment-4711 x');
    delete process.env.TERRACE_TEST_KEY;
    expect(remarks()).toBe('');
    expect(await name('Key=env://TERRACE_TEST_KEY')).toEqual(['PARAMETER_NOT_READABLE']);
  });

  test.each([
    ['0640', 0o640],
    ['0604', 0o604],
    ['0622', 0o622],
  ])('that is secret is not taken from a file of mode %s', async (_mode, bits) => {
    expect(await name(`Key=file://${secretFile(bits)}`)).toEqual(['SECRET_FILE_OPEN']);
  });

  test('that is no secret may come from any file', async () => {
    expect(await name(`Open=file://${secretFile(0o644)}`, `Key=file://${secretFile(0o600)}`)).toContain('From-A-File');
    expect(remarks()).toBe('');
  });

  test('is missed where the file is', async () => {
    expect(await name('Key=file:///nowhere/at/all')).toEqual(['PARAMETER_NOT_READABLE']);
  });

  test('that is secret and on the command line is warned of, once, without the value', async () => {
    expect(await name('Key=Written-4711', 'Open=y')).toBe('Written-4711 y');
    const said = remarks();
    expect(said).toMatch(/The parameter Key is a secret.*history and in ps/s);
    expect(said).not.toContain('4711');
    await name('Key=Written-4711');
    expect(remarks()).toBe('');
  });
});

test('a missing secret is asked for by file', async () => {
  const loaded = await load();
  expect(loaded.ok ? [] : loaded.mistakes.map(({ next }) => next.en)).toEqual([
    'Give it one from a file that only you may read: --parameter Key=file://PATH',
  ]);
});

describe('the built command', () => {
  const command = join(import.meta.dirname, '../../bin/terrace.js');

  test('reads a secret from standard input, and does not show it', () => {
    const { stdout, stderr, status } = spawnSync(
      process.execPath,
      [command, 'validate', '--template', 'a.yaml', '--parameter', 'Key=file://-'],
      { cwd: folder, input: 'From-Input-4711\n', encoding: 'utf8' },
    );
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).not.toContain('4711');
  });

  test('warns on standard error, and keeps its JSON clean', async () => {
    const { stdout, stderr } = await promisify(execFile)(
      process.execPath,
      [command, 'validate', '--json', '--template', 'a.yaml', '--parameter', 'Key=Written-4711'],
      { cwd: folder },
    );
    expect(JSON.parse(stdout).valid).toBe(true);
    expect(stderr).toContain('file://PATH');
    expect(stdout + stderr).not.toContain('4711');
  });

  test('shows no escape sequence of its own arguments', () => {
    const { stdout, stderr } = spawnSync(process.execPath, [command, 'validate', '--template', '\x1b]52;c;aGk=\x07'], {
      cwd: folder,
      encoding: 'utf8',
    });
    expect(stdout).toContain('\\x1b]52;c;aGk=\\x07');
    expect(stdout + stderr).not.toMatch(raw);
  });
});
