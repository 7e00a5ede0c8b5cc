/** Values of a slider: steps, decimals, what a key does. */

export interface Scale {
  readonly low: number;
  readonly high: number;
  readonly step: number;
}

/** Decimals with which a step can be written. */
export function decimals(step: number): number {
  for (let d = 0; d < 8; d++) if (Math.abs(step * 10 ** d - Math.round(step * 10 ** d)) < 1e-9) return d;
  return 8;
}

/** The value on the scale that is nearest: whole steps from the low end, the ends included. */
export function snap(value: number, scale: Scale): number {
  const clamped = Math.min(scale.high, Math.max(scale.low, value));
  if (scale.high - clamped < 1e-12) return scale.high;
  const steps = Math.round((clamped - scale.low) / scale.step);
  const snapped = Math.min(scale.high, scale.low + steps * scale.step);
  return Number(snapped.toFixed(Math.max(decimals(scale.step), decimals(scale.low))));
}

/** The value after a key on the slider, or nothing when the key does not move it. */
export function keyed(key: string, shift: boolean, value: number, scale: Scale): number | null {
  const by = (steps: number) => snap(value + steps * scale.step, scale);
  const stride = shift ? 10 : 1;
  switch (key) {
    case 'ArrowRight':
    case 'ArrowUp':
      return by(stride);
    case 'ArrowLeft':
    case 'ArrowDown':
      return by(-stride);
    case 'PageUp':
      return by(10);
    case 'PageDown':
      return by(-10);
    case 'Home':
      return scale.low;
    case 'End':
      return scale.high;
    default:
      return null;
  }
}

/** What was typed, as a number on the scale; nothing when it is no number. A comma is read as a decimal point, and the per cent sign of the field may be typed too. */
export function typed(written: string, scale: Scale): number | null {
  const clean = written.replace(/\s*%?\s*$/, '').trim().replace(',', '.').replace('−', '-');
  if (clean === '' || !/^[-+]?\d*\.?\d+(e[-+]?\d+)?$/i.test(clean)) return null;
  return snap(Number(clean), scale);
}

/** A value with as many decimals as its step has. */
export const shown = (value: number, scale: Scale): string => value.toFixed(decimals(scale.step)).replace('-', '−');
