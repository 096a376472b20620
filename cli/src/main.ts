import { readFileSync } from 'node:fs';
import type { Mistake } from '@terrace/cloud/mistake';
import { words as both, type Language } from '@terrace/cloud/words';
import { DamagedState } from '@terrace/region/keeping/damaged-state';
import { Command, CommanderError } from 'commander';
import { fileMistake } from './arguments/file-mistake.ts';
import { emptyValue, missingArgument, unknownLanguage, usageMistake } from './arguments/usage-mistakes.ts';
import type { CommandDefinition } from './command.ts';
import { commandGroups, startHere } from './command-groups.ts';
import { exitCode, openTerminal, type Terminal } from './terminal/terminal.ts';

/** Each command is loaded when it is named, so that none pays for another's libraries. */
const commands: Readonly<Record<string, () => Promise<{ command: CommandDefinition }>>> = {
  up: () => import('./commands/up.ts'),
  status: () => import('./commands/status.ts'),
  probe: () => import('./commands/probe.ts'),
  exec: () => import('./commands/exec.ts'),
  logs: () => import('./commands/logs.ts'),
  events: () => import('./commands/events.ts'),
  metrics: () => import('./commands/metrics.ts'),
  clock: () => import('./commands/clock.ts'),
  mail: () => import('./commands/mail.ts'),
  diff: () => import('./commands/diff.ts'),
  diagnose: () => import('./commands/diagnose.ts'),
  database: () => import('./commands/database.ts'),
  open: () => import('./commands/open.ts'),
  forward: () => import('./commands/forward.ts'),
  down: () => import('./commands/down.ts'),
  reach: () => import('./commands/reach.ts'),
  check: () => import('./commands/check.ts'),
  diagram: () => import('./commands/diagram.ts'),
  access: () => import('./commands/access.ts'),
  cost: () => import('./commands/cost.ts'),
  budget: () => import('./commands/budget.ts'),
  edge: () => import('./commands/edge.ts'),
  prices: () => import('./commands/prices.ts'),
  validate: () => import('./commands/validate.ts'),
  import: () => import('./commands/import.ts'),
  explain: () => import('./commands/explain.ts'),
  doctor: () => import('./commands/doctor.ts'),
  setup: () => import('./commands/setup.ts'),
  trust: () => import('./commands/trust.ts'),
};

const summary = both(
  'Runs an AWS architecture on this machine, proves what can reach what, prices it and says who may do what, from one template.',
  '템플릿 하나로 AWS 아키텍처를 이 컴퓨터에서 실행하고, 통신을 증명하고, 비용을 계산하고, 권한을 확인합니다.',
);

const koreanTitles: Readonly<Record<string, string>> = {
  'Usage:': '사용법:',
  'Options:': '옵션:',
  'Commands:': '명령:',
  'Arguments:': '인수:',
};

/** What commander throws where it has said what was asked for. */
const shown = new Set(['commander.helpDisplayed', 'commander.help', 'commander.version']);

/** As a shell tells of SIGPIPE. */
const readNoFurther = 128 + 13;

/** What every command takes, before or after its name. */
const everywhere = {
  json: both('print the result as JSON', '결과를 JSON으로 출력'),
  language: both('language of what is shown: en or ko', '표시 언어: en 또는 ko'),
};

const notYours = both(
  'Something failed that Terrace does not know of; it is no mistake of yours. This is for a bug report:',
  'Terrace가 예상하지 못한 실패입니다. 아래 내용을 버그 보고에 붙여 주세요:',
);

// Who reads no further, as `head` does, ends a command as it would any other program.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(readNoFurther);
});

// Node itself would print what was thrown as it came.
process.on('uncaughtException', (error) => {
  openTerminal({}).failure(error.stack ?? error.message);
  process.exit(exitCode.failure);
});

await main(process.argv.slice(2));

async function main(words: readonly string[]): Promise<void> {
  const asked = languageAsked(words);
  const terminal = openTerminal({
    json: own(words).includes('--json'),
    ...(asked === undefined ? {} : { language: asked }),
  });
  if (asked !== undefined && asked !== 'en' && asked !== 'ko') {
    terminal.mistakes([unknownLanguage(asked)]);
    process.exitCode = exitCode.mistake;
    return;
  }
  const program = programIn(terminal);
  const named = words.find((word) => Object.hasOwn(commands, word));
  for (const { title, commands: names } of commandGroups) {
    for (const name of names) {
      if (named === undefined || name === named)
        add(program, (await commands[name]!()).command, terminal).helpGroup(title[terminal.language]);
    }
  }
  try {
    const helpWith = words[0] === 'help' ? words[1] : undefined;
    if (
      helpWith !== undefined &&
      !helpWith.startsWith('-') &&
      !Object.hasOwn(commands, helpWith) &&
      helpWith !== 'help'
    )
      program.error(`error: unknown command '${helpWith}'`, { code: 'commander.unknownCommand' });
    await program.parseAsync(words, { from: 'user' });
  } catch (error) {
    process.exitCode = told(error, terminal, named);
  }
}

/** What belongs to no command: help, version, and the words that commander itself says. */
function programIn(terminal: Terminal): Command {
  const { language } = terminal;
  const inLanguage = (text: string) =>
    language === 'ko' ? text.replace('[options]', '[옵션]').replace('[command]', '[명령]') : text;
  return new Command('terrace')
    .exitOverride()
    .enablePositionalOptions()
    .configureOutput({ outputError: () => {}, writeOut: (text) => terminal.help(text) })
    .configureHelp({
      styleTitle: (title) => (language === 'ko' ? (koreanTitles[title] ?? title) : title),
      styleUsage: inLanguage,
      styleSubcommandTerm: inLanguage,
    })
    .description(`${summary[language]}\n\n${beginning(language)}`)
    .commandsGroup(commandGroups.at(-1)!.title[language])
    .helpOption('-h, --help', both('how it is used', '사용법 보기')[language])
    .helpCommand('help [command]', both('how a command is used', '명령의 사용법 보기')[language])
    .option('--json', everywhere.json[language])
    .option('--language <language>', everywhere.language[language])
    .version(version(), '--version', both('which version this is', '버전 보기')[language]);
}

function beginning(language: Language): string {
  const lines = startHere.map(({ line, why }) => `  ${line.padEnd(16)}${why[language]}`);
  return [language === 'ko' ? '처음이라면:' : 'Start here:', ...lines].join('\n');
}

function version(): string {
  const file = new URL('../package.json', import.meta.url);
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}

function add(program: Command, definition: CommandDefinition, terminal: Terminal): Command {
  const { language } = terminal;
  const command = program.command(definition.usage).description(definition.summary[language]);
  for (const option of definition.options) {
    if (option.repeatable) {
      command.option(option.flags, option.description[language], (value: string, before: string[] = []) => [
        ...before,
        value,
      ]);
    } else {
      command.option(option.flags, option.description[language]);
    }
  }
  for (const argument of command.registeredArguments) {
    argument.description = definition.arguments?.[argument.name()]?.[language] ?? '';
  }
  command.option('--json', everywhere.json[language]).option('--language <language>', everywhere.language[language]);
  command.addHelpText(
    'after',
    `\n${language === 'ko' ? '예시' : 'Examples'}:\n${definition.examples.map((line) => `  ${line}`).join('\n')}`,
  );
  command.action(async (...given: unknown[]) => {
    const options = command.opts();
    const empty = [...emptyOptions(command), ...emptyArguments(command)];
    if (empty.length > 0) {
      terminal.mistakes(empty);
      process.exitCode = exitCode.mistake;
      return;
    }
    const positional = given
      .slice(0, -2)
      .flat()
      .filter((each): each is string => typeof each === 'string');
    process.exitCode = await definition.run({ arguments: positional, options, terminal });
  });
  return command;
}

function emptyOptions(command: Command): Mistake[] {
  return command.options
    .filter((option) => [command.getOptionValue(option.attributeName())].flat().includes(''))
    .map(({ flags }) => emptyValue(flags, command.name()));
}

/** What a command in an instance is given may be empty. */
function emptyArguments(command: Command): Mistake[] {
  return command.registeredArguments
    .filter((argument, index) => !argument.variadic && command.args[index] === '')
    .map((argument) => missingArgument(argument.name(), command.name()));
}

/** The words for terrace itself: after `--` they are a command's in an instance. */
function own(words: readonly string[]): readonly string[] {
  const dashes = words.indexOf('--');
  return dashes < 0 ? words : words.slice(0, dashes);
}

function languageAsked(words: readonly string[]): string | undefined {
  const mine = own(words);
  const index = mine.indexOf('--language');
  return index >= 0
    ? mine[index + 1]
    : mine.find((word) => word.startsWith('--language='))?.slice('--language='.length);
}

/** Says what was thrown, and resolves to the exit code: help and version are answers, a wrong command line, a refused and a damaged file the user's to mend. */
function told(error: unknown, terminal: Terminal, named: string | undefined): number {
  if (error instanceof CommanderError && shown.has(error.code)) return exitCode.answered;
  const mistaken =
    error instanceof CommanderError
      ? usageMistake(error, named)
      : error instanceof DamagedState
        ? error.mistake
        : fileMistake(error);
  if (mistaken) {
    terminal.mistakes([mistaken]);
    return exitCode.mistake;
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  terminal.failure(terminal.json ? stack : `${notYours[terminal.language]}\n${stack}`);
  return exitCode.failure;
}
