import { Command } from 'commander';
import type { CommandDefinition } from './command.ts';
import { chooseLanguage, exitCode, openTerminal } from './terminal.ts';

/** Each command is loaded when it is named, so that none pays for another's libraries. */
const commands: Readonly<Record<string, () => Promise<{ command: CommandDefinition }>>> = {
  access: () => import('./commands/access.ts'),
  budget: () => import('./commands/budget.ts'),
  cost: () => import('./commands/cost.ts'),
  edge: () => import('./commands/edge.ts'),
  prices: () => import('./commands/prices.ts'),
  up: () => import('./commands/up.ts'),
  diff: () => import('./commands/diff.ts'),
  down: () => import('./commands/down.ts'),
  status: () => import('./commands/status.ts'),
  probe: () => import('./commands/probe.ts'),
  exec: () => import('./commands/exec.ts'),
  logs: () => import('./commands/logs.ts'),
  doctor: () => import('./commands/doctor.ts'),
  setup: () => import('./commands/setup.ts'),
  trust: () => import('./commands/trust.ts'),
  validate: () => import('./commands/validate.ts'),
  reach: () => import('./commands/reach.ts'),
  check: () => import('./commands/check.ts'),
  diagram: () => import('./commands/diagram.ts'),
  diagnose: () => import('./commands/diagnose.ts'),
};

await main(process.argv.slice(2));

async function main(words: readonly string[]): Promise<void> {
  const language = chooseLanguage(languageAsked(words), process.env);
  const program = new Command('terrace').exitOverride().enablePositionalOptions();
  const named = words.find((word) => Object.hasOwn(commands, word));
  for (const [name, load] of Object.entries(commands)) {
    if (named !== undefined && name !== named) continue;
    add(program, (await load()).command, language);
  }
  try {
    await program.parseAsync(words, { from: 'user' });
  } catch (error) {
    process.exitCode = commanderExitCode(error);
  }
}

function add(program: Command, definition: CommandDefinition, language: 'en' | 'ko'): void {
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
  command.option('--json', language === 'ko' ? '결과를 JSON으로 출력' : 'print the result as JSON');
  command.option(
    '--language <language>',
    language === 'ko' ? '표시 언어: en 또는 ko' : 'language of what is shown: en or ko',
  );
  command.addHelpText(
    'after',
    `\n${language === 'ko' ? '예시' : 'Examples'}:\n${definition.examples.map((line) => `  ${line}`).join('\n')}`,
  );
  command.action(async (...given: unknown[]) => {
    const options = command.opts();
    const terminal = openTerminal(options);
    const positional = given
      .slice(0, -2)
      .flat()
      .filter((each): each is string => typeof each === 'string');
    process.exitCode = await definition.run({ arguments: positional, options, terminal });
  });
}

function languageAsked(words: readonly string[]): string | undefined {
  const index = words.indexOf('--language');
  return index >= 0
    ? words[index + 1]
    : words.find((word) => word.startsWith('--language='))?.slice('--language='.length);
}

function commanderExitCode(error: unknown): number {
  const code = (error as { code?: string }).code ?? '';
  if (code === 'commander.helpDisplayed' || code === 'commander.help' || code === 'commander.version')
    return exitCode.answered;
  if (code.startsWith('commander.')) return exitCode.mistake;
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  return exitCode.failure;
}
