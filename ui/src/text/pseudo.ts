/**
 * The pseudo-locale: English with accents and padding, made from `en` so that it cannot lack anything.
 * Texts grow by 40 %, short ones by 100 %, which is what translations into other languages do.
 */
import { en, type Text } from './en.ts';

const FROM = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const TO = 'ÅƁÇĎÉƑĜĤÎĴĶĻṀÑÖÞǪŔŠŢÛṼŴẊÝŽåƀçďéƒĝĥîĵķļɱñöþǫŕšţûṽŵẋýž';
const ACCENT = new Map([...FROM].map((letter, k) => [letter, [...TO][k] ?? letter]));

/** Length at which a text counts as short and doubles. */
const SHORT = 12;

export function stretched(text: string): string {
  const accented = [...text].map((letter) => ACCENT.get(letter) ?? letter).join('');
  const letters = [...text].filter((letter) => ACCENT.has(letter)).length;
  if (letters === 0) return text;
  const more = Math.ceil(letters * (letters <= SHORT ? 1 : 0.4));
  const padding = 'ẋ'.repeat(more).replace(/(.{6})(?=.)/g, '$1 ');
  return `⟦${accented} ${padding}⟧`;
}

function through(value: unknown): unknown {
  if (typeof value === 'string') return stretched(value);
  if (typeof value === 'function') return (...given: unknown[]) => stretched(String((value as (...a: unknown[]) => unknown)(...given)));
  if (Array.isArray(value)) return value.map(through);
  if (value && typeof value === 'object') return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, through(inner)]));
  return value;
}

export const pseudo = through(en) as Text;
