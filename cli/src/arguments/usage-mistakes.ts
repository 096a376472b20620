import { type Mistake, mistake } from '@terrace/cloud/mistake';
import { words } from '@terrace/cloud/words';

/** What was written on the command line and cannot be meant, told by commander in English, as a mistake in both languages. */
export function usageMistake(error: { readonly code: string; readonly message: string }, command?: string): Mistake {
  const [head = '', suggestion = ''] = error.message.replace(/^error: /, '').split('\n');
  const near = /Did you mean (?:one of )?(.+?)\?/.exec(suggestion)?.[1];
  const help = command === undefined ? 'terrace --help' : `terrace ${command} --help`;
  const quoted = /'([^']*)'/.exec(head)?.[1] ?? '';
  const { code, ko } = kinds[error.code] ?? { code: 'UNUSABLE_COMMAND_LINE', ko: () => head };
  const next =
    near === undefined
      ? words(`see ${help}`, `${help}에서 사용법을 볼 수 있습니다`)
      : words(`did you mean ${near}? See ${help}`, `혹시 ${near}인가요? 사용법: ${help}`);
  return mistake(
    code,
    {},
    { cause: words(`${head.charAt(0).toUpperCase()}${head.slice(1).replace(/\.$/, '')}.`, ko(quoted)), next },
  );
}

const kinds: Readonly<Record<string, { readonly code: string; readonly ko: (quoted: string) => string }>> = {
  'commander.unknownOption': { code: 'UNKNOWN_OPTION', ko: (name) => `${name} 옵션은 없습니다.` },
  'commander.unknownCommand': { code: 'UNKNOWN_COMMAND', ko: (name) => `${name} 명령은 없습니다.` },
  'commander.missingArgument': { code: 'MISSING_ARGUMENT', ko: (name) => `<${name}> 인수가 빠졌습니다.` },
  'commander.optionMissingArgument': { code: 'MISSING_VALUE', ko: (name) => `${name}의 값이 빠졌습니다.` },
  'commander.excessArguments': { code: 'TOO_MANY_ARGUMENTS', ko: (name) => `${name}의 인수가 너무 많습니다.` },
};

/** An argument that is needed, and is left out or empty. */
export function missingArgument(name: string, command: string): Mistake {
  return usageMistake(
    { code: 'commander.missingArgument', message: `error: missing required argument '${name}'` },
    command,
  );
}

/** An option with nothing for its value, such as a variable that a shell knew nothing of. */
export function emptyValue(flags: string, command: string): Mistake {
  return mistake(
    'MISSING_VALUE',
    { path: flags.split(' ')[0]! },
    {
      cause: words(`${flags} was given an empty value.`, `${flags}의 값이 비어 있습니다.`),
      next: words(`see terrace ${command} --help`, `terrace ${command} --help에서 사용법을 볼 수 있습니다`),
    },
  );
}

/** A language that nothing is said in. */
export function unknownLanguage(asked: string): Mistake {
  return mistake(
    'UNKNOWN_LANGUAGE',
    {},
    {
      cause: words(
        `Terrace does not speak ${asked || 'a language without a name'}.`,
        `${asked || '빈 값'} 언어는 지원하지 않습니다.`,
      ),
      next: words('use --language en or --language ko', '--language en 또는 --language ko를 쓰세요'),
    },
  );
}
