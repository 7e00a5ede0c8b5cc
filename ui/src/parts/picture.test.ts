import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { marksOf, picture, stayed } from './picture.ts';

const GOLDEN = fileURLToPath(new URL('../../../tests/golden/svg/', import.meta.url));

describe('a picture', () => {
  const names = readdirSync(GOLDEN).filter((name) => name.endsWith('.svg'));

  it('is there to be looked at', () => expect(names.length).toBeGreaterThan(10));

  it.each(names)('is its opening tag and its marks, nothing is left over: %s', (name) => {
    const svg = picture(readFileSync(`${GOLDEN}/${name}`, 'utf8'));
    const { open, marks } = marksOf(svg);
    const bare = (text: string) => text.replace(/\s/g, '');
    expect(bare(`${open}${marks.join('')}</svg>`)).toBe(bare(svg));
    expect(marks.filter((mark) => mark.startsWith('<text')).length).toBeGreaterThan(0);
  });

  it('keeps text that looks like a mark where it is: the engine has escaped it', () => {
    const { marks } = marksOf('<svg width="1"><text x="1">&lt;rect/&gt; a</text><rect x="1"/></svg>');
    expect(marks).toEqual(['<text x="1">&lt;rect/&gt; a</text>', '<rect x="1"/>']);
  });
});

describe('marks that stay', () => {
  const of = (before: string, after: string) => stayed([...before], [...after]);

  it('are found beside those that came and went', () => {
    expect(of('abcd', 'abcd')).toEqual([0, 1, 2, 3]);
    expect(of('abcd', 'xabcd')).toEqual([-1, 0, 1, 2, 3]);
    expect(of('abcd', 'abd')).toEqual([0, 1, 3]);
    expect(of('abcd', 'abxd')).toEqual([0, 1, -1, 3]);
    expect(of('', 'ab')).toEqual([-1, -1]);
    expect(of('ab', '')).toEqual([]);
  });

  it('are as many as possible, in their order, also where marks are alike', () => {
    const longest = (a: string, b: string): number =>
      !a || !b ? 0 : a[0] === b[0] ? 1 + longest(a.slice(1), b.slice(1)) : Math.max(longest(a.slice(1), b), longest(a, b.slice(1)));
    let seed = 7;
    const letters = (n: number) => Array.from({ length: n }, () => 'abc'[(seed = (seed * 1103515245 + 12345) % 2147483648) % 3]).join('');
    for (let n = 0; n < 200; n++) {
      const [before, after] = [letters(n % 8), letters((n * 3) % 8)];
      const from = of(before, after);
      const places = from.filter((place) => place >= 0);
      expect(places).toEqual([...places].sort((x, y) => x - y));
      expect(new Set(places).size).toBe(places.length);
      from.forEach((place, at) => place >= 0 && expect(before[place]).toBe(after[at]));
      expect(places.length, `${before} ${after}`).toBe(longest(before, after));
    }
  });
});
