import type { Page } from 'playwright-core';
import { type Action, dawn, down, flare, Night, stepsPerSecond, up } from '../src/rules/night.ts';
import { robotMove } from '../src/rules/robot.ts';

/** How a player's hands reach the game. */
export type Hands = 'keyboard' | 'touch';

/**
 * Begins a game on a page that shows its title, and plays it for some seconds as the robot would who sees the same
 * night, through keys or touches alone. All it sees of the page is the hour of the night, by which it keeps time.
 */
export async function play(page: Page, hands: Hands, seconds: number): Promise<void> {
  const seed = await begin(page, hands);
  const night = new Night(seed);
  const began = performance.now();
  const clock = { hour: 0, at: began };
  let press: Promise<void> | undefined;
  while (performance.now() - began < seconds * 1000 && (await screenOf(page)) === 'playing') {
    const now = await stepOf(page, clock);
    while (night.step < now && !night.over) night.advance();
    const move = press ? undefined : robotMove(night, 3);
    if (move !== undefined && night.allows(move)) {
      night.act(move);
      press = act(page, hands, move).finally(() => {
        press = undefined;
      });
    }
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  await press;
}

/** The hour is shown in this many parts of the night, so that it changes once a second. */
const hours = 300;

/** The step that the page is at: counted from the moment at which its hour last changed. */
async function stepOf(page: Page, clock: { hour: number; at: number }): Promise<number> {
  const shown = await page.evaluate(() => document.getElementById('progress')?.style.transform ?? '');
  const hour = Math.round(Number(/scaleX\((.*)\)/.exec(shown)?.[1] ?? 0) * hours);
  const now = performance.now();
  if (hour > clock.hour) {
    clock.hour = hour;
    clock.at = now;
  }
  // An hour is rounded, so it changes in the middle; before the first change the game has just begun.
  const since = Math.min(1, (now - clock.at) / 1000) * stepsPerSecond;
  return clock.hour === 0 ? since : (clock.hour - 0.5) * (dawn / hours) + since;
}

/** Burns what light is left and waits for the end. */
export async function finish(page: Page, hands: Hands): Promise<void> {
  while ((await screenOf(page)) === 'playing') {
    await act(page, hands, flare);
    await page.waitForTimeout(400);
  }
  await page.waitForSelector('[data-screen=over]');
}

async function begin(page: Page, hands: Hands): Promise<string> {
  await page.waitForFunction(() => document.body.dataset.screen === 'title');
  // What the page asked for before it is loaded anew is answered: an answer that comes later would be taken for the new one's.
  await page.waitForFunction(() =>
    performance.getEntriesByType('resource').some(({ name }) => name.endsWith('/api/runs')),
  );
  const opened = page.waitForResponse((response) => response.url().endsWith('/api/runs'));
  // The run that the page opened ahead is not known here: one that it opens now is.
  await page.reload();
  const { seed } = (await (await opened).json()) as { seed: string };
  if (hands === 'keyboard') await page.keyboard.press('Enter');
  else await page.click('#play');
  await page.waitForSelector('[data-screen=playing]');
  return seed;
}

function screenOf(page: Page): Promise<string | undefined> {
  return page.evaluate(() => document.body.dataset.screen);
}

async function act(page: Page, hands: Hands, action: Action): Promise<void> {
  if (hands === 'keyboard') {
    await page.keyboard.press(action === up ? 'ArrowUp' : action === down ? 'ArrowDown' : 'Space');
    return;
  }
  const size = page.viewportSize() ?? { width: 0, height: 0 };
  if (action === flare) await page.tap('#flare', { timeout: 1000 }).catch(() => {});
  else await page.touchscreen.tap(size.width * 0.5, size.height * (action === up ? 0.22 : 0.88));
}
