import { loadTexts } from './load.ts';
import { mutate, type Random, random } from './mutate.fixture.ts';

export interface FuzzCase {
  /** The number that decides everything about it. */
  readonly seed: number;
  readonly texts: Readonly<Record<string, string>>;
}

export interface FuzzOutcome {
  readonly seed: number;
  readonly milliseconds: number;
  readonly loaded: boolean;
  /** A bug of the loader: it threw, or said something without cause or next step. */
  readonly crash: string | null;
}

/** One damaged template, or two that are loaded together. */
export function fuzzCase(seed: number, corpus: readonly string[]): FuzzCase {
  const next = random(seed);
  const one = damaged(next, corpus);
  const texts: Record<string, string> = { [next(4) === 0 ? 'one.json' : 'one.yaml']: one };
  if (next(4) === 0) texts['two.yaml'] = damaged(next, corpus);
  return { seed, texts };
}

/** Loads a case and says how it went. Whatever the text, the loader answers with an inventory or with mistakes, and never throws. */
export async function runFuzzCase({ seed, texts }: FuzzCase): Promise<FuzzOutcome> {
  const start = performance.now();
  const done = (loaded: boolean, crash: string | null): FuzzOutcome => ({
    seed,
    milliseconds: performance.now() - start,
    loaded,
    crash,
  });
  try {
    const result = await loadTexts(texts);
    const said = result.ok ? result.warnings : result.mistakes;
    const mute = said.find(({ code, cause, next }) => !(code && cause.en && cause.ko && next.en && next.ko));
    if (mute) return done(result.ok, `a mistake without words: ${JSON.stringify(mute)}`);
    if (!result.ok && said.length === 0) return done(false, 'refused without a mistake');
    JSON.stringify(result);
    return done(result.ok, null);
  } catch (error) {
    return done(false, error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
}

function damaged(next: Random, corpus: readonly string[]): string {
  let text = corpus[next(corpus.length)] as string;
  for (let count = next(6); count >= 0; count--) text = mutate(text, corpus, next);
  return text;
}
