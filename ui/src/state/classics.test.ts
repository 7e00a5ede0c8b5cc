import { describe, expect, it } from 'vitest';
import type { ClassicAsk, ClassicInfo, ClassicStep, Host } from '../host/host.ts';
import { Classics } from './classics.svelte.ts';

const info = (id: string): ClassicInfo => ({
  id,
  name: id,
  lesson: '',
  story: '',
  engine: '',
  source: '',
  level: '',
  runs: 100,
  random: true,
  parameters: [{ id: 'p', doc: '', unit: '', kind: 'number', default: '0.5', domain: '0 to 1', low: 0, high: 1, words: [] }],
});

/** A host that answers when it is told to. */
function desk() {
  const asks: ClassicAsk[] = [];
  const cancelled: string[] = [];
  const pending: { step: (step: ClassicStep) => void; end: () => void }[] = [];
  const host = {
    classics: async () => [info('arthur'), info('bass')],
    classic: (ask: ClassicAsk, step: (step: ClassicStep) => void) => new Promise<void>((end) => { asks.push(ask); pending.push({ step, end }); }),
    cancel: async (ticket: string) => void cancelled.push(ticket),
    figure: async () => ({}),
  } as unknown as Host;
  const classics = new Classics(host, () => ({ theme: 'light', language: 'en' }));
  return { classics, asks, cancelled, pending };
}

const step = (ticket: string, change: Partial<ClassicStep>): ClassicStep => ({ ticket, stage: 'partial', runs_done: 10, runs_asked: 100, seconds_left: null, problems: [], answer: null, ...change });
const later = (ms = 5) => new Promise((done) => setTimeout(done, ms));

async function opened() {
  const all = desk();
  await all.classics.open();
  all.classics.resize(600, 300);
  await later();
  return all;
}

describe('classics', () => {
  it('run once the place for the picture is known, and not twice for the same', async () => {
    const { classics, asks } = await opened();
    expect(asks).toHaveLength(1);
    expect(asks[0]).toMatchObject({ id: 'arthur', given: [], width: 600 });
    classics.want();
    await later();
    expect(asks).toHaveLength(1);
  });

  it('send only what differs from the defaults, after typing has rested', async () => {
    const { classics, asks } = await opened();
    classics.set('p', '0.6');
    classics.set('p', '0.7');
    await later(400);
    expect(asks.map((ask) => ask.given)).toEqual([[], [['p', '0.7']]]);
    classics.set('p', '0.5');
    await later(400);
    expect(asks.at(-1)!.given).toEqual([]);
  });

  it('stop at once when cancelled, whatever still arrives, and go on when asked', async () => {
    const { classics, asks, cancelled, pending } = await opened();
    pending[0]!.step(step(asks[0]!.ticket, {}));
    classics.cancel();
    expect(cancelled).toEqual([asks[0]!.ticket]);
    expect([classics.running, classics.cancelled, classics.step?.stage]).toEqual([false, true, 'cancelled']);
    pending[0]!.step(step(asks[0]!.ticket, { runs_done: 90 }));
    expect(classics.step?.runs_done).toBe(10);
    classics.again();
    await later();
    expect(asks).toHaveLength(2);
  });

  it('hold each problem at its field, until the next answer', async () => {
    const { classics, asks, pending } = await opened();
    pending[0]!.step(step(asks[0]!.ticket, { stage: 'full', problems: [{ key: 'p', message: 'out' }] }));
    expect([classics.problemOf('p'), classics.problemOf('runs')]).toEqual(['out', null]);
    pending[0]!.step(step(asks[0]!.ticket, { stage: 'full' }));
    expect(classics.problemOf('p')).toBeNull();
  });

  it('find what was typed when somebody comes back, and run it', async () => {
    const { classics, asks } = await opened();
    classics.set('p', '0.2');
    classics.choose('bass');
    await later();
    classics.choose('arthur');
    await later();
    expect(classics.valueOf('p')).toBe('0.2');
    expect(asks.at(-1)).toMatchObject({ id: 'arthur', given: [['p', '0.2']] });
  });
});
