import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { classic, desk, full, shot, type Looks } from './page.ts';

const app = desk();

/** Everything in the page that is clipped, overlaps or sticks out, in words. */
function flaws(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    const name = (element: Element) => `${element.tagName.toLowerCase()}.${String(element.getAttribute('class') ?? '').replace(/svelte-\w+/g, '').trim()} “${(element.getAttribute('aria-label') ?? element.textContent ?? '').trim().slice(0, 40)}”`;
    const root = document.documentElement;
    if (root.scrollWidth > root.clientWidth) found.push(`the page scrolls sideways by ${root.scrollWidth - root.clientWidth} px`);

    const layer = document.querySelector('dialog[open]') ?? document.body;
    const visible = (element: Element) => {
      const box = element.getBoundingClientRect();
      if (box.width < 2 || box.height < 2) return false;
      if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: false })) return false;
      return element.closest('.visually-hidden, .skip, .scrim') === null;
    };

    for (const element of layer.querySelectorAll<HTMLElement>('*')) {
      if (!visible(element) || element.closest('svg, table')) continue;
      const style = getComputedStyle(element);
      const scrolls = /auto|scroll/.test(style.overflowX);
      if (scrolls && element.scrollWidth > element.clientWidth + 1 && !element.matches('.scroller, dialog *')) found.push(`${name(element)} scrolls sideways`);
      const clips = style.overflowX === 'hidden' || style.overflowX === 'clip';
      if (clips && element.scrollWidth > element.clientWidth + 1 && !element.matches('input, .screen, .progress')) found.push(`${name(element)} is clipped sideways by ${element.scrollWidth - element.clientWidth} px`);
      const own = [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent!.trim() !== '');
      if (own && element.scrollWidth > element.clientWidth + 2 && style.display !== 'inline' && element.clientWidth > 0 && !element.matches('select, option')) found.push(`the text of ${name(element)} sticks out by ${element.scrollWidth - element.clientWidth} px`);
      const box = element.getBoundingClientRect();
      if (own && box.right > root.clientWidth + 1 && !element.closest('.scroller')) found.push(`${name(element)} sticks out of the window`);
    }

    for (const table of layer.querySelectorAll<HTMLTableElement>('table')) {
      if (!visible(table)) continue;
      const end = table.getBoundingClientRect().right;
      const short = [...table.rows].filter(visible).map((row) => end - (row.cells[row.cells.length - 1]?.getBoundingClientRect().right ?? end));
      if (Math.max(...short) > 2) found.push(`${name(table)} has rows that end ${Math.max(...short).toFixed(0)} px before it`);
    }
    for (const element of layer.querySelectorAll<HTMLElement>('.icon-button:last-child')) {
      const before = element.previousElementSibling;
      if (visible(element) && before && visible(before) && before.getBoundingClientRect().bottom <= element.getBoundingClientRect().top) found.push(`${name(element)} stands on a line of its own`);
    }

    const touchable = [...layer.querySelectorAll<HTMLElement>('button, input, select, textarea, summary')].filter(visible);
    for (const element of touchable) {
      const box = element.getBoundingClientRect();
      const wrapper = element.closest('label')?.getBoundingClientRect();
      const [wide, high] = [Math.max(box.width, wrapper?.width ?? 0), Math.max(box.height, wrapper?.height ?? 0)];
      if (wide < 24 - 0.5 || high < 24 - 0.5) found.push(`${name(element)} is a target of ${box.width.toFixed(0)} × ${box.height.toFixed(0)} px`);
    }
    const parts = touchable.filter((element) => !element.closest('.player, .side:not(.open), .explore:has(.side.open) .main'));
    for (const [k, one] of parts.entries()) {
      const a = one.getBoundingClientRect();
      for (const other of parts.slice(k + 1)) {
        if (one.contains(other) || other.contains(one)) continue;
        // Panes scroll on their own: what one hides of the other is no overlap.
        const pane = (element: Element) => element.closest('.scroll, .main, .view, .rail, .status, .toasts, .banner, .console, .top, .body, footer, header');
        if (pane(one) !== pane(other)) continue;
        const b = other.getBoundingClientRect();
        const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
        const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
        if (across > 1.5 && down > 1.5) found.push(`${name(one)} overlaps ${name(other)}`);
      }
    }
    return [...new Set(found)];
  });
}

const VIEWS: readonly (readonly [string, (page: Page) => Promise<unknown>])[] = [
  ['explore', async () => undefined],
  ['compare', async (page) => { await page.keyboard.press('Control+2'); await full(page); await page.locator('section:has(#why-title) button').last().click(); await page.waitForSelector('[data-percent]'); }],
  ['assumptions', async (page) => { await page.keyboard.press('Control+6'); await page.waitForSelector('.line'); await page.locator('.line .name').nth(2).click(); }],
  ['settings', async (page) => { await page.keyboard.press('Control+,'); await page.waitForSelector('dialog'); }],
  ['export', async (page) => { await page.keyboard.press('Control+e'); await page.waitForSelector('dialog .page svg'); }],
  ['classics', async (page) => { await perform(page, 'classics'); await classic(page); }],
  ['trust', async (page) => { await perform(page, 'trust'); await page.waitForSelector('.part.card'); await page.locator('.fold h3 button').first().click(); }],
  ['keyboard', async (page) => { await page.keyboard.press('Control+/'); await page.waitForSelector('dialog'); }],
  ['timeline', async (page) => { await perform(page, 'timeline'); await page.waitForSelector('dialog .line'); await page.locator('dialog .button.small').last().click(); }],
  ['start', async (page) => { await page.keyboard.press('Control+n'); await page.waitForSelector('dialog'); }],
  ['new-scenario', async (page) => { await perform(page, 'new-scenario'); await page.waitForSelector('dialog .tile'); }],
  ['palette', async (page) => { await page.keyboard.press('Control+k'); await page.waitForSelector('dialog li'); }],
  ['console', async (page) => { await page.keyboard.press('F5'); await page.waitForSelector('.console'); }],
];

const perform = (page: Page, id: string) =>
  page.evaluate((command) => (window as unknown as { faultline: { emit(e: string, p: string): void } }).faultline.emit('command', command), id);

/** The window of a display of this size under a scaling. */
const scaled = (width: number, height: number, percent: number): Looks => ({ width: Math.round((width * 100) / percent), height: Math.round((height * 100) / percent) });

const SIZES: readonly (readonly [string, Looks])[] = [
  ['1024 × 700', scaled(1024, 700, 100)],
  ['1280 × 800 at 125 %', scaled(1280, 800, 125)],
  ['1280 × 800 at 150 %', scaled(1280, 800, 150)],
  ['1280 × 800 at 175 %', scaled(1280, 800, 175)],
  ['1920 × 1080 at 200 %', scaled(1920, 1080, 200)],
  ['1024 × 700 at 200 %', scaled(1024, 700, 200)],
  ['1920 × 1080', scaled(1920, 1080, 100)],
];

for (const language of ['en', 'zh', 'pseudo'] as const) {
  describe(`nothing is clipped, overlaps or scrolls sideways in ${language}`, () => {
    it.each(SIZES)('at %s', async (size, looks) => {
      const found: string[] = [];
      const page = await app.open({ ...looks, language });
      for (const [view, go] of VIEWS) {
        await perform(page, 'explore');
        await go(page);
        await page.waitForTimeout(120);
        found.push(...(await flaws(page)).map((flaw) => `${view}: ${flaw}`));
        if (language === 'pseudo' || size === '1024 × 700') await shot(page, `layout-${view}-${language}-${size.replace(/\W+/g, '-')}`);
        if (view === 'console') await page.keyboard.press('F5');
        else await page.keyboard.press('Escape');
        if (view === 'explore' && (looks.width ?? 0) < 1000) {
          await page.locator('.drawer-button').click();
          await page.waitForTimeout(250);
          found.push(...(await flaws(page)).map((flaw) => `drawer: ${flaw}`));
          if (language === 'pseudo') await shot(page, `layout-drawer-${size.replace(/\W+/g, '-')}`);
          await page.keyboard.press('Escape');
        }
      }
      expect(found).toEqual([]);
    }, 600_000);
  });
}
