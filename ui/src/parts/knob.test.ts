import { describe, expect, it } from 'vitest';
import { numberOf, STOPS, stopOf, typedAt, walked, type Range } from './knob.ts';

const SHARE: Range = { low: 0, high: 1, whole: false };
const ADOPTERS: Range = { low: 30, high: 200_000, whole: true };
const RATE: Range = { low: 0.0001, high: 2, whole: false };

describe('a slider of a classic', () => {
  it.each([SHARE, ADOPTERS, RATE, { low: -5, high: 5, whole: false }])('reaches both ends and never leaves the range: %o', (range) => {
    expect(typedAt(0, range)).toBe(String(range.low));
    expect(typedAt(STOPS, range)).toBe(String(range.high));
    for (let stop = 0; stop <= STOPS; stop++) {
      const value = Number(typedAt(stop, range));
      expect(value).toBeGreaterThanOrEqual(range.low);
      expect(value).toBeLessThanOrEqual(range.high);
      if (range.whole) expect(Number.isInteger(value)).toBe(true);
    }
  });

  it('comes back to where it was put', () => {
    for (const range of [SHARE, RATE]) for (const stop of [0, 20, 77, 140, STOPS]) expect(Math.abs(stopOf(Number(typedAt(stop, range)), range) - stop)).toBeLessThanOrEqual(2);
  });

  it('walks a wide range in equal ratios', () => {
    expect(Number(typedAt(STOPS / 2, ADOPTERS))).toBeCloseTo(Math.sqrt(30 * 200_000), -2);
    expect(Number(typedAt(STOPS / 2, SHARE))).toBe(0.5);
  });

  it('walks through what lies about the default where the domain is far wider', () => {
    expect(walked({ low: -1000, high: 1000, whole: false }, 2)).toMatchObject({ low: -8, high: 8 });
    expect(walked({ low: 0, high: 1e9, whole: false }, 49)).toMatchObject({ low: 0, high: 196 });
    expect(walked({ low: 1e-9, high: 1e6, whole: false }, 10)).toMatchObject({ low: 0.1, high: 1000 });
    for (const [range, usual] of [[SHARE, 0.5], [SHARE, 0], [ADOPTERS, 6000], [{ low: 0, high: 20, whole: false }, 4]] as const) expect(walked(range, usual)).toEqual(range);
  });

  it('reads numbers and fractions and nothing else', () => {
    expect(numberOf(' 1/4 ')).toBe(0.25);
    expect(numberOf('-0.1')).toBe(-0.1);
    for (const text of ['', 'NaN', '1/0', 'two', '1/2/3', '/']) expect(numberOf(text)).toBeNull();
  });
});
