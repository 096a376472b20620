import { createContext, runInContext } from 'node:vm';

/** What came of holding texts against a parameter's `AllowedPattern`. */
type PatternVerdict = 'matches' | 'differs' | 'unreadable' | 'endless';

/** Milliseconds; a pattern that needs longer for a parameter's value is one that never ends. A busy machine may leave any aside for a while. */
const timeLimit = 1_000;

/**
 * Whether every text matches the whole of the pattern. AWS reads Java's patterns: what JavaScript cannot read is `unreadable`. A pattern
 * that backtracks without end (`(a+)+b`) is stopped and called `endless`.
 */
export function matchPattern(pattern: string, texts: readonly string[]): PatternVerdict {
  let expression: RegExp;
  try {
    expression = new RegExp(`^(?:${pattern})$`);
  } catch {
    return 'unreadable';
  }
  const test = mayBacktrack(pattern)
    ? (text: string) => testInTime(expression, text)
    : (text: string) => expression.test(text);
  let differs = false;
  for (const text of texts) {
    const found = test(text);
    if (found === undefined) return 'endless';
    differs ||= !found;
  }
  return differs ? 'differs' : 'matches';
}

/** Only a repeated group or a reference back can take more than polynomial time. */
function mayBacktrack(pattern: string): boolean {
  return /\)[*+{?]|\\[1-9k]/.test(pattern) || (pattern.match(/[*+]|\{\d+,/g)?.length ?? 0) > 4;
}

let context: ReturnType<typeof createContext> | undefined;

/** `undefined` if it takes too long. */
function testInTime(expression: RegExp, text: string): boolean | undefined {
  context ??= createContext({});
  Object.assign(context, { source: expression.source, text });
  try {
    return runInContext('new RegExp(source).test(text)', context, { timeout: timeLimit }) === true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') return undefined;
    throw error;
  }
}
