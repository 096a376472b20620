import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { startPair } from '../src/fixtures/pair.ts';
import { finish, type Hands, play } from './player.ts';

/**
 * The game in a real browser, through all three tiers of a region (see `region.ts`). `ARCADE_SCREENSHOTS` names a folder for
 * pictures of a longer game.
 */
const arcade = inject('arcade');
const pictures = process.env.ARCADE_SCREENSHOTS;
let browser: Browser;

beforeAll(async () => {
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
  });
});
afterAll(() => browser?.close());

/** A page of its own, with everything that it complains about. */
async function open(url: string, options: BrowserContextOptions): Promise<{ page: Page; complaints: string[] }> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  page.setDefaultTimeout(90_000);
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (/Content Security Policy/i.test(message.text())) complaints.push(message.text());
  });
  await page.goto(url);
  return { page, complaints };
}

/** The server to which a page's board is connected. */
async function serverOf(page: Page): Promise<string> {
  await page.waitForSelector('.state:not(.away)', { state: 'attached' });
  return (await page.getAttribute('.state', 'title')) ?? '';
}

/** Pages on two different application servers: it takes a few connections to be given the other. */
async function openTwo(options: BrowserContextOptions) {
  const player = await open(arcade, options);
  const first = await serverOf(player.page);
  for (let attempt = 0; attempt < 20; attempt++) {
    const watcher = await open(arcade, {});
    if ((await serverOf(watcher.page)) !== first) return { player, watcher };
    await watcher.page.context().close();
  }
  throw new Error('twenty connections all ended at the same application server');
}

async function picture(page: Page, name: string): Promise<void> {
  if (!pictures) return;
  mkdirSync(pictures, { recursive: true });
  await page.screenshot({ path: join(pictures, `game-${name}.png`) });
}

describe('the game', () => {
  test.each<[string, Hands, BrowserContextOptions, { title: string; name: string; placed: RegExp }]>([
    [
      'in English with a keyboard',
      'keyboard',
      { locale: 'en-US', viewport: { width: 1280, height: 800 } },
      { title: 'Lantern on the Terraces', name: 'Moon hare', placed: /Moon hare, you are number \d+ of/ },
    ],
    [
      "in Korean on a phone's screen",
      'touch',
      { locale: 'ko-KR', viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 },
      { title: '다랑이 등불', name: '달토끼', placed: /달토끼 님, (오늘|역대) \d+위예요!/ },
    ],
  ])('is played %s, and its score appears on a page of the other server', async (_how, hands, options, words) => {
    const { player, watcher } = await openTwo(options);
    const { page } = player;
    await expect.poll(() => page.textContent('h1')).toBe(words.title);
    await expect.poll(() => page.textContent('#served')).toContain('PostgreSQL 17');
    await picture(page, `title-${options.locale?.slice(0, 2)}`);

    await play(page, hands, pictures ? 75 : 6);
    await picture(page, `play-${options.locale?.slice(0, 2)}`);
    await finish(page, hands);
    const points = ((await page.textContent('#points')) ?? '').trim();
    await page.fill('#nickname', words.name);
    await page.click('#send');

    await expect.poll(() => page.textContent('#status')).toMatch(words.placed);
    const seen = watcher.page.locator('.rows li', { hasText: words.name }).first();
    await seen.waitFor();
    expect(await seen.locator('.score').textContent()).toBe(points);
    await picture(page, `over-${options.locale?.slice(0, 2)}`);
    expect([...player.complaints, ...watcher.complaints]).toEqual([]);
    await page.context().close();
    await watcher.page.context().close();
  });

  test('loads in less than 150 kB', async () => {
    const { page } = await open(arcade, {});
    await page.waitForSelector('h1');
    const bytes = await page.evaluate(() =>
      (performance.getEntries() as PerformanceResourceTiming[]).reduce(
        (sum, each) => sum + (each.encodedBodySize ?? 0),
        0,
      ),
    );
    expect(bytes).toBeGreaterThan(10_000);
    expect(bytes).toBeLessThan(150_000);
    await page.context().close();
  });

  test('says why a name is not taken, in the language that was chosen, and takes a better one', async () => {
    const { page } = await open(arcade, { locale: 'en-US' });
    await play(page, 'keyboard', 1);
    await finish(page, 'keyboard');
    await page.fill('#nickname', '<b>x</b>');
    await page.click('#send');
    await expect.poll(() => page.textContent('#status')).toContain('A nickname has 1 to 12 letters');
    await page.click('#language');
    await expect.poll(() => page.textContent('#status')).toContain('닉네임은 1~12자의');
    await page.fill('#nickname', 'better');
    await page.click('#send');
    await expect.poll(() => page.textContent('#status')).toMatch(/better 님/);
    await page.context().close();
  });

  test('keeps a score while the database is away, also when the page is closed meanwhile', async () => {
    const folder = fileURLToPath(new URL('..', import.meta.url));
    execFileSync('npm', ['run', 'bundle'], { cwd: folder, stdio: 'ignore' });
    // A database of its own, that can be taken away from nobody else.
    await using pair = await startPair(join(folder, 'dist/bundle'));
    const { postgres, urls } = pair;
    const { page } = await open(urls[0], { locale: 'en-US' });
    await play(page, 'keyboard', 1);
    await finish(page, 'keyboard');
    await postgres.stop();
    await page.fill('#nickname', 'survivor');
    await page.click('#send');
    await expect.poll(() => page.textContent('#status')).toContain('Your score is kept here');
    await page.reload();
    await postgres.start();
    await page.locator('.rows li', { hasText: 'survivor' }).waitFor();
    await page.context().close();
  });
});
