import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { marksOf, picture } from './picture.ts';

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
