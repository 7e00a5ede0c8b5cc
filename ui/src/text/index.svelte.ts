/** The language in use. Components call `text()` where they show words, so that a change of language redraws them. */
import { en, type Text } from './en.ts';
import { pseudo } from './pseudo.ts';
import { zh } from './zh.ts';

export type Language = 'en' | 'zh' | 'pseudo';

const TEXTS: Record<Language, Text> = { en, zh, pseudo };
let language = $state<Language>('en');

export const text = (): Text => TEXTS[language];
export const speaks = (): Language => language;

export function speak(next: Language): void {
  language = next;
  if (typeof document !== 'undefined') document.documentElement.lang = next === 'zh' ? 'zh-Hans' : 'en';
}
