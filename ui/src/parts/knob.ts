/** Sliders of the classics: positions along a range that may span many powers of ten, and the number as it is typed. */

/** Positions of a slider. */
export const STOPS = 200;

/** From this ratio of its ends on a range is walked through in equal ratios instead of equal steps. */
const WIDE = 500;

/** A domain as wide as this many times the default is not walked through as a whole. */
const FAR = 20;

/** Powers of ten on either side of the default that a slider walks through where the domain has many more. */
const DECADES = 2;

export interface Range {
  readonly low: number;
  readonly high: number;
  readonly whole: boolean;
}

const wide = ({ low, high }: Range): boolean => low > 0 && high / low >= WIDE;

/** The part of a domain that a slider walks through: all of it, or what lies about the default; the field takes the rest. */
export function walked(domain: Range, usual: number): Range {
  const { low, high } = domain;
  const size = Math.abs(usual);
  if (low > 0 && Math.log10(high / low) > 2 * DECADES + 1 && usual > 0) return { ...domain, low: Math.max(low, usual / 10 ** DECADES), high: Math.min(high, usual * 10 ** DECADES) };
  if (wide(domain) || high - low <= FAR * (size || FAR)) return domain;
  const reach = 4 * (size || 1);
  const round = (value: number) => Number(value.toPrecision(3));
  return { ...domain, low: Math.max(low, round(-reach)), high: Math.min(high, round(reach)) };
}

/** Position of a value, from 0 to {@link STOPS}. */
export function stopOf(value: number, range: Range): number {
  if (!Number.isFinite(value) || range.high <= range.low) return 0;
  const within = Math.min(range.high, Math.max(range.low, value));
  const share = wide(range) ? Math.log(within / range.low) / Math.log(range.high / range.low) : (within - range.low) / (range.high - range.low);
  return Math.round(share * STOPS);
}

/** The number at a position, as somebody would type it. */
export function typedAt(stop: number, range: Range): string {
  const share = Math.min(STOPS, Math.max(0, stop)) / STOPS;
  if (share === 0) return String(range.low);
  if (share === 1) return String(range.high);
  const value = wide(range) ? range.low * (range.high / range.low) ** share : range.low + (range.high - range.low) * share;
  if (range.whole) return String(wide(range) ? Number(Math.round(value).toPrecision(2)) : Math.round(value));
  return String(Number(value.toPrecision(wide(range) ? 2 : 4)));
}

/** A number as typed: a fraction such as 1/3 counts, a comma is no decimal point because lists have commas. */
export function numberOf(text: string): number | null {
  const parts = text.trim().split('/').map((part) => (part.trim() === '' ? NaN : Number(part)));
  const value = parts.length === 2 ? parts[0]! / parts[1]! : parts.length === 1 ? parts[0]! : NaN;
  return Number.isFinite(value) ? value : null;
}
