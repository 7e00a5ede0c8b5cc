/** One browser for a test file, and pages of the app in it. */
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium, type Browser, type Locator, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, inject } from 'vitest';

export interface Looks {
  readonly language?: 'en' | 'zh' | 'pseudo';
  readonly dark?: boolean;
  readonly width?: number;
  readonly height?: number;
  readonly still?: boolean;
  readonly forced?: boolean;
  /** Further words of the address: `slow=300`, `refuse=explore`. */
  readonly query?: string;
  readonly keep?: Page;
}

export interface Desk {
  open(looks?: Looks): Promise<Page>;
}

const SHOTS = fileURLToPath(new URL('../screenshots', import.meta.url));

/** A browser for the tests of a file. Whatever the page reports as an error fails the test. */
export function desk(): Desk {
  let browser: Browser;
  let pages: Page[] = [];
  let faults: string[] = [];

  beforeAll(async () => {
    mkdirSync(SHOTS, { recursive: true });
    const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--force-color-profile=srgb', '--font-render-hinting=none'] });
  });
  afterEach(async () => {
    await Promise.all(pages.map((page) => page.context().close()));
    const seen = faults;
    pages = [];
    faults = [];
    expect(seen).toEqual([]);
  });
  afterAll(() => browser?.close());

  return {
    async open(looks = {}) {
      const context = await browser.newContext({
        viewport: { width: looks.width ?? 1280, height: looks.height ?? 800 },
        colorScheme: looks.dark ? 'dark' : 'light',
        reducedMotion: looks.still ? 'reduce' : 'no-preference',
        forcedColors: looks.forced ? 'active' : 'none',
      });
      const page = await context.newPage();
      pages.push(page);
      page.on('pageerror', (error) => faults.push(error.message));
      page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
      await page.goto(`${inject('address')}?language=${looks.language ?? 'en'}${looks.query ? `&${looks.query}` : ''}`);
      if (!looks.query?.includes('refuse=explore')) await full(page);
      await page.evaluate(() => document.fonts.ready);
      return page;
    },
  };
}

/** Two frames, in which what was pressed reaches the screen. */
const frames = (page: Page): Promise<void> => page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done()))));

/** Until the picture rests on all runs. */
export const full = (page: Page): Promise<unknown> => frames(page).then(() => page.waitForSelector('.run[data-stage=full][data-running=false]'));

/** Until the classic rests on all its runs. */
export const classic = (page: Page): Promise<unknown> => page.waitForSelector('main .run[data-stage=full][data-running=false] >> visible=true').then(() => page.waitForSelector('.card .picture svg'));

export const finding = (page: Page): Promise<string> => page.locator('[data-finding]').innerText();

/** The slider of a control. */
export const slider = (page: Page, key: string): Locator => page.locator(`[data-control="${key}"] input[type=range]`).first();

/** The lever that a newcomer is invited to move. */
export const first = (page: Page): Locator => page.locator('.start [data-control] input[type=range]');

export const shot = (page: Page, name: string): Promise<unknown> => page.screenshot({ path: `${SHOTS}/${name}.png` });

/** What the page has asked its host, by name. */
export const asked = (page: Page, name: string): Promise<{ at: number; argument: unknown }[]> =>
  page.evaluate((wanted) => (window as unknown as { faultline: { log: { name: string; at: number; argument: unknown }[] } }).faultline.log.filter((line) => line.name === wanted), name);

/** The native menu as last sent. */
export async function menu(page: Page): Promise<{ id: string; label: string; enabled: boolean; checked: boolean; accelerator: string | null }[]> {
  interface Item { id: string; label: string; enabled: boolean; checked: boolean; accelerator: string | null; items: Item[] }
  // It follows when the picture is there.
  await page.waitForTimeout(400);
  const sent = await asked(page, 'set_menu');
  const flat = (items: Item[]): Item[] => items.flatMap((item) => [item, ...flat(item.items)]);
  return flat((sent.at(-1)?.argument as { menus: Item[] }).menus);
}

export const tell = (page: Page, event: string, payload: unknown): Promise<void> =>
  page.evaluate(([name, what]) => (window as unknown as { faultline: { emit(e: unknown, p: unknown): void } }).faultline.emit(name, what), [event, payload]);
