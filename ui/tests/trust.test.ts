import { describe, expect, it } from 'vitest';
import { asked, classic, desk, shot } from './page.ts';

const app = desk();

const CLASSICS = ['arthur', 'urn', 'logit', 'logit-chain', 'three-blocs', 'bass', 'watts', 'degroot', 'hegselmann-krause', 'deffuant', 'ballot', 'landscape', 'katz-shapiro', 'variants', 'standardization-gap'];

interface Asked {
  readonly id: string;
  readonly given: readonly (readonly [string, string])[];
  readonly runs: string;
}

describe('Classics', () => {
  it('offers every classic of the command line, each with its story, chart, figures and source', async () => {
    const page = await app.open();
    await page.keyboard.press('Control+7');
    await classic(page);
    const offered = await page.locator('[data-classic]').evaluateAll((all) => all.map((one) => (one as HTMLElement).dataset['classic']));
    for (const id of CLASSICS) expect(offered).toContain(id);
    for (const id of offered) {
      await page.locator(`[data-classic=${id}]`).click();
      await page.waitForSelector(`.card[data-chart=${id}] .picture svg`);
      await page.waitForFunction((wanted) => document.querySelector('.command code')?.textContent === `faultline classic ${wanted}`, id);
      expect((await page.locator('.story').innerText()).split(/\s+/).length).toBeGreaterThan(35);
      expect(await page.locator('.beside tbody tr').count()).toBeGreaterThan(0);
      expect(await page.locator('.beside .differs').count()).toBe(0);
      expect(await page.locator('.facts dd').first().innerText()).not.toBe('');
      expect(await page.locator('.parameter').count()).toBeGreaterThan(0);
      await shot(page, `classic-${id}`);
    }
  });

  it('runs what is typed, once, and says the same for the command line', async () => {
    const page = await app.open();
    await page.keyboard.press('Control+7');
    await classic(page);
    await page.locator('[data-parameter=p] input[type=text]').fill('0.6');
    await page.waitForFunction(() => document.querySelector('.command code')?.textContent?.includes('--p 0.6'));
    const sent = (await asked(page, 'classic')).map((line) => line.argument as Asked);
    expect(sent.map((one) => one.given)).toEqual([[], [['p', '0.6']]]);
    await page.getByRole('button', { name: 'Reset p' }).click();
    await page.waitForFunction(() => document.querySelector('.command code')?.textContent === 'faultline classic arthur');
  });

  it('a slider of a parameter moves by keys', async () => {
    const page = await app.open();
    await page.keyboard.press('Control+7');
    await classic(page);
    await page.locator('[data-parameter=p] input[type=range]').focus();
    await page.keyboard.press('End');
    await page.waitForFunction(() => document.querySelector('.command code')?.textContent?.includes('--p '));
    const last = (await asked(page, 'classic')).at(-1)!.argument as Asked;
    expect(Number(last.given[0]![1])).toBeGreaterThan(0.5);
  });

  it('says at the field what is wrong, and runs nothing', async () => {
    const page = await app.open();
    await page.keyboard.press('Control+7');
    await classic(page);
    const field = page.locator('[data-parameter=p] input[type=text]');
    await field.fill('2');
    await page.waitForSelector('[data-parameter=p] .problem');
    expect(await page.locator('.problem').count()).toBe(1);
    expect(await field.getAttribute('aria-invalid')).toBe('true');
    expect(await page.locator('[data-parameter=p] .problem').innerText()).toContain('2');
    await shot(page, 'classic-wrong');
    await field.fill('0.4');
    await page.waitForFunction(() => document.querySelector('.problem') === null);
    await classic(page);
  });

  it('can be cancelled, and goes on when asked', async () => {
    const page = await app.open({ query: 'slow=500' });
    await page.keyboard.press('Control+7');
    await page.waitForSelector('.head .run[data-running=true]');
    await page.waitForTimeout(700);
    await page.locator('.head .run button').click();
    await page.waitForSelector('.head .run[data-stage=cancelled][data-running=false]');
    expect((await asked(page, 'cancel')).length).toBe(1);
    await page.locator('.head .run button').click();
    await classic(page);
  });

  it('shows values on hover, the data table, and exports like every chart', async () => {
    const page = await app.open();
    await page.keyboard.press('Control+7');
    await page.locator('[data-classic=three-blocs]').click();
    await classic(page);
    const box = (await page.locator('.card .figure').boundingBox())!;
    let told = '';
    for (let x = 0.15; x < 0.9 && !told; x += 0.02) {
      await page.mouse.move(box.x + box.width * x, box.y + box.height * 0.4);
      if (await page.locator('.tip').count()) told = await page.locator('.tip').innerText();
    }
    expect(told).toMatch(/ω/);
    await page.locator('.card').focus();
    await page.keyboard.press('t');
    await page.waitForSelector('dialog table');
    expect(await page.locator('dialog tbody tr').count()).toBeGreaterThan(20);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+e');
    await page.waitForSelector('dialog .page .picture svg');
    await page.keyboard.press('Enter');
    await page.waitForSelector('text=Written:');
    const sent = (await asked(page, 'export_chart'))[0]!.argument as { figure: { results: string[]; chart: string } };
    expect(sent.figure).toMatchObject({ results: ['classic:three-blocs'], chart: 'three-blocs' });
    await page.keyboard.press('Control+Shift+c');
    await page.waitForSelector('text=The chart is on the clipboard.');
  });

  it('three blocs lay the equations over the agents and say what agents add', async () => {
    const page = await app.open();
    await page.keyboard.press('Control+7');
    await page.locator('[data-classic=three-blocs]').click();
    await page.waitForSelector('.card[data-chart=three-blocs] .picture svg');
    const drawn = await page.locator('.card .picture').innerText();
    for (const word of ['both states can last', 'split', 'one standard', 'runs from a split', 'runs from one standard']) expect(drawn).toContain(word);
    expect(await page.locator('.note').allInnerTexts()).toEqual(expect.arrayContaining([expect.stringMatching(/Agents add/)]));
  });

  it('finds what was typed again, and is drawn in the colours and language of the window', async () => {
    const page = await app.open({ dark: true, language: 'zh' });
    await page.keyboard.press('Control+7');
    await classic(page);
    await page.locator('[data-parameter=p] input[type=text]').fill('0.3');
    await page.locator('[data-classic=bass]').click();
    await page.waitForSelector('.card[data-chart=bass] .picture svg');
    await page.locator('[data-classic=arthur]').click();
    await page.waitForFunction(() => document.querySelector('.command code')?.textContent?.includes('--p 0.3'));
    expect(await page.locator('[data-parameter=p] input[type=text]').inputValue()).toBe('0.3');
    expect(await page.locator('.card .picture svg').innerHTML()).toContain('#12161C');
    expect(await page.locator('.story').innerText()).toMatch(/[\u4e00-\u9fff]{12}/);
    await shot(page, 'classic-zh-dark');
  });
});

describe('How far to trust this', () => {
  it('opens by F1 with the short answer, every classic, every card of history and what is assumed', async () => {
    const page = await app.open();
    await page.keyboard.press('F1');
    await page.waitForSelector('.part.card');
    expect(await page.locator('.part.card').count()).toBeGreaterThanOrEqual(3);
    expect(await page.locator('.part:not(.card)').count()).toBeGreaterThanOrEqual(CLASSICS.length);
    const said = await page.locator('.page').innerText();
    for (const words of ['not a forecast', 'Misses:', 'a miss', 'unverified', 'Not replicated.', 'What flips under a structural switch']) expect(said).toContain(words);
    for (const mark of ['**', '](', '`', '|--']) expect(said).not.toContain(mark);
    await shot(page, 'trust-light');
  });

  it('every card shows its chart, hits and misses, and sources with their quality', async () => {
    const page = await app.open();
    await page.keyboard.press('F1');
    await page.waitForSelector('.part.card');
    for (const card of await page.locator('.part.card').all()) {
      expect(await card.locator('.picture svg').count()).toBe(1);
      const text = await card.innerText();
      expect(text).toMatch(/within the band/);
      expect(text).toMatch(/Misses:/);
      expect(text).toMatch(/verified/);
    }
    await page.locator('.part.card').first().scrollIntoViewIfNeeded();
    await shot(page, 'trust-card');
  });

  it('leads from the contents to a part and from a classic to where it is played', async () => {
    const page = await app.open();
    await page.keyboard.press('F1');
    await page.waitForSelector('.part.card');
    await page.getByRole('button', { name: 'Cascades', exact: true }).first().click();
    await page.waitForSelector('.part:not(.card) .picture svg');
    await page.getByRole('button', { name: 'Play this classic: Cascades' }).click();
    await page.waitForSelector('.card[data-chart=watts] .picture svg');
  });

  it('follows the theme, and says when it could not be read', async () => {
    const page = await app.open({ dark: true });
    await page.keyboard.press('F1');
    await page.waitForSelector('.part.card .picture svg');
    expect(await page.locator('.part.card .picture svg').first().innerHTML()).not.toContain('#FFFFFF');
    await shot(page, 'trust-dark');
    const refused = await app.open({ query: 'refuse=trust' });
    await refused.keyboard.press('F1');
    await refused.waitForSelector('.refusal[role=alert]');
  });
});
