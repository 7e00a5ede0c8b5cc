import { describe, expect, it } from 'vitest';
import { kept } from './kept.ts';

describe('what is kept of an answer', () => {
  const before = { controls: [{ key: 'a', value: 1 }, { key: 'b', value: 2, slots: ['x'] }], toml: 'one', page: null };

  it('is all of it when it says the same', () => {
    expect(kept(before, structuredClone(before))).toBe(before);
  });

  it('is every part that says the same, and nothing else', () => {
    const after = structuredClone(before);
    after.controls[0]!.value = 3;
    const merged = kept(before, after);
    expect(merged).toEqual(after);
    expect(merged.controls[1]).toBe(before.controls[1]);
    expect(merged.controls[0]).not.toBe(before.controls[0]);
  });

  it.each([
    ['a part that is gone', { ...before, page: undefined }],
    ['a part more', { ...before, more: 1 }],
    ['a shorter list', { ...before, controls: before.controls.slice(1) }],
    ['a longer list', { ...before, controls: [...before.controls, { key: 'c', value: 0 }] }],
    ['another kind of part', { ...before, controls: {} }],
    ['a part instead of none', { ...before, page: { moves: [] } }],
  ])('is never another answer than the new one: %s', (_, after) => {
    expect(kept<unknown>(before, after)).toEqual(after);
  });

  it('is nothing where nothing was', () => {
    expect(kept(null, before)).toBe(before);
  });
});
