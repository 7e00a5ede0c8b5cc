import { describe, expect, it } from 'vitest';
import { asked, desk, first, full, shot } from './page.ts';

const app = desk();

describe('Compare', () => {
  it('shows sorted paired differences with run agreement, small multiples and the inputs that differ', async () => {
    const page = await app.open();
    await page.keyboard.press('Control+2');
    await full(page);
    const rows = page.locator('.outcomes tbody tr');
    expect(await rows.count()).toBe(8);
    expect(await rows.first().innerText()).toMatch(/of 100/);
    await page.getByRole('button', { name: 'Show all outcomes' }).click();
    expect(await rows.count()).toBeGreaterThan(8);
    // Fragmentation shows all scenarios in one picture; adoption is drawn once for each.
    expect(await page.locator('.multiples .picture svg').count()).toBe(1);
    await page.locator('section[aria-labelledby=multiples-title] select').selectOption('adoption');
    await page.waitForFunction(() => document.querySelectorAll('.multiples .picture svg').length === 3);
    expect(await page.locator('section[aria-labelledby=inputs-title] tbody tr').count()).toBeGreaterThan(5);
    await shot(page, 'compare-light');
  });

  it('explains a difference by parts that add up to 100 per cent', async () => {
    const page = await app.open();
    await page.keyboard.press('Control+2');
    await full(page);
    await page.getByRole('button', { name: 'Work it out' }).click();
    await page.waitForSelector('.legend [data-percent]');
    const parts = await page.locator('.legend [data-percent]').evaluateAll((all) => all.map((one) => Number((one as HTMLElement).dataset['percent'])));
    expect(parts).toHaveLength(3);
    expect(parts.reduce((sum, part) => sum + part, 0)).toBe(100);
    await shot(page, 'why-light');
  });

  it('sets two to four scenarios side by side and says what to do with one', async () => {
    const page = await app.open();
    await page.keyboard.press('Control+2');
    await full(page);
    await page.getByRole('button', { name: 'Common ground' }).click();
    await full(page);
    await page.waitForFunction(() => document.querySelectorAll('.outcomes thead th').length === 3);
    await page.getByRole('button', { name: 'Decoupling' }).click();
    await page.waitForSelector('text=Comparing needs two to four scenarios.');
    await shot(page, 'compare-empty');
    await page.getByRole('button', { name: 'Choose scenarios' }).click();
    await full(page);
  });

  it('asks for every chart at the size at which it is shown', async () => {
    const page = await app.open();
    await page.keyboard.press('Control+2');
    await full(page);
    for (const chart of ['fragmentation', 'futures', 'adoption', 'comparison']) {
      await page.locator('section[aria-labelledby=multiples-title] select').selectOption(chart);
      await full(page);
      await page.waitForTimeout(200);
      const sent = (await asked(page, 'compare')).at(-1)!.argument as { charts: { chart: string; width: number }[] };
      expect(sent.charts[0]!.chart).toBe(chart);
      const widths = await page.locator('.multiples .figure').evaluateAll((all) => all.map((one) => one.clientWidth));
      expect(widths.length).toBeGreaterThan(0);
      for (const width of widths) expect(Math.abs(width - sent.charts[0]!.width), chart).toBeLessThan(24);
    }
  });

  it('leads from a number to its row in the ledger', async () => {
    const page = await app.open();
    await page.keyboard.press('Control+2');
    await full(page);
    await page.locator('.number-link').first().click();
    await page.waitForSelector('main[aria-label=Assumptions]');
  });
});

describe('Assumptions', () => {
  it('shows every number, filters by evidence and finds by word', async () => {
    const page = await app.open();
    await page.keyboard.press('Control+6');
    await page.waitForSelector('.line');
    const all = await page.locator('.line').count();
    expect(all).toBeGreaterThan(200);
    await page.getByRole('button', { name: /^Measured/ }).click();
    const measured = await page.locator('.line').count();
    expect(measured).toBeGreaterThan(0);
    expect(measured).toBeLessThan(all);
    expect(new Set(await page.locator('.line .grade').allInnerTexts())).toEqual(new Set(['● measured']));
    await page.getByRole('button', { name: /^Unverified/ }).click();
    expect(await page.locator('.line .unverified').count()).toBe(await page.locator('.line').count());
    await page.getByRole('button', { name: /^All/ }).click();
    await page.getByRole('searchbox').fill('no such thing at all');
    await page.waitForSelector('text=No number matches');
    await page.getByRole('button', { name: 'Clear the filters' }).click();
    expect(await page.locator('.line').count()).toBe(all);
    await shot(page, 'assumptions-light');
  });

  it('opens a row with its source, and says when a figure is not verified', async () => {
    const page = await app.open();
    await page.keyboard.press('Control+6');
    await page.getByRole('button', { name: /^Unverified/ }).click();
    await page.locator('.line .name').first().click();
    await page.locator('.detail .cited .button').first().click();
    await page.waitForSelector('dialog dl');
    expect(await page.locator('dialog').innerText()).toMatch(/Not verified|Read in the source/);
    await shot(page, 'evidence-light');
  });

  it('is where a lever leads to', async () => {
    const page = await app.open();
    await page.getByRole('button', { name: 'About Local share of the network' }).click();
    await page.getByRole('button', { name: 'Show in the ledger' }).click();
    await page.waitForSelector('.line.open');
    expect(await page.locator('.line.open').getAttribute('data-ledger')).toContain('local-share');
  });
});

describe('documents', () => {
  it('are saved, opened again and listed as recent', async () => {
    const page = await app.open();
    await first(page).focus();
    await page.keyboard.press('End');
    await page.keyboard.press('Control+s');
    await page.waitForSelector('[data-saved=true]');
    await page.keyboard.press('Control+n');
    await page.waitForSelector('dialog .file');
    await shot(page, 'start-light');
    await page.locator('dialog .file').click();
    await full(page);
    expect(await first(page).inputValue()).toBe(await first(page).getAttribute('max'));
  });

  it('ask before changes are lost', async () => {
    const page = await app.open();
    await first(page).focus();
    await page.keyboard.press('End');
    await page.keyboard.press('Control+w');
    await page.waitForSelector('dialog');
    expect(await page.locator('dialog').innerText()).toContain('Save the changes?');
    expect(await asked(page, 'close')).toHaveLength(0);
    await page.getByRole('button', { name: 'Do not save' }).click();
    await page.waitForTimeout(100);
    expect(await asked(page, 'close')).toHaveLength(1);
  });

  it('are offered for recovery when the page went away, with five seconds lost at most', async () => {
    const page = await app.open();
    await first(page).focus();
    await page.keyboard.press('End');
    await page.waitForTimeout(4600);
    expect(await asked(page, 'autosave')).not.toHaveLength(0);
    await page.reload();
    await page.waitForSelector('dialog');
    await shot(page, 'recovery-light');
    await page.getByRole('button', { name: 'Recover' }).click();
    await full(page);
    await page.waitForFunction(() => {
      const lever = document.querySelector<HTMLInputElement>('.start input[type=range]')!;
      return lever.value === lever.max;
    });
  });

  it('have earlier versions', async () => {
    const page = await app.open();
    await page.keyboard.press('Control+s');
    await page.waitForSelector('[data-saved=true]');
    await page.keyboard.press('Control+k');
    await page.keyboard.type('earlier');
    await page.keyboard.press('Enter');
    await page.waitForSelector('dialog .lines li');
  });

  it('never change the baseline: editing it makes a copy', async () => {
    const page = await app.open();
    await page.locator('select.scenario').selectOption('today-extended');
    await full(page);
    await first(page).focus();
    await page.keyboard.press('End');
    await full(page);
    const sent = (await asked(page, 'explore')).at(-1)!.argument as { baseline: { values: unknown[] }; shown: { id: string; values: unknown[] } };
    expect(sent.baseline.values).toEqual([]);
    expect(sent.shown.values).toHaveLength(1);
    expect(sent.shown.id).not.toBe('today-extended');
    await page.keyboard.press('Control+z');
    await full(page);
    expect(await page.locator('select.scenario option').count()).toBe(3);
  });
});

describe('export', () => {
  it('takes Ctrl+E and Enter, with the settings of last time', async () => {
    const page = await app.open();
    await page.locator('[data-chart=fragmentation]').focus();
    await page.keyboard.press('Control+e');
    await page.waitForSelector('dialog .page .picture svg');
    await shot(page, 'export-light');
    await page.getByLabel('PDF, page').check();
    await page.getByLabel('Square').check();
    await page.getByRole('button', { name: 'Export', exact: true }).click();
    await page.waitForSelector('text=Written:');
    await page.locator('[data-chart=fragmentation]').focus();
    await page.keyboard.press('Control+e');
    await page.waitForSelector('text=Enter exports into /documents again.');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => !document.querySelector('dialog'));
    const sent = (await asked(page, 'export_chart')).map((line) => line.argument as { figure: { chart: string }; preset: { formats: string[]; size: string }; again: boolean });
    expect(sent.map((one) => one.again)).toEqual([false, true]);
    expect(sent[1]!.preset).toMatchObject({ formats: ['png', 'pdf'], size: 'square' });
    expect(sent[1]!.figure.chart).toBe('fragmentation');
  });

  it('copies the focused chart in one action', async () => {
    const page = await app.open();
    await page.locator('[data-chart=futures]').focus();
    await page.keyboard.press('Control+Shift+c');
    await page.waitForSelector('text=The chart is on the clipboard.');
    expect(((await asked(page, 'copy_image'))[0]!.argument as { figure: { chart: string } }).figure.chart).toBe('futures');
  });
});

describe('presenting', () => {
  it('sends one chart and a title to the audience, and obeys its keys', async () => {
    const page = await app.open();
    await page.keyboard.press('F5');
    await page.waitForSelector('.console');
    const audience = await page.context().newPage();
    await audience.setViewportSize({ width: 1920, height: 1080 });
    await audience.goto(`${page.url().split('?')[0]}?window=audience`);
    await audience.waitForSelector('.audience .picture svg');
    expect(await audience.locator('button, input, select, a').count()).toBe(0);
    const sizes = await audience.locator('h1, p').evaluateAll((all) => all.map((one) => parseFloat(getComputedStyle(one).fontSize)));
    expect(Math.min(...sizes)).toBeGreaterThanOrEqual(24);
    await shot(audience, 'audience-light');
    await shot(page, 'console-light');
    const title = await audience.locator('h1').innerText();
    await page.keyboard.press('PageDown');
    await audience.waitForFunction((before) => document.querySelector('h1')?.textContent !== before, title);
    await page.keyboard.press('.');
    await audience.waitForFunction(() => !document.querySelector('h1'));
    await audience.keyboard.press('b');
    await audience.waitForSelector('h1');
    await page.keyboard.press('F5');
    await page.waitForFunction(() => !document.querySelector('.console'));
    expect((await asked(page, 'present')).at(-1)!.argument).toBeNull();
  });
});
