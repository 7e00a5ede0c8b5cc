import { describe, expect, it } from 'vitest';
import type { ExploreAsk, Host, Language, Step } from '../host/host.ts';
import { Exploration } from './exploration.svelte.ts';
import type { Inputs } from './workspace.ts';

/** A host that notes every question and answers when it is told to. */
function listening() {
  const asked: ExploreAsk[] = [];
  const cancelled: string[] = [];
  const seen: string[] = [];
  let finish = () => {};
  const host = {
    explore: (ask: ExploreAsk, step: (step: Step) => void) => {
      asked.push(ask);
      step({ stage: 'preview', figures: [], results: [], runs_done: 16 } as unknown as Step);
      return new Promise<void>((done) => (finish = done));
    },
    seen: (ticket: string) => Promise.resolve(void seen.push(ticket)),
    cancel: (ticket: string) => {
      cancelled.push(ticket);
      finish();
      return Promise.resolve();
    },
  } as unknown as Host;
  return { host, asked, cancelled, seen };
}

const inputs = (seed: number) => ({ shown: { id: 'a' }, baseline: { id: 'b' }, seed, runs: 200, adopters: null }) as unknown as Inputs;
const settled = () => new Promise((done) => setTimeout(done, 5));

describe('runs behind Explore', () => {
  const around = (looks: { language: Language }, pictured = () => {}) => ({
    looks: () => ({ theme: 'light' as const, ...looks }),
    kind: () => undefined,
    years: () => ({ first: 2025, last: 2040 }),
    stillness: () => false,
    pictured,
  });

  it('stay cancelled until something is changed', async () => {
    const { host, asked } = listening();
    const explore = new Exploration(host, around({ language: 'en' }));
    explore.want(inputs(1));
    await settled();
    explore.cancel();
    await settled();
    explore.want(inputs(1));
    await settled();
    expect([asked.length, explore.running, explore.cancelled]).toEqual([1, false, true]);
    explore.want(inputs(2));
    await settled();
    expect([asked.length, explore.running]).toEqual([2, true]);
  });

  it('say nothing any more once another document is open', async () => {
    const { host, cancelled } = listening();
    const explore = new Exploration(host, around({ language: 'en' }));
    explore.want(inputs(1));
    await settled();
    expect(explore.step).not.toBeNull();
    explore.forget();
    await settled();
    expect([explore.step, explore.answers, explore.running, explore.cancelled, cancelled.length]).toEqual([null, null, false, false, 1]);
    explore.want(inputs(1));
    await settled();
    expect(explore.running).toBe(true);
  });

  it('go on, and the controls are asked for, when the first picture is on screen', async () => {
    const { host, asked, seen } = listening();
    const awaited: boolean[] = [];
    const explore: Exploration = new Exploration(host, around({ language: 'en' }, () => awaited.push(explore.awaited)));
    explore.want(inputs(1));
    expect([explore.awaited, seen.length, awaited.length]).toEqual([true, 0, 0]);
    await settled();
    expect(seen).toEqual([asked[0]?.ticket]);
    expect(awaited).toEqual([false]);
  });

  it('are told again in another language', async () => {
    const { host, asked } = listening();
    const looks: { language: Language } = { language: 'en' };
    const explore = new Exploration(host, around(looks));
    explore.want(inputs(1));
    await settled();
    explore.want(inputs(1));
    await settled();
    expect(asked.length).toBe(1);
    looks.language = 'zh';
    explore.want(inputs(1));
    await settled();
    expect(asked.map((ask) => ask.language)).toEqual(['en', 'zh']);
  });
});
