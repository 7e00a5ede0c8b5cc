import { describe, expect, it } from 'vitest';
import { keyed, snap, shown, typed } from '../parts/slide.ts';
import { accelerator, matches, spoken } from './keys.ts';

const press = (key: string, held: { ctrl?: boolean; meta?: boolean; shift?: boolean; alt?: boolean } = {}) => ({
  key,
  ctrlKey: held.ctrl ?? false,
  metaKey: held.meta ?? false,
  shiftKey: held.shift ?? false,
  altKey: held.alt ?? false,
});

describe('keys', () => {
  it('are told apart by what is held', () => {
    expect(matches(press('z', { ctrl: true }), 'Mod+Z', false)).toBe(true);
    expect(matches(press('Z', { ctrl: true, shift: true }), 'Mod+Z', false)).toBe(false);
    expect(matches(press('Z', { ctrl: true, shift: true }), 'Mod+Shift+Z', false)).toBe(true);
    expect(matches(press('z', { meta: true }), 'Mod+Z', true)).toBe(true);
    expect(matches(press('z', { ctrl: true }), 'Mod+Z', true)).toBe(false);
    expect(matches(press('r'), 'R', false)).toBe(true);
    expect(matches(press('r', { ctrl: true }), 'R', false)).toBe(false);
    expect(matches(press(' '), 'Space', false)).toBe(true);
    expect(matches(press('F5'), 'F5', false)).toBe(true);
  });

  it('take signs however the keyboard makes them', () => {
    expect(matches(press('+', { ctrl: true, shift: true }), 'Mod++', false)).toBe(true);
    expect(matches(press('+', { ctrl: true }), 'Mod++', false)).toBe(true);
    expect(matches(press('-', { ctrl: true }), 'Mod+-', false)).toBe(true);
    expect(matches(press(',', { ctrl: true }), 'Mod+,', false)).toBe(true);
  });

  it('are written for people and for the native menu', () => {
    expect(spoken('Mod+Shift+Z', false)).toBe('Ctrl+Shift+Z');
    expect(spoken('Mod+Shift+Z', true)).toBe('⇧⌘Z');
    expect(spoken('Mod++', false)).toBe('Ctrl++');
    expect(['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'].map((key) => spoken(key, false))).toEqual(['←', '→', '↑', '↓']);
    expect(accelerator('Mod++')).toBe('CmdOrCtrl+Plus');
    expect(accelerator('Mod+Shift+Z')).toBe('CmdOrCtrl+Shift+Z');
  });
});

describe('a slider', () => {
  const scale = { low: 0, high: 1, step: 0.01 };
  it('reaches the same value by arrows, by typing and by dragging', () => {
    let value = 0.5;
    for (let k = 0; k < 7; k++) value = keyed('ArrowRight', false, value, scale)!;
    expect(value).toBe(0.57);
    expect(typed('0,57', scale)).toBe(value);
    expect(snap(0.5699999999, scale)).toBe(value);
    expect(keyed('ArrowLeft', true, 0.67, scale)).toBe(value);
  });
  it('stays within its ends', () => {
    expect(keyed('ArrowRight', true, 0.98, scale)).toBe(1);
    expect(keyed('Home', false, 0.98, scale)).toBe(0);
    expect(typed('7', scale)).toBe(1);
    expect(snap(9, { low: 0.02, high: 0.15, step: 0.004 })).toBe(0.15);
  });
  it('takes no words', () => {
    expect(typed('half', scale)).toBeNull();
    expect(typed('', scale)).toBeNull();
    expect(typed('1;2', scale)).toBeNull();
  });
  it('shows the decimals of its step', () => {
    expect(shown(0.5, scale)).toBe('0.50');
    expect(shown(-0.7, { low: -0.7, high: 0.7, step: 0.1 })).toBe('−0.7');
  });
});
