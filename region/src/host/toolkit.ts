import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { failure, type Mistake, mistake, type Result, success } from '@terrace/cloud/mistake';
import { words } from '@terrace/cloud/words';
import { hasPackageTools, takeApart, withDependencies } from './debian-packages.ts';
import { findProgram, missingPrograms } from './programs.ts';
import { ProgramFailed } from './run.ts';

/**
 * The toolkit: Debian packages that the host lacks, taken apart into a folder of Terrace's own. Nothing is installed, so no service of
 * theirs is ever started or enabled on the host, and an ordinary user can do it too.
 */
function toolkitDirectory(): string {
  const cache = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
  return join(cache, 'terrace', 'toolkit');
}

/** The toolkit's folder where there is one, for the region to lay under `/usr`. */
export function existingToolkit(): string | null {
  const directory = toolkitDirectory();
  return existsSync(join(directory, 'usr')) ? directory : null;
}

interface Setup {
  /** Packages taken apart now; none where everything was there. */
  readonly added: readonly string[];
  readonly toolkit: string | null;
}

/**
 * Sees to the programs that a region needs, and to others that are wanted besides.
 *
 * Mistakes: `PROGRAMS_MISSING` where this machine has no apt or apt has no lists, with the one line that mends it.
 */
export async function setUp(
  tell: (text: string) => void,
  wanted: readonly { readonly program: string; readonly package: string }[] = [],
): Promise<Result<Setup>> {
  const toolkit = existingToolkit();
  const lacking = (within: string | null) => [
    ...missingPrograms(within),
    ...wanted.filter(({ program }) => findProgram(program, within) === undefined),
  ];
  const missing = lacking(toolkit);
  if (missing.length === 0) return success({ added: [], toolkit });
  const packages = [...new Set(missing.map((each) => each.package))];
  if (!hasPackageTools()) {
    return failure([programsMissing(packages)]);
  }
  try {
    const added = await addPackages(packages, tell);
    const still = lacking(toolkitDirectory());
    return still.length === 0
      ? success({ added, toolkit: toolkitDirectory() })
      : failure([programsMissing(still.map((each) => each.package))]);
  } catch (error) {
    if (error instanceof ProgramFailed) return failure([programsMissing(packages, error.message)]);
    throw error;
  }
}

/**
 * Takes further packages apart into the toolkit, where their program is not there yet: what a benchmark measures with.
 *
 * @throws ProgramFailed where this machine cannot fetch them
 */
export async function addToToolkit(
  wanted: readonly { readonly program: string; readonly package: string }[],
): Promise<void> {
  const missing = wanted.filter(({ program }) => findProgram(program, existingToolkit()) === undefined);
  if (missing.length > 0)
    await addPackages(
      missing.map((each) => each.package),
      () => undefined,
    );
}

async function addPackages(packages: readonly string[], tell: (text: string) => void): Promise<string[]> {
  const directory = toolkitDirectory();
  mkdirSync(join(directory, '..'), { recursive: true });
  const scratch = mkdtempSync(join(directory, '..', 'toolkit-'));
  try {
    const missing = await withDependencies(packages);
    const needed = missing.length > 0 ? missing : [...packages];
    tell(needed.join(' '));
    const root = existsSync(directory) ? directory : join(scratch, 'root');
    await takeApart(needed, scratch, root);
    if (root !== directory) renameSync(root, directory);
    return needed;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function programsMissing(packages: readonly string[], said?: string): Mistake {
  const list = [...new Set(packages)].join(' ');
  const because = said ? `: ${said}` : '';
  return mistake(
    'PROGRAMS_MISSING',
    {},
    {
      cause: words(
        `A region needs programs of these Debian packages, which this machine lacks: ${list}${because}`,
        `로컬 리전을 실행하려면 다음 데비안 패키지의 프로그램이 필요한데 이 컴퓨터에 없습니다: ${list}${because}`,
      ),
      next: words(
        `on Debian or Ubuntu run: sudo apt-get update && terrace setup`,
        `데비안이나 우분투라면 실행하세요: sudo apt-get update && terrace setup`,
      ),
    },
  );
}
