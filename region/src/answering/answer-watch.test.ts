import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { AnswerWatch, type Asked } from './answer-watch.ts';

describe('a watch of answers', () => {
  test('says that a process is silent, that it hangs, and that it answers again', async () => {
    const { asked, said } = partOf({ patience: 200 });
    using watch = new AnswerWatch(asked.parts);
    expect(await watch.look()).toBeNull();
    asked.answer(false);
    expect(await watch.look()).toBeGreaterThanOrEqual(100);
    await expect.poll(() => said).toEqual(['silent', 'hangs']);
    asked.answer(true);
    await expect.poll(() => said).toContain('answers');
    expect(watch.silentFor).toBeNull();
  });

  test('asks anew where a question was lost', async () => {
    const { asked, said } = partOf({ patience: 3_000 });
    using watch = new AnswerWatch(asked.parts);
    asked.answer(false);
    await expect.poll(() => asked.open).toBe(1);
    asked.answer('later questions');
    await expect.poll(() => said).toEqual(['silent', 'answers']);
    expect(watch.silentFor).toBeNull();
  });

  test('counts refused questions as no answer', async () => {
    const { asked, said } = partOf({ patience: 200 });
    using _ = new AnswerWatch(asked.parts);
    asked.answer('refuses');
    await expect.poll(() => said).toContain('hangs');
  });

  test('does not count the time in which it did not run itself', async () => {
    const { asked, said } = partOf({ patience: 1_000 });
    let skipped = 0;
    using watch = new AnswerWatch(asked.parts, () => performance.now() + skipped);
    asked.answer(false);
    await expect.poll(() => asked.open).toBe(1);
    skipped = 3_600_000;
    await delay(300);
    asked.answer(true);
    expect(said).not.toContain('hangs');
    expect(await watch.look()).toBeNull();
  });

  test('begins anew with another process, and asks nobody where there is none', async () => {
    const { asked, said } = partOf({ patience: 400 });
    using watch = new AnswerWatch(asked.parts);
    asked.answer(false);
    await expect.poll(() => said).toEqual(['silent']);
    asked.whom = null;
    expect(await watch.look()).toBeNull();
    asked.answer(true);
    asked.whom = {};
    expect(await watch.look()).toBeNull();
    expect(said).toEqual(['silent']);
  });
});

function partOf({ patience }: { readonly patience: number }) {
  const said: string[] = [];
  const waiting: (() => void)[] = [];
  const state = { whom: {} as object | null, open: 0, how: true as Answering };
  const parts: Asked = {
    whom: () => state.whom,
    patience: () => patience,
    ask: async () => {
      if (state.how === 'refuses') throw new Error('refused');
      if (state.how !== false) return;
      state.open += 1;
      await new Promise<void>((resolve) => waiting.push(resolve));
    },
    silent: () => said.push('silent'),
    answersAgain: () => said.push('answers'),
    hangs: () => said.push('hangs'),
  };
  const asked = Object.assign(state, {
    parts,
    /** `true` answers what was asked before too, as a process does that goes on. */
    answer(how: Answering) {
      state.how = how;
      if (how === true) for (const resolve of waiting.splice(0)) resolve();
    },
  });
  return { asked, said };
}

type Answering = boolean | 'refuses' | 'later questions';
