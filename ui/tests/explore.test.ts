import { describe, expect, it } from 'vitest';
import { asked, desk, finding, first, full, menu, shot, slider } from './page.ts';

const app = desk();

describe('the first minute', () => {
  it('shows a sentence, the futures and fragmentation over time, and one highlighted lever', async () => {
    const page = await app.open();
    expect((await finding(page)).length).toBeGreaterThan(30);
    expect(await page.locator('[data-chart=fragmentation] .picture svg').count()).toBe(1);
    expect(await page.locator('[data-chart=futures] .picture svg').count()).toBe(1);
    expect(await first(page).count()).toBe(1);
    expect(await page.locator('.callout').count()).toBe(3);
    await shot(page, 'explore-light');
  });

  it('changes its sentence when the lever is dragged', async () => {
    const page = await app.open();
    const before = await finding(page);
    const box = (await first(page).boundingBox())!;
    await page.mouse.move(box.x + box.width - 9, box.y + box.height / 2);
    await page.mouse.down();
    for (let k = 20; k >= 0; k--) await page.mouse.move(box.x + 9 + ((box.width - 18) * k) / 20, box.y + box.height / 2);
    await page.mouse.up();
    await full(page);
    expect(await finding(page)).not.toBe(before);
    expect((await menu(page)).find((item) => item.id === 'undo')?.label).toMatch(/^Undo .+→/);
  });

  it('forgets a call-out that was dismissed', async () => {
    const page = await app.open();
    await page.locator('.callout button').first().click();
    expect(await page.locator('.callout').count()).toBe(2);
    await page.reload();
    await full(page);
    expect(await page.locator('.callout').count()).toBe(2);
  });
});

describe('a lever', () => {
  it('reaches the same state by drag, track click, arrows, typing, and comes back by every way of resetting', async () => {
    const page = await app.open();
    const lever = first(page);
    const [low, high] = [Number(await lever.getAttribute('min')), Number(await lever.getAttribute('max'))];
    const key = (await page.locator('.start [data-control]').getAttribute('data-control'))!;
    const set = async () => {
      const sent = await asked(page, 'explore');
      return ((sent.at(-1)!.argument as { shown: { values: { key: string; value: number }[] } }).shown.values);
    };
    const box = (await lever.boundingBox())!;
    const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    const reset = async () => {
      await lever.focus();
      await page.keyboard.press('Delete');
      await full(page);
      expect(await set()).toEqual([]);
    };

    const reached: unknown[] = [];
    await page.mouse.click(middle.x, middle.y);
    await full(page);
    reached.push(await set());
    await reset();

    await page.mouse.move(box.x + 9, middle.y);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.8, middle.y, { steps: 4 });
    await page.mouse.move(middle.x, middle.y, { steps: 4 });
    await page.mouse.up();
    await full(page);
    reached.push(await set());
    await reset();

    await lever.focus();
    await page.keyboard.press('Home');
    for (let k = 0; k < 5; k++) await page.keyboard.press('Shift+ArrowRight');
    await full(page);
    reached.push(await set());
    await reset();

    await page.locator(`.start .value`).fill(String((low + high) / 2));
    await page.keyboard.press('Enter');
    await full(page);
    reached.push(await set());
    await page.locator('.start .slider > .icon-button').click();
    await full(page);
    expect(await set()).toEqual([]);

    expect((reached[0] as unknown[]).length).toBe(1);
    expect((reached[0] as { key: string }[])[0]!.key).toBe(key);
    for (const other of reached) expect(other).toEqual(reached[0]);
  });

  it('makes one step of a drag, and thirty steps go back and forth to the same scenario', async () => {
    const page = await app.open();
    await first(page).focus();
    await page.keyboard.press('Home');
    for (let k = 0; k < 30; k++) await page.keyboard.press('ArrowRight');
    await full(page);
    const state = async () => JSON.stringify(((await asked(page, 'inspect')).at(-1)!.argument as { values: unknown }).values);
    const end = await state();
    for (let k = 0; k < 30; k++) {
      await page.keyboard.press('Control+z');
    }
    expect(await first(page).inputValue()).toBe(await first(page).getAttribute('min'));
    for (let k = 0; k < 30; k++) {
      await page.keyboard.press('Control+Shift+z');
    }
    await full(page);
    expect(await state()).toBe(end);
  });

  it('says that results are out of date at once, and that a picture from few runs is a preview', async () => {
    const page = await app.open({ query: 'slow=300' });
    await first(page).focus();
    // Set up before the key is pressed, and read afterwards.
    await page.evaluate(() => {
      const start = performance.now();
      const words: string[] = [];
      let stale = -1;
      let pressed = start;
      (window as unknown as { seen: Promise<unknown> }).seen = new Promise((done) => {
        const look = () => {
          const badge = document.querySelector<HTMLElement>('.run')!;
          if (stale < 0 && badge.dataset['stage'] === 'stale' && document.querySelector('.card .hatch')) stale = performance.now() - pressed;
          const now = `${badge.dataset['stage']}: ${badge.innerText.replace(/\s+/g, ' ')}`;
          if (words.at(-1) !== now) words.push(now);
          if (badge.dataset['stage'] === 'full' && stale >= 0) done({ stale, words });
          else requestAnimationFrame(look);
        };
        window.addEventListener('keydown', () => (pressed = performance.now()), { once: true, capture: true });
        look();
      });
    });
    await page.keyboard.press('End');
    const { stale, words } = await page.evaluate(() => (window as unknown as { seen: Promise<{ stale: number; words: string[] }> }).seen);
    expect(stale).toBeLessThan(100);
    const preview = words.find((line) => line.startsWith('preview'));
    expect(preview).toMatch(/preview/i);
    expect(words.at(-1)).toMatch(/full: 200\/200 runs/);
  });

  it('can be stopped on its way', async () => {
    const page = await app.open({ query: 'slow=600' });
    await first(page).focus();
    await page.keyboard.press('End');
    await page.waitForSelector('.run[data-stage=preview]');
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.waitForSelector('text=Stopped at');
    expect(await asked(page, 'cancel')).toHaveLength(1);
    await page.getByRole('button', { name: 'Run again' }).click();
    await full(page);
  });
});

describe('charts', () => {
  it('say how to read them, open as a table, and fill the view', async () => {
    const page = await app.open();
    const chart = page.locator('[data-chart=fragmentation]');
    await chart.getByRole('button', { name: 'How to read this chart' }).click();
    const words = (await page.locator('[popover]').innerText()).split(/\s+/).length;
    expect(words).toBeLessThan(60);
    await page.keyboard.press('Escape');
    await chart.focus();
    await page.keyboard.press('t');
    await page.waitForSelector('dialog table');
    expect(await page.locator('dialog tbody tr').count()).toBeGreaterThan(10);
    await shot(page, 'table-light');
    await page.keyboard.press('Escape');
    await chart.getByRole('button', { name: /Enlarge/ }).click();
    expect(await page.locator('[data-chart]').count()).toBe(1);
    await page.keyboard.press('Escape');
    expect(await page.locator('[data-chart]').count()).toBe(3);
  });

  it('tell the values at the year under the pointer, in every panel at once', async () => {
    const page = await app.open();
    const box = (await page.locator('[data-chart=fragmentation] .figure').boundingBox())!;
    await page.mouse.move(box.x + box.width * 0.5, box.y + box.height * 0.5);
    await page.waitForSelector('[data-chart=fragmentation] .tip');
    expect(await page.locator('[data-chart=fragmentation] .tip strong').innerText()).toMatch(/^20\d\d Q[1-4]$/);
    expect(await page.locator('[data-chart=adoption] .overlay line').count()).toBe(6);
    expect(await page.locator('[data-chart=fragmentation] .tip').innerText()).toMatch(/\d \(.*–.*\)/);
    await shot(page, 'readout-light');
  });

  it('step the year and the run, show the baseline alone, and replay the last change', async () => {
    const page = await app.open();
    const chart = page.locator('[data-chart=fragmentation]');
    await chart.focus();
    await page.keyboard.press('ArrowRight');
    expect(await page.locator('.player output').first().innerText()).toBe('2025');
    await page.keyboard.press('ArrowDown');
    expect(await page.locator('.player .run').innerText()).toMatch(/^Run 1 of/);
    await page.waitForSelector('[data-chart=runs]');
    await page.keyboard.press('Escape');
    await page.locator('[data-chart=fragmentation]').focus();
    await page.keyboard.press('b');
    const only = (await asked(page, 'figure')).at(-1)!.argument as { results: string[] };
    expect(only.results).toHaveLength(1);
    await page.keyboard.press('b');
    expect(await page.getByRole('button', { name: 'Replay' }).isDisabled()).toBe(true);
    await first(page).focus();
    await page.keyboard.press('End');
    await full(page);
    await page.locator('[data-chart=fragmentation]').focus();
    await page.keyboard.press('r');
    expect(await page.locator('[data-chart=fragmentation] .phase').innerText()).toMatch(/^Before: /);
    await page.waitForSelector('.phase:has-text("After: ")');
  });

  it('play runs one by one, and stand side by side where nothing may move', async () => {
    const moving = await app.open();
    await moving.locator('[data-chart=fragmentation]').focus();
    await moving.keyboard.press('Space');
    await moving.waitForFunction(() => /Run [3-9] of/.test(document.querySelector('.player .run')?.textContent ?? ''));
    const still = await app.open({ still: true });
    await still.locator('[data-chart=fragmentation]').focus();
    await still.keyboard.press('Space');
    await still.waitForFunction(() => document.querySelectorAll('.grid-view .figure').length === 12);
    const animated = await still.evaluate(() => document.getAnimations().filter((a) => a.playState === 'running').length);
    expect(animated).toBe(0);
    await shot(still, 'runs-still');
  });

  it('are the same whether their marks were exchanged or all was drawn anew', async () => {
    const page = await app.open();
    const pictures = page.locator('[data-chart] .picture svg');
    const marks = () => pictures.evaluateAll((all) => all.map((svg) => [...svg.children].map((mark) => mark.outerHTML)));
    await pictures.evaluateAll((all) => all.forEach((svg) => svg.setAttribute('data-first', '')));
    const before = await marks();
    await first(page).focus();
    await page.keyboard.press('Home');
    await full(page);
    const exchanged = await marks();
    expect(exchanged).not.toEqual(before);
    expect(await page.locator('[data-chart] .picture svg[data-first]').count()).toBeGreaterThan(0);
    await page.keyboard.press('Control+2');
    await full(page);
    await page.keyboard.press('Control+1');
    await full(page);
    expect(await page.locator('svg[data-first]').count()).toBe(0);
    expect(await marks()).toEqual(exchanged);
  });

  it('can be changed for another, and say why one cannot be drawn', async () => {
    const page = await app.open();
    await page.locator('[data-chart=adoption] select').first().selectOption('interoperability');
    await page.waitForSelector('[data-chart=interoperability] .picture svg');
    expect((await menu(page)).find((item) => item.id === 'undo')?.label).toContain('Interoperability');
  });

  it('leave single letters alone when these are switched off', async () => {
    const page = await app.open();
    await page.keyboard.press('Control+,');
    await page.getByLabel(/Single-letter keys/).uncheck();
    await page.keyboard.press('Escape');
    await page.locator('[data-chart=fragmentation]').focus();
    await page.keyboard.press('t');
    await page.waitForTimeout(100);
    expect(await page.locator('dialog').count()).toBe(0);
  });
});

describe('choices and assumptions', () => {
  it('are two lists with a count each that equals the difference to the baseline', async () => {
    const page = await app.open();
    await page.locator('select.scenario').selectOption('today-extended');
    await full(page);
    await page.waitForSelector('[data-changed-choices="0"]');
    await slider(page, 'capture-guard').focus();
    await page.keyboard.press('End');
    await page.waitForSelector('[data-changed-choices="1"]');
    expect(await page.locator('[data-changed-assumptions]').getAttribute('data-changed-assumptions')).toBe('0');
    await slider(page, 'local-share').focus();
    await page.keyboard.press('End');
    await page.waitForSelector('[data-changed-assumptions="1"]');
    expect(await page.locator('section.choice [data-control="local-share"]').count()).toBe(0);
    expect(await page.locator('section.assumption [data-control="local-share"]').count()).toBe(1);
  });

  it('are found by a word, and say so when nothing is', async () => {
    const page = await app.open();
    await page.keyboard.press('Control+f');
    await page.keyboard.type('mandate');
    expect(await page.locator('.row:not(.part)').count()).toBe(1);
    await page.keyboard.type('zzz');
    await page.waitForSelector('text=Nothing matches');
    await shot(page, 'controls-empty');
  });

  it('have values per bloc, per pair and per domain', async () => {
    const page = await app.open();
    await page.getByRole('button', { name: 'Home mandate: values of its parts' }).click();
    const parts = page.locator('.family:has([data-control="home-mandate"]) .part');
    expect(await parts.count()).toBe(3);
    await page.locator('.family:has([data-control="home-mandate"]) .chip', { hasText: 'Governance' }).click();
    await slider(page, 'home-mandate.EU.governance').focus();
    await page.keyboard.press('Home');
    await full(page);
    const values = ((await asked(page, 'explore')).at(-1)!.argument as { shown: { values: { key: string }[] } }).shown.values;
    expect(values.map((value) => value.key)).toContain('home-mandate.EU.governance');
  });

  it('say range, source, grade and use one click away', async () => {
    const page = await app.open();
    await page.getByRole('button', { name: 'About Home mandate' }).click();
    const about = await page.locator('[popover]').innerText();
    for (const word of ['Plausible range', 'Unit', 'Source', 'Evidence', 'Used in', 'In the baseline']) expect(about).toContain(word);
    await shot(page, 'about-light');
  });

  it('take values over time from a timeline, by keys too', async () => {
    const page = await app.open();
    await page.getByRole('button', { name: 'Home mandate: values over time' }).click();
    await page.getByRole('button', { name: 'Add a change' }).click();
    const handle = page.getByRole('slider', { name: 'Value of change 1' });
    await handle.focus();
    await page.keyboard.press('Shift+ArrowUp');
    await page.keyboard.press('ArrowRight');
    await shot(page, 'timeline-light');
    await page.getByRole('button', { name: 'Apply' }).click();
    await full(page);
    const paths = ((await asked(page, 'explore')).at(-1)!.argument as { shown: { paths: { lever: string; over: number }[] } }).shown.paths;
    expect(paths).toHaveLength(1);
    expect(paths[0]).toMatchObject({ lever: 'home-mandate', over: 9 });
  });

  it('take dated events', async () => {
    const page = await app.open();
    await page.getByRole('button', { name: 'Add an event' }).click();
    await page.getByLabel('Name').fill('AI <b>incident</b>');
    await page.getByLabel('Quarter').selectOption('2030Q2');
    await page.getByRole('button', { name: 'Add event' }).click();
    await full(page);
    expect(await page.locator('.events .own').innerText()).toBe('AI <b>incident</b>');
  });
});

describe('what goes wrong', () => {
  it('is said with what is safe and what next', async () => {
    const page = await app.open({ query: 'refuse=explore' });
    await page.waitForSelector('.refusal');
    const said = await page.locator('.refusal').innerText();
    expect(said).toContain('The run stopped');
    expect(said).toContain('kept');
    expect(await page.getByRole('button', { name: 'Try again' }).count()).toBe(1);
    await shot(page, 'refused-light');
  });
});
