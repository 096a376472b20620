import { readFileSync, statSync } from 'node:fs';
import { type Mistake, mistake } from '@terrace/cloud/mistake';
import { words } from '@terrace/cloud/words';

/** A parameter's value, and who else may have read it on its way here. */
export interface ParameterValue {
  readonly value: string;
  readonly exposure: Exposure;
}

export type Exposure =
  /** From standard input, the environment, or a file that its owner alone may read. */
  | { readonly kind: 'private' }
  /** From a file that others may read. */
  | { readonly kind: 'readable'; readonly file: string }
  /** Written down: on the command line, or in `terrace.json`. */
  | { readonly kind: 'written'; readonly where: 'command line' | 'settings' };

/**
 * The value that `--parameter NAME=VALUE` or `terrace.json` means: `file://PATH` is read as the AWS CLI reads it, `file://-` from standard
 * input, `env://NAME` from the environment; anything else is the value itself. One line end at the end of a file is not part of it. Adds a
 * mistake for what cannot be read: `PARAMETER_NOT_READABLE`.
 *
 * https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-parameters-file.html
 */
export function parameterValue(
  name: string,
  given: string,
  where: 'command line' | 'settings',
  mistakes: Mistake[],
): ParameterValue | undefined {
  const [, source, rest = ''] = /^(file|env):\/\/(.*)$/s.exec(given) ?? [];
  if (source === undefined) return { value: given, exposure: { kind: 'written', where } };
  if (source === 'env') {
    const value = process.env[rest];
    if (value === undefined) mistakes.push(noVariable(name, rest));
    return value === undefined ? undefined : { value, exposure: { kind: 'private' } };
  }
  try {
    const value = (rest === '-' ? standardInput() : readFileSync(rest, 'utf8')).replace(/\r?\n$/, '');
    const open = rest !== '-' && isReadableByOthers(rest);
    return { value, exposure: open ? { kind: 'readable', file: rest } : { kind: 'private' } };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    mistakes.push(noFile(name, rest, code));
    return undefined;
  }
}

let input: string | undefined;

/** Read once: a project is read again when it changes, and standard input has ended by then. */
function standardInput(): string {
  input ??= readFileSync(0, 'utf8');
  return input;
}

/** A pipe or a device is not kept anywhere. */
function isReadableByOthers(file: string): boolean {
  const { mode } = statSync(file);
  return statSync(file).isFile() && (mode & 0o077) !== 0;
}

function noFile(name: string, file: string, code: string): Mistake {
  return mistake(
    'PARAMETER_NOT_READABLE',
    { file },
    {
      cause: words(
        `The file with the value of the parameter ${name} cannot be read (${code}).`,
        `파라미터 ${name}의 값이 든 파일을 읽을 수 없습니다(${code}).`,
      ),
      next: words('Name a file that is there and that you may read.', '존재하고 읽을 권한이 있는 파일을 지정하세요.'),
    },
  );
}

function noVariable(name: string, variable: string): Mistake {
  return mistake(
    'PARAMETER_NOT_READABLE',
    {},
    {
      cause: words(
        `The value of the parameter ${name} is to come from the environment variable ${variable}, which is not set.`,
        `파라미터 ${name}의 값을 환경 변수 ${variable}에서 읽어야 하는데, 이 변수가 설정되어 있지 않습니다.`,
      ),
      next: words(`Set it: export ${variable}=…`, `설정하세요: export ${variable}=…`),
    },
  );
}

/** A file with a secret is its owner's alone, as ssh asks of a private key. */
export function secretFileOpen(name: string, file: string): Mistake {
  return mistake(
    'SECRET_FILE_OPEN',
    { file },
    {
      cause: words(
        `The parameter ${name} is a secret (NoEcho), and other users may read or change the file with its value.`,
        `파라미터 ${name}{은/는} 보안 암호(NoEcho)인데, 값이 든 파일을 다른 사용자가 읽거나 바꿀 수 있습니다.`,
      ),
      next: words(`chmod 600 ${file}`, `chmod 600 ${file}`),
    },
  );
}

export function secretWritten(name: string, where: 'command line' | 'settings') {
  return where === 'command line'
    ? words(
        `The parameter ${name} is a secret (NoEcho), and on the command line it stands in the shell's history and in ps.\n  → give it by a file: --parameter ${name}=file://PATH, standard input: ${name}=file://-, or environment: ${name}=env://VARIABLE`,
        `파라미터 ${name}{은/는} 보안 암호(NoEcho)인데, 명령줄에 쓴 값은 셸 기록과 ps에 남습니다.\n  → 파일(--parameter ${name}=file://경로), 표준 입력(${name}=file://-), 환경 변수(${name}=env://변수)로 지정하세요`,
      )
    : words(
        `The parameter ${name} is a secret (NoEcho), and terrace.json has it in clear.\n  → name a file in its place: "${name}": "file://PATH", or the environment: "${name}": "env://VARIABLE"`,
        `파라미터 ${name}{은/는} 보안 암호(NoEcho)인데, terrace.json에 값이 그대로 있습니다.\n  → 값 대신 파일("${name}": "file://경로")이나 환경 변수("${name}": "env://변수")를 지정하세요`,
      );
}
