import { describe, expect, it } from 'vitest';
import { en } from './en.ts';
import { pseudo, stretched } from './pseudo.ts';
import { zh } from './zh.ts';

/** Every sentence of a language with the key that it stands under; what takes words is given some. */
function sentences(value: unknown, key = ''): [string, string][] {
  if (typeof value === 'string') return [[key, value]];
  if (typeof value === 'function') return [[key, String((value as (...given: unknown[]) => unknown)('2', '3', '4'))]];
  if (Array.isArray(value)) return value.flatMap((inner, k) => sentences(inner, `${key}[${k}]`));
  return Object.entries(value as object).flatMap(([name, inner]) => sentences(inner, key ? `${key}.${name}` : name));
}

const LANGUAGES = { en, zh, pseudo };

describe('the languages', () => {
  it('have the same sentences', () => {
    const keys = sentences(en).map(([key]) => key);
    expect(sentences(zh).map(([key]) => key)).toEqual(keys);
    expect(sentences(pseudo).map(([key]) => key)).toEqual(keys);
  });

  it.each(Object.entries(LANGUAGES))('leave no sentence empty: %s', (_, text) => {
    expect(sentences(text).filter(([, sentence]) => sentence.trim() === '')).toEqual([]);
  });

  it('never claim to know the future', () => {
    const claims = sentences(en).filter(([, sentence]) => /forecast|predicts|probability of/i.test(sentence.replace(/not a forecast/gi, '')));
    expect(claims).toEqual([]);
  });

  it('are translated, not copied', () => {
    const english = new Map(sentences(en));
    const alike = sentences(zh).filter(([key, sentence]) => english.get(key) === sentence).map(([key]) => key);
    expect(alike).toEqual(['app.name', 'step.set', 'settings.languages.en', 'settings.languages.zh']);
  });

  it('keep “How far to trust this” short', () => {
    const words = en.help.trustParts.map((part) => `${part.head} ${part.body}`).join(' ').split(/\s+/).length;
    expect(words).toBeLessThan(260);
  });
});

describe('the pseudo-locale', () => {
  it('doubles what is short and lengthens the rest by 40 per cent', () => {
    const letters = (text: string) => [...text].filter((letter) => /\p{L}/u.test(letter)).length;
    expect(letters(stretched('Save'))).toBe(8);
    expect(letters(stretched('Choices and assumptions')) / letters('Choices and assumptions')).toBeGreaterThanOrEqual(1.4);
    expect(stretched('200/200')).toBe('200/200');
  });
});
