import { describe, expect, it } from 'vitest';
import type { Workspace } from '../host/host.ts';
import { begin, change, drag, redo, settle, undo, undoName, redoName, abandon, type History } from './history.ts';
import * as w from './workspace.ts';

const NAME = { what: 'set', subject: 'Mandate' };

function workspace(): Workspace {
  return {
    format: 1,
    model_version: '0.1.0',
    title: 'Test',
    scenarios: [w.blankDraft('today', 'Today', 'today-extended'), w.blankDraft('common', 'Common', 'common-ground'), w.blankDraft('apart', 'Apart', 'decoupling')],
    baseline: 'today',
    shown: 'apart',
    compared: ['common', 'apart'],
    seed: 1,
    runs: 200,
    adopters: null,
    notes: '',
    favourites: [],
    highlighted: null,
    charts: [],
    export: { formats: ['png'], size: 'slide', theme: 'light', takeaway: false },
  };
}

const draft = () => w.blankDraft('a', 'A', 'today-extended');
const control = { key: 'home-mandate.EU', default: 0.5, mixed: false };

describe('values', () => {
  it('are in the same order whatever the order of setting', () => {
    const keys = ['home-mandate.EU', 'cooperation', 'home-mandate', 'home-mandate.EU.governance', 'switching-cost'];
    const set = (order: string[]) => order.reduce((d, key, k) => w.setValue(d, key, keys.indexOf(order[k]!) / 10), draft());
    expect(set(keys)).toEqual(set([...keys].reverse()));
    expect(set(keys).values.map((v) => v.key)).toEqual(['cooperation', 'home-mandate', 'switching-cost', 'home-mandate.EU', 'home-mandate.EU.governance']);
  });

  it('put back to the value of the scenario are no change', () => {
    const moved = w.move(draft(), control, 0.8, 0.01);
    expect(moved.values).toEqual([{ key: 'home-mandate.EU', value: 0.8 }]);
    expect(w.move(moved, control, 0.5, 0.01)).toEqual(draft());
    expect(w.resetValue(moved, control.key)).toEqual(draft());
  });

  it('equal to the mean of differing parts are a change', () => {
    expect(w.move(draft(), { ...control, mixed: true }, 0.5, 0.01).values).toHaveLength(1);
  });

  it('that stay leave the very same draft', () => {
    const set = w.setValue(draft(), 'tension', 0.3);
    expect(w.setValue(set, 'tension', 0.3)).toBe(set);
    expect(w.resetValue(set, 'other')).toBe(set);
  });
});

describe('scenarios', () => {
  it('are duplicated under a free id, shown and compared', () => {
    const ws = w.duplicate(w.setBaseline(workspace(), 'today'), 'apart', 'Apart (copy)');
    expect(ws.scenarios).toHaveLength(4);
    expect(ws.shown).toBe('apart-copy');
    expect(w.duplicate(ws, 'apart', 'Apart (copy)').shown).toBe('apart-copy-2');
    expect(ws.compared).toContain('apart-copy');
  });

  it('leave no trace of themselves when removed', () => {
    const ws = w.removeDraft(workspace(), 'apart');
    expect([ws.shown, ws.compared]).toEqual(['common', ['common']]);
    const moved = w.removeDraft(workspace(), 'today');
    expect(moved.baseline).toBe('common');
  });

  it('keep the last one', () => {
    const one = ['common', 'apart'].reduce(w.removeDraft, workspace());
    expect(w.removeDraft(one, 'today')).toBe(one);
  });

  it('stand side by side four at most', () => {
    let ws = workspace();
    for (let k = 0; k < 4; k++) ws = w.duplicate(ws, 'apart', `More ${k}`);
    expect(ws.compared).toHaveLength(3);
    expect(w.comparedOf(ws)).toHaveLength(4);
    expect(w.toggleCompared(ws, 'more-3').compared).toHaveLength(3);
  });

  it('get ids of plain letters from any name', () => {
    expect(w.freeId(workspace(), '脱钩')).toBe('scenario');
    expect(w.freeId(workspace(), 'Ünïted <b>')).toBe('u-ni-ted-b');
    expect(w.freeId(workspace(), 'today')).toBe('today-2');
  });
});

describe('results', () => {
  it('depend on inputs, not on names and notes', () => {
    const ws = workspace();
    const renamed = w.withDraft(ws, 'apart', (d) => ({ ...d, name: 'Other', notes: 'x' }));
    expect(w.sameInputs(w.inputsOf(ws)!, w.inputsOf(renamed)!)).toBe(true);
    const moved = w.withDraft(ws, 'apart', (d) => w.setValue(d, 'tension', 0.2));
    expect(w.sameInputs(w.inputsOf(ws)!, w.inputsOf(moved)!)).toBe(false);
  });
});

describe('history', () => {
  const set = (value: number) => (ws: Workspace) => w.withDraft(ws, 'apart', (d) => w.setValue(d, 'tension', value));

  it('makes one step of one drag, named by it', () => {
    let h = begin(workspace());
    for (let k = 1; k <= 50; k++) h = drag(h, set(k / 50)(h.present), NAME);
    h = settle(h, w.same);
    expect(h.past).toHaveLength(1);
    expect(undoName(h)).toEqual(NAME);
    expect(undo(h).present).toEqual(workspace());
  });

  it('makes no step of a drag that comes back', () => {
    const start = begin(workspace());
    const away = drag(start, set(0.3)(start.present), NAME);
    const back = drag(away, w.withDraft(away.present, 'apart', (d) => w.resetValue(d, 'tension')), NAME);
    expect(settle(back, w.same).past).toHaveLength(0);
    expect(settle(back, w.same).present).toBe(start.present);
  });

  it('takes thirty steps back and forth to an identical value', () => {
    let h: History<Workspace> = begin(workspace());
    for (let k = 1; k <= 30; k++) h = change(h, set(k / 100)(h.present), { ...NAME, to: String(k) });
    const end = JSON.stringify(h.present);
    for (let k = 0; k < 30; k++) h = undo(h);
    expect(h.present).toEqual(workspace());
    expect(redoName(h)?.to).toBe('1');
    for (let k = 0; k < 30; k++) h = redo(h);
    expect(JSON.stringify(h.present)).toBe(end);
    expect(redo(h)).toBe(h);
  });

  it('forgets what was taken back when something new is done', () => {
    let h = change(begin(workspace()), set(0.1)(workspace()), NAME);
    h = undo(h);
    h = change(h, set(0.2)(h.present), NAME);
    expect(redoName(h)).toBeNull();
  });

  it('ends an open drag before undo', () => {
    const start = begin(workspace());
    const h = undo(drag(start, set(0.4)(start.present), NAME));
    expect(h.present).toEqual(workspace());
    expect(redo(h).present).toEqual(set(0.4)(workspace()));
  });

  it('gives up a drag', () => {
    const start = begin(workspace());
    expect(abandon(drag(start, set(0.4)(start.present), NAME)).present).toBe(start.present);
  });
});
