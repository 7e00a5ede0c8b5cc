import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../src/state/commands.ts';
import { asked, classic, desk, finding, first, full, menu, shot, slider, type Looks } from './page.ts';

const app = desk();

/** Serious findings of an automatic scan, in words. */
async function scan(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const found = await page.evaluate(async () => {
    const run = (window as unknown as { axe: { run(): Promise<{ violations: { id: string; impact: string; nodes: { html: string; failureSummary: string }[] }[] }> } }).axe;
    return (await run.run()).violations;
  });
  return found
    .filter((finding) => finding.impact === 'serious' || finding.impact === 'critical')
    .flatMap((finding) => finding.nodes.slice(0, 4).map((node) => `${finding.id}: ${node.html.slice(0, 140)} ${node.failureSummary.replace(/\s+/g, ' ').slice(0, 160)}`));
}

const PLACES: readonly (readonly [string, (page: Page) => Promise<unknown>])[] = [
  ['explore', async () => undefined],
  ['a chart over the year', async (page) => { await page.locator('[data-chart=fragmentation]').focus(); await page.keyboard.press('ArrowRight'); }],
  ['compare', async (page) => { await page.keyboard.press('Control+2'); await full(page); await page.getByRole('button', { name: /Work it out|计算/ }).click(); await page.waitForSelector('[data-percent]'); }],
  ['assumptions', async (page) => { await page.keyboard.press('Control+6'); await page.waitForSelector('.line'); await page.locator('.line .name').nth(2).click(); }],
  ['table', async (page) => { await page.locator('[data-chart=fragmentation]').focus(); await page.keyboard.press('t'); await page.waitForSelector('dialog table'); }],
  ['settings', async (page) => { await page.keyboard.press('Control+,'); await page.waitForSelector('dialog'); }],
  ['export', async (page) => { await page.keyboard.press('Control+e'); await page.waitForSelector('dialog .page svg'); }],
  ['classics', async (page) => { await page.keyboard.press('Control+7'); await classic(page); }],
  ['a field that is wrong', async (page) => { await page.keyboard.press('Control+7'); await classic(page); await page.getByLabel(/^p /).first().fill('2'); await page.waitForSelector('.problem'); }],
  ['trust', async (page) => { await page.keyboard.press('F1'); await page.waitForSelector('.part.card'); await page.locator('.fold h3 button').first().click(); }],
  ['keyboard', async (page) => { await page.keyboard.press('Control+/'); await page.waitForSelector('dialog'); }],
  ['timeline', async (page) => { await page.getByRole('button', { name: /values over time|随时间的取值/ }).first().click(); await page.waitForSelector('dialog .line'); await page.locator('dialog .button.small').last().click(); }],
  ['about a lever', async (page) => { await page.getByRole('button', { name: /^About|^关于/ }).first().click(); await page.waitForSelector('[popover]'); }],
  ['new workspace', async (page) => { await page.keyboard.press('Control+n'); await page.waitForSelector('dialog'); }],
  ['palette', async (page) => { await page.keyboard.press('Control+k'); await page.waitForSelector('dialog li'); }],
  ['presenting', async (page) => { await page.keyboard.press('F5'); await page.waitForSelector('.console'); }],
];

const LOOKS: readonly (readonly [string, Looks])[] = [
  ['light', {}],
  ['dark', { dark: true }],
  ['Chinese', { language: 'zh' }],
  ['forced colours', { forced: true, dark: true }],
];

describe('an automatic scan finds nothing serious', () => {
  it.each(LOOKS)('in %s', async (name, looks) => {
    const found: string[] = [];
    for (const [place, go] of PLACES) {
      const page = await app.open(looks);
      await go(page);
      await page.waitForTimeout(250);
      found.push(...(await scan(page)).map((finding) => `${place}: ${finding}`));
      await shot(page, `access-${name}-${place}`.replace(/\W+/g, '-'));
      await page.close();
    }
    expect(found).toEqual([]);
  }, 900_000);
});

describe('in forced colours', () => {
  it.each([['light', false], ['dark', true]])('patterns stay, and texts on buttons are seen, in %s', async (_, dark) => {
    const page = await app.open({ forced: true, dark });
    await page.keyboard.press('Control+2');
    await full(page);
    await page.getByRole('button', { name: 'Work it out' }).click();
    await page.waitForSelector('[data-percent]');
    const looks = (selector: string) => page.locator(selector).first().evaluate((element) => { const style = getComputedStyle(element); return `${style.backgroundColor} ${style.backgroundImage}`; });
    const parts = await Promise.all(['solid', 'hatched', 'open'].map((part) => looks(`.key.${part}`)));
    expect(new Set(parts).size).toBe(3);

    // A plate under the text would be of the page's colour: seen are the button's own and that of its text, nothing else.
    await page.keyboard.press('Control+e');
    const button = page.locator('dialog .button.primary');
    await button.waitFor();
    expect(await button.evaluate((element) => getComputedStyle(element).forcedColorAdjust)).toBe('none');
  });
});

describe('by keyboard alone', () => {
  it('F6 goes through the panes and back', async () => {
    const page = await app.open();
    const where = () => page.evaluate(() => document.activeElement?.closest('[data-pane]')?.getAttribute('aria-label') ?? '');
    const seen: string[] = [];
    for (let k = 0; k < 4; k++) {
      await page.keyboard.press('F6');
      seen.push(await where());
    }
    expect(seen).toEqual(['Views', 'Explore', 'Choices and assumptions', 'Status']);
    await page.keyboard.press('Shift+F6');
    expect(await where()).toBe('Choices and assumptions');
  });

  it('everything that can be touched can be reached by Tab, and shows that it has the focus', async () => {
    const page = await app.open();
    const reached = new Set<string>();
    const unseen: string[] = [];
    const count = await page.locator('button:visible:not(:disabled), input:visible:not(:disabled), select:visible').count();
    for (let k = 0; k < count + 40; k++) {
      await page.keyboard.press('Tab');
      const at = await page.evaluate(() => {
        const element = document.activeElement as HTMLElement | null;
        if (!element || element === document.body) return null;
        const style = getComputedStyle(element.matches('.pick select') ? element.closest('.pick')! : element);
        return { name: `${element.tagName} ${element.getAttribute('aria-label') ?? element.id ?? ''} ${element.textContent?.trim().slice(0, 20) ?? ''}`, ring: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2 };
      });
      if (!at) continue;
      reached.add(at.name);
      if (!at.ring) unseen.push(at.name);
    }
    expect([...new Set(unseen)]).toEqual([]);
    expect(reached.size).toBeGreaterThan(60);
  }, 120_000);

  it('a scenario is made, changed, compared and exported', async () => {
    const page = await app.open();
    await page.keyboard.press('Control+d');
    await full(page);
    await page.keyboard.press('Control+k');
    await page.keyboard.type('home mandate');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.activeElement?.id === 'c-home-mandate');
    await page.keyboard.press('Home');
    await full(page);
    await page.keyboard.press('Control+2');
    await full(page);
    await page.keyboard.press('Control+1');
    await full(page);
    await page.keyboard.press('Control+e');
    await page.waitForSelector('dialog .page');
    await page.keyboard.press('Enter');
    await page.waitForSelector('text=Written:');
    expect(await asked(page, 'export_chart')).toHaveLength(1);
  });

  it('F5 and Ctrl+R never load the page again', async () => {
    const page = await app.open();
    await page.evaluate(() => Object.assign(window, { here: true }));
    await page.keyboard.press('Control+r');
    await page.keyboard.press('F5');
    await page.waitForTimeout(300);
    expect(await page.evaluate(() => 'here' in window)).toBe(true);
  });
});

describe('the native menu', () => {
  it('holds every command once, named in the language, with the keys of the map', async () => {
    const page = await app.open();
    const items = await menu(page);
    const ids = items.map((item) => item.id).filter(Boolean);
    expect(new Set(ids).size).toBe(ids.length);
    expect(COMMANDS.map((command) => command.id).filter((id) => !ids.includes(id))).toEqual([]);
    expect(items.find((item) => item.id === 'save')).toMatchObject({ label: 'Save', accelerator: 'CmdOrCtrl+S' });
    expect(items.find((item) => item.id === 'replay')!.accelerator).toBeNull();
    const zh = await app.open({ language: 'zh' });
    expect((await menu(zh)).find((item) => item.id === 'save')!.label).toBe('保存');
  });

  it('does what its items say', async () => {
    const page = await app.open();
    const perform = (id: string) => page.evaluate((command) => (window as unknown as { faultline: { emit(e: string, p: string): void } }).faultline.emit('command', command), id);
    await perform('theme-dark');
    await page.waitForSelector('html[data-theme=dark]');
    await perform('language-zh');
    await page.waitForSelector('html[lang=zh-Hans]');
    await perform('assumptions');
    await page.waitForSelector('.line');
  });
});

describe('for screen readers', () => {
  it('the finding is announced, charts have a text, sliders say value and unit', async () => {
    const page = await app.open();
    expect(await page.locator('[data-finding]').getAttribute('aria-live')).toBe('polite');
    expect((await finding(page)).length).toBeGreaterThan(20);
    const alts = await page.locator('.picture[role=img]').evaluateAll((all) => all.map((one) => one.getAttribute('aria-label') ?? ''));
    expect(alts).toHaveLength(3);
    for (const alt of alts) {
      expect(alt.length).toBeGreaterThan(40);
      expect(alt.length).toBeLessThanOrEqual(600);
    }
    expect(await slider(page, 'home-mandate').getAttribute('aria-valuetext')).toMatch(/\d.*share of the market/);
    expect(await first(page).getAttribute('aria-label')).not.toBe('');
  });
});

describe('where nothing may move', () => {
  it('nothing does', async () => {
    const page = await app.open({ still: true, query: 'slow=200' });
    await first(page).focus();
    await page.keyboard.press('End');
    const moving = await page.evaluate(
      () =>
        new Promise<string[]>((done) => {
          const seen = new Set<string>();
          const start = performance.now();
          const look = () => {
            for (const animation of document.getAnimations()) {
              const timing = animation.effect?.getComputedTiming();
              if (animation.playState === 'running' && Number(timing?.duration) > 60) seen.add((animation as CSSAnimation).animationName ?? (animation as CSSTransition).transitionProperty ?? 'animation');
            }
            if (performance.now() - start > 1200) done([...seen]);
            else requestAnimationFrame(look);
          };
          look();
        }),
    );
    expect(moving).toEqual([]);
  });
});

describe('words', () => {
  it('never claim to know the future', async () => {
    const page = await app.open();
    const said: string[] = [];
    for (const keys of ['Control+1', 'Control+2', 'Control+6', 'Control+7', 'F1']) {
      await page.keyboard.press(keys);
      await page.waitForTimeout(500);
      said.push(await page.locator('body').innerText());
    }
    for (const keys of ['Control+/', 'Control+,']) {
      await page.keyboard.press(keys);
      said.push(await page.locator('dialog').innerText());
      await page.keyboard.press('Escape');
    }
    const text = said.join('\n').replace(/not a forecast/gi, '');
    expect(text).not.toMatch(/forecast|predicts|probability of/i);
  });
});
