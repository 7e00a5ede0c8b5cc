import { describe, expect, it } from 'vitest';
import type { ReadoutLine } from '../host/host.ts';
import { atYear, fit, nearest, quarterName, yearAt } from './readout.ts';

const line = (panel: number, series: string, year: number | null, x: number, y: number): ReadoutLine => ({ panel, series, x, y, year, text: `${series} ${y}`, value: y });
const lines = [2030, 2030.25, 2030.5, 2035].flatMap((year, k) => [line(0, 'EU', year, 100 + k * 10, 50), line(0, 'CN', year, 100 + k * 10, 80), line(1, 'EU', year, 300 + k * 10, 60)]);

describe('a read-out', () => {
  it('gives one value per panel and series, the nearest in time', () => {
    expect(atYear(lines, 2030.3).map((one) => [one.panel, one.series, one.year])).toEqual([[0, 'EU', 2030.25], [0, 'CN', 2030.25], [1, 'EU', 2030.25]]);
  });
  it('says nothing of years that are not drawn', () => {
    expect(atYear(lines, 2033)).toEqual([]);
  });
  it('finds the year under the pointer in the panel that is pointed at', () => {
    expect(yearAt(lines, { x: 311, y: 62 })).toBe(2030.25);
    expect(yearAt(lines, { x: 900, y: 62 })).toBeNull();
    expect(nearest(lines, { x: 131, y: 79 })?.series).toBe('CN');
  });
  it('leaves single runs out where there is a middle with its range', () => {
    const run = { ...line(0, 'run 3', 2030, 100, 70), text: '0.41' };
    const middle = { ...line(0, 'median', 2030, 100, 60), text: '0.41 (0.39–0.44)' };
    expect(atYear([run, middle], 2030)).toEqual([middle]);
    expect(atYear([run], 2030)).toEqual([run]);
  });
  it('names quarters as people do', () => {
    expect([2030, 2030.25, 2030.5, 2030.75].map(quarterName)).toEqual(['2030 Q1', '2030 Q2', '2030 Q3', '2030 Q4']);
  });
  it('lies in the middle of its box', () => {
    expect(fit({ width: 100, height: 50 }, { width: 300, height: 100 })).toEqual({ scale: 2, left: 50, top: 0 });
  });
});
