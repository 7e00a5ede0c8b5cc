/** The runs behind Compare, and the answer to “Why different?”. */
import { refusalOf, type ChartAsk, type CompareStep, type Draft, type Host, type Refusal, type WhyStep } from '../host/host.ts';
import type { Looks } from './exploration.svelte.ts';
import { painted } from './painted.ts';
import { same } from './workspace.ts';

/** What a comparison is made of. */
export interface Sides {
  readonly drafts: readonly Draft[];
  readonly seed: number;
  readonly runs: number;
  readonly adopters: number | null;
  readonly charts: readonly ChartAsk[];
}

export class Comparison {
  step = $state.raw<CompareStep | null>(null);
  answers = $state.raw<Sides | null>(null);
  running = $state(false);
  refusal = $state.raw<Refusal | null>(null);
  why = $state.raw<WhyStep | null>(null);
  whyRunning = $state(false);
  whyRefusal = $state.raw<Refusal | null>(null);
  /** Year under the pointer, shared by all panels. */
  hover = $state<number | null>(null);

  readonly #host: Host;
  readonly #looks: () => Looks;
  #tickets = 0;
  #ticket = '';
  #whyTicket = '';
  #asked = '';

  constructor(host: Host, looks: () => Looks) {
    this.#host = host;
    this.#looks = looks;
  }

  /** Wants this comparison; the same one is not run again. */
  want(sides: Sides): void {
    const looks = this.#looks();
    const asked = JSON.stringify([sides, looks]);
    if (asked === this.#asked && !this.refusal) return;
    this.#asked = asked;
    if (this.answers && !same(this.answers.drafts, sides.drafts)) this.forgetWhy();
    void this.#start(sides, looks);
  }

  again(): void {
    const sides = this.answers;
    this.#asked = '';
    if (sides) this.want(sides);
  }

  async #start(sides: Sides, looks: Looks): Promise<void> {
    const ticket = `compare-${++this.#tickets}`;
    if (this.running) void this.#host.cancel(this.#ticket).catch(() => undefined);
    this.#ticket = ticket;
    this.running = true;
    this.refusal = null;
    const { drafts, seed, runs, adopters, charts } = sides;
    try {
      await this.#host.compare({ ticket, drafts: [...drafts], seed, runs, adopters, charts: [...charts], ...looks }, (step) => {
        if (this.#ticket !== ticket) return;
        this.step = step;
        this.answers = sides;
        if (step.stage === 'preview') void painted().then(() => this.#host.seen(ticket)).catch(() => undefined);
      });
    } catch (problem) {
      if (this.#ticket === ticket) this.refusal = refusalOf(problem);
    } finally {
      if (this.#ticket === ticket) this.running = false;
    }
  }

  cancel(): void {
    if (this.running) void this.#host.cancel(this.#ticket).catch(() => undefined);
    if (this.whyRunning) void this.#host.cancel(this.#whyTicket).catch(() => undefined);
  }

  forgetWhy(): void {
    if (this.whyRunning) void this.#host.cancel(this.#whyTicket).catch(() => undefined);
    this.#whyTicket = '';
    this.why = null;
    this.whyRefusal = null;
    this.whyRunning = false;
  }

  async explain(sides: Sides, other: Draft, indicator: string): Promise<void> {
    const baseline = sides.drafts[0];
    if (!baseline) return;
    this.forgetWhy();
    const ticket = `why-${++this.#tickets}`;
    this.#whyTicket = ticket;
    this.whyRunning = true;
    const { seed, runs, adopters } = sides;
    try {
      await this.#host.why({ ticket, baseline, other, runs, seed, adopters, indicator, quarter: null, language: this.#looks().language }, (step) => {
        if (this.#whyTicket === ticket) this.why = step;
      });
    } catch (problem) {
      if (this.#whyTicket === ticket) this.whyRefusal = refusalOf(problem);
    } finally {
      if (this.#whyTicket === ticket) this.whyRunning = false;
    }
  }
}
