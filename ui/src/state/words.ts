/** Numbers, quarters and steps in words. */
import type { Control } from '../host/host.ts';
import { decimals, type Scale } from '../parts/slide.ts';
import { text } from '../text/index.svelte.ts';
import type { StepName } from './history.ts';

type Shown = Pick<Control, 'step' | 'shown_as'>;

/** A control as it is shown: percent where it is a share. */
export function scaleOf(control: Pick<Control, 'low' | 'high' | 'step' | 'shown_as'>): Scale {
  const factor = control.shown_as[0] || 1;
  const round = (value: number) => Number((value * factor).toPrecision(12));
  return { low: round(control.low), high: round(control.high), step: round(control.step) };
}

/** From the shown number back to the model's. */
export const fromShown = (shown: number, control: Shown): number => Number((shown / (control.shown_as[0] || 1)).toPrecision(12));

export const toShown = (value: number, control: Shown): number => Number((value * (control.shown_as[0] || 1)).toPrecision(12));

/** A value as a step in the menu names it: `40`, `0.50`. */
export function value(model: number, control: Shown): string {
  const factor = control.shown_as[0] || 1;
  return (model * factor).toFixed(decimals(Number((control.step * factor).toPrecision(12)))).replace('-', '−');
}

/** Up to four figures that matter, without needless zeros. */
export function plain(number: number | null): string {
  if (number === null || !Number.isFinite(number)) return '–';
  if (number === 0) return '0';
  const size = Math.abs(number);
  const written = size >= 1000 ? number.toFixed(0) : Number(number.toPrecision(size < 1 ? 3 : 4)).toString();
  return written.replace('-', '−');
}

/** With two or three decimals and a sign: a difference. */
export function signed(number: number | null, places = 2): string {
  if (number === null || !Number.isFinite(number)) return '–';
  const written = Math.abs(number).toFixed(places);
  return Number(written) === 0 ? written : `${number < 0 ? '−' : '+'}${written}`;
}

export function fixed(number: number | null, places = 2): string {
  return number === null || !Number.isFinite(number) ? '–' : number.toFixed(places).replace('-', '−');
}

/** The name of a step for menus, toasts and the replay. */
export function stepName(name: StepName): string {
  const phrases = text().step as Record<string, (subject: string, from: string, to: string) => string>;
  return phrases[name.what]?.(name.subject, name.from ?? '', name.to ?? '') ?? name.subject;
}

/** A moment, in the words of the reader's language; to the second where several of a minute are told apart. */
export function moment(when: string, language: string, exact = false): string {
  const date = new Date(when);
  if (Number.isNaN(date.getTime())) return when;
  return date.toLocaleString(language === 'zh' ? 'zh-CN' : 'en-GB', { dateStyle: 'medium', timeStyle: exact ? 'medium' : 'short' });
}

/** A figure beside its reference: six decimals where they matter, powers of ten where a number is very large or very small. */
export function decimal(number: number | null): string {
  if (number === null || !Number.isFinite(number)) return '–';
  const size = Math.abs(number);
  const written = size !== 0 && (size >= 1e6 || size < 1e-4) ? number.toExponential(3).replace('e', ' × 10^') : Number(number.toFixed(6)).toString();
  return written.replace('10^+', '10^').replaceAll('-', '−');
}
