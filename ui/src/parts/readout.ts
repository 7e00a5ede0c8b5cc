/** What stands under the pointer or at a year: picked from the readouts of a figure. */
import type { ReadoutLine, ScreenFigure } from '../host/host.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Where a picture of `figure` lies in a box of this size: scaled to fit, in the middle. */
export function fit(figure: Pick<ScreenFigure, 'width' | 'height'>, box: { width: number; height: number }): { scale: number; left: number; top: number } {
  const scale = Math.min(box.width / figure.width, box.height / figure.height) || 1;
  return { scale, left: (box.width - figure.width * scale) / 2, top: (box.height - figure.height * scale) / 2 };
}

const distance = (line: ReadoutLine, at: Point) => Math.hypot(line.x - at.x, line.y - at.y);

/** The panel that a point belongs to: that of the nearest readout. */
export function nearest(readouts: readonly ReadoutLine[], at: Point): ReadoutLine | null {
  let best: ReadoutLine | null = null;
  for (const line of readouts) if (!best || distance(line, at) < distance(best, at)) best = line;
  return best;
}

/** Year at a point of a figure over time; nothing far outside its panels. */
export function yearAt(readouts: readonly ReadoutLine[], at: Point): number | null {
  const panel = nearest(readouts, at)?.panel;
  const timed = readouts.filter((line) => line.panel === panel && line.year !== null);
  let best: ReadoutLine | null = null;
  for (const line of timed) if (!best || Math.abs(line.x - at.x) < Math.abs(best.x - at.x)) best = line;
  return best && Math.abs(best.x - at.x) < 60 ? best.year : null;
}

/** The readouts at a year: per panel and series the nearest in time, within half a year. */
export function atYear(readouts: readonly ReadoutLine[], year: number): ReadoutLine[] {
  const best = new Map<string, ReadoutLine>();
  for (const line of readouts) {
    if (line.year === null || Math.abs(line.year - year) > 0.5) continue;
    const key = `${line.panel} ${line.series}`;
    const before = best.get(key);
    if (!before || Math.abs(line.year - year) < Math.abs((before.year ?? 0) - year)) best.set(key, line);
  }
  return summaries([...best.values()]);
}

/** Where a panel has values with a range, those: the single runs beside them are there to be seen, not read. */
function summaries(lines: readonly ReadoutLine[]): ReadoutLine[] {
  const ranged = new Set(lines.filter(hasRange).map((line) => line.panel));
  return lines.filter((line) => hasRange(line) || !ranged.has(line.panel));
}

const hasRange = (line: ReadoutLine) => line.text.includes('(');

/** `2031.25` as a person says it: `2031 Q2`. */
export const quarterName = (year: number): string => `${Math.floor(year + 1e-6)} Q${Math.min(4, Math.floor((year + 1e-6 - Math.floor(year + 1e-6)) * 4) + 1)}`;
