import { Command, type CommanderError } from 'commander';
import { expect, test } from 'vitest';
import { unknownLanguage, usageMistake } from './usage-mistakes.ts';

/** What commander throws for these words. */
function thrown(...words: readonly string[]): CommanderError {
  const program = new Command('terrace').exitOverride().configureOutput({ outputError: () => {} });
  program
    .command('status')
    .option('--unit <unit>')
    .action(() => {});
  program.command('probe <from> <to>').action(() => {});
  try {
    program.parse(words, { from: 'user' });
  } catch (error) {
    return error as CommanderError;
  }
  throw new Error('commander took it');
}

test.each([
  [['stauts'], 'UNKNOWN_COMMAND', "Unknown command 'stauts'.", 'stauts 명령은 없습니다.'],
  [['status', '--nope'], 'UNKNOWN_OPTION', "Unknown option '--nope'.", '--nope 옵션은 없습니다.'],
  [
    ['status', 'more'],
    'TOO_MANY_ARGUMENTS',
    "Too many arguments for 'status'. Expected 0 arguments but got 1.",
    'status의 인수가 너무 많습니다.',
  ],
  [['probe', 'a'], 'MISSING_ARGUMENT', "Missing required argument 'to'.", '<to> 인수가 빠졌습니다.'],
  [
    ['status', '--unit'],
    'MISSING_VALUE',
    "Option '--unit <unit>' argument missing.",
    '--unit <unit>의 값이 빠졌습니다.',
  ],
])('%j is told in both languages', (words, code, en, ko) => {
  expect(usageMistake(thrown(...words))).toMatchObject({ code, cause: { en, ko } });
});

test('the nearest name is offered, and the help of the command that was named', () => {
  expect(usageMistake(thrown('stauts')).next.en).toBe('did you mean status? See terrace --help');
  expect(usageMistake(thrown('status', '--nope'), 'status').next.en).toBe('see terrace status --help');
});

test('a language that nothing is said in is no English', () => {
  expect(unknownLanguage('fr')).toMatchObject({
    code: 'UNKNOWN_LANGUAGE',
    cause: { en: 'Terrace does not speak fr.' },
  });
});
