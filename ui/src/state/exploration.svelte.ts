/** The runs behind Explore: asked for, shown as they arrive, out of date when the inputs have moved on; and the lens they are looked at through. */
import { refusalOf, type ChartAsk, type ChartInfo, type Colours, type FigureAsk, type Host, type Language, type Refusal, type ScreenFigure, type Step } from '../host/host.ts';
import type { StepName } from './history.ts';
import { latest } from './latest.ts';
import { painted } from './painted.ts';
import { same, sameInputs, type Inputs } from './workspace.ts';

/** Runs of the first picture while a slider moves. */
const PREVIEW_RUNS = 8;

/** Milliseconds per single run when they are played: slower is read, faster is not (Kale 2019). */
export const RUN_MS = 400;

/** Milliseconds for which a replay holds the charts from before the change, and then those from after. */
const HOLD_MS = 1100;

/** How charts are wanted, apart from what they show. */
export interface Looks {
  readonly theme: Colours;
  readonly language: Language;
}

/** What is looked at: everything, or one run, one year, only the baseline. */
export interface Lens {
  readonly run: number | null;
  readonly year: number | null;
  readonly baselineOnly: boolean;
}

/** How the figures of a step were asked for. */
interface Drawn {
  readonly cards: readonly ChartAsk[];
  readonly looks: Looks;
}

const OPEN: Lens = { run: null, year: null, baselineOnly: false };

/** What the exploration needs to know of its surroundings. */
export interface Surroundings {
  looks(): Looks;
  kind(chart: string): ChartInfo | undefined;
  years(): { readonly first: number; readonly last: number };
  stillness(): boolean;
  /** The first picture of a question is there, or will not come. */
  pictured(): void;
}

export class Exploration {
  /** The newest answer. */
  step = $state.raw<Step | null>(null);
  /** The question that it answers. */
  answers = $state.raw<Inputs | null>(null);
  /** Whether more is on its way. */
  running = $state(false);
  cancelled = $state(false);
  /** Whether the first picture of the newest question is still to come. */
  awaited = false;
  refusal = $state.raw<Refusal | null>(null);
  /** The last full answer before the last change, for replay. */
  before = $state.raw<{ readonly step: Step; readonly name: StepName | null } | null>(null);
  lens = $state.raw<Lens>(OPEN);
  /** Year under the pointer, shared by all charts. */
  hover = $state<number | null>(null);
  playing = $state<'runs' | 'years' | null>(null);
  replaying = $state<'before' | 'after' | null>(null);
  /** Charts as they are on screen, by place. */
  cards = $state.raw<readonly ChartAsk[]>([]);
  /** Pictures that size, colours or lens ask for beside those of the step, by place. */
  seen = $state.raw<ReadonlyMap<number, ScreenFigure>>(new Map());

  readonly #host: Host;
  readonly #around: Surroundings;
  readonly #ask: (inputs: Inputs) => void;
  #tickets = 0;
  #ticket = '';
  /** The newest question, answered or not. */
  #asked: { readonly inputs: Inputs; readonly language: Language } | null = null;
  #glances = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #drawn: Drawn = { cards: [], looks: { theme: 'light', language: 'en' } };

  constructor(host: Host, around: Surroundings) {
    this.#host = host;
    this.#around = around;
    this.#ask = latest((inputs) => this.#start(inputs));
  }

  /** Wants results for these inputs; the newest wish wins. */
  want(inputs: Inputs): void {
    const asked = this.#asked !== null && sameInputs(this.#asked.inputs, inputs) && this.#asked.language === this.#around.looks().language;
    // What somebody cancelled stays cancelled until something is changed, or asked for again.
    const have = asked && (this.running || this.cancelled || this.step?.stage === 'full');
    if (!have) this.again(inputs);
  }

  /** Runs these inputs, whatever is there. */
  again(inputs: Inputs): void {
    this.refusal = null;
    this.awaited = true;
    this.#asked = { inputs, language: this.#around.looks().language };
    this.stop();
    this.#ask(inputs);
  }

  /** Ends when the first picture is on screen, so that the next wish may take over. */
  #start(inputs: Inputs): Promise<void> {
    const ticket = `explore-${++this.#tickets}`;
    const drawn = { cards: this.cards, looks: this.#around.looks() };
    this.#ticket = ticket;
    this.running = true;
    this.awaited = true;
    this.cancelled = false;
    return new Promise<void>((pictured) => {
      const ask = { ticket, ...inputs, preview_runs: PREVIEW_RUNS, charts: [...drawn.cards], ...drawn.looks };
      const current = () => this.#ticket === ticket;
      this.#host
        .explore(ask, (step) => {
          if (!current()) return;
          this.#show(step, inputs, drawn);
          pictured();
        })
        .catch((problem: unknown) => current() && this.#refused(problem))
        .finally(() => {
          if (current()) {
            this.running = false;
            this.look();
          }
          pictured();
        });
    })
      .then(painted)
      .then(() => {
        void this.#host.seen(ticket).catch(() => undefined);
        this.awaited = false;
        this.#around.pictured();
      });
  }

  #show(step: Step, inputs: Inputs, drawn: Drawn): void {
    if (step.stage === 'cancelled') {
      this.cancelled = true;
      if (step.figures.length === 0) return;
    }
    if (step.stage === 'full') this.running = false;
    this.#drawn = drawn;
    this.step = step;
    this.answers = inputs;
    this.look();
  }

  #refused(problem: unknown): void {
    const refusal = refusalOf(problem);
    if (refusal.code === 'interrupted') this.cancelled = true;
    else this.refusal = refusal;
  }

  cancel(): void {
    if (!this.running) return;
    this.cancelled = true;
    void this.#host.cancel(this.#ticket).catch(() => undefined);
  }

  /** Keeps what is shown as “before”, as a change begins. */
  remember(name: StepName | null): void {
    if (this.step?.stage === 'full') this.before = { step: this.step, name };
  }

  stale(inputs: Inputs | null): boolean {
    return this.step !== null && inputs !== null && this.answers !== null && !sameInputs(this.answers, inputs);
  }

  /** Another document is open: nothing of what was run is about it. */
  forget(): void {
    if (this.running) void this.#host.cancel(this.#ticket).catch(() => undefined);
    this.#ticket = '';
    this.running = false;
    this.step = null;
    this.answers = null;
    this.before = null;
    this.refusal = null;
    this.cancelled = false;
    this.#asked = null;
    this.clearLens();
  }

  /** The charts on screen changed: kind, size, colours or language. */
  place(cards: readonly ChartAsk[]): void {
    if (!same(cards, this.cards)) this.cards = cards;
    this.look();
  }

  /** The figure at a place: as the lens has it, else as the newest answer has it. */
  figure(place: number): ScreenFigure | null {
    const card = this.cards[place];
    const former = this.replaying === 'before' ? this.before?.step.figures.find((figure) => figure.chart === card?.chart && figure.domain === card.domain) : undefined;
    // A chart that was not on screen before the change stays as it is.
    if (former) return former;
    const standing = this.step?.figures[place] ?? null;
    const fallback = standing && standing.chart === card?.chart && standing.domain === card.domain ? standing : null;
    return this.seen.get(place) ?? fallback;
  }

  /** Number of runs that can be looked at singly. */
  get runs(): number {
    return this.step?.runs_done ?? 0;
  }

  // The lens.

  setLens(change: Partial<Lens>): void {
    this.lens = { ...this.lens, ...change };
    this.look();
  }

  stepRun(by: number): void {
    if (this.runs === 0) return;
    const from = this.lens.run ?? (by > 0 ? -1 : 0);
    this.setLens({ run: (from + by + this.runs) % this.runs });
  }

  stepYear(by: number): void {
    const { first, last } = this.#around.years();
    const from = this.lens.year ?? (by > 0 ? first - 1 : last + 1);
    this.setLens({ year: Math.min(last, Math.max(first, from + by)) });
  }

  /** Plays single runs or years one after the other, or stops. Where nothing may move, twelve runs stand side by side instead. */
  play(what: 'runs' | 'years'): void {
    const stopping = this.playing === what;
    this.stop();
    if (stopping || !this.step) return;
    if (what === 'years' && this.lens.year === this.#around.years().last) this.setLens({ year: null });
    this.playing = what;
    if (!this.#around.stillness()) this.#tick(what);
  }

  #tick(what: 'runs' | 'years'): void {
    if (what === 'runs') this.stepRun(1);
    else this.stepYear(1);
    const over = what === 'years' && this.lens.year === this.#around.years().last;
    if (over) this.playing = null;
    else this.#timer = setTimeout(() => this.#tick(what), RUN_MS);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.playing = null;
    this.replaying = null;
  }

  clearLens(): void {
    this.stop();
    this.setLens(OPEN);
  }

  /** Shows the charts before the last change, then those after it. */
  replay(): void {
    if (!this.before) return;
    this.stop();
    this.replaying = 'before';
    this.#timer = setTimeout(() => {
      this.replaying = 'after';
      this.#timer = setTimeout(() => (this.replaying = null), HOLD_MS);
    }, HOLD_MS);
  }

  /** Asks for the pictures that the step does not hold. */
  look(): void {
    const glance = ++this.#glances;
    const step = this.step;
    const asks = step ? this.cards.map((card, place) => ({ place, ask: this.#askFor(step, card, place) })).filter((one) => one.ask !== null) : [];
    if (asks.length === 0) {
      if (this.seen.size > 0) this.seen = new Map();
      return;
    }
    void Promise.allSettled(asks.map(async ({ place, ask }) => [place, await this.#host.figure(ask as FigureAsk)] as const)).then((answers) => {
      if (glance !== this.#glances) return;
      this.seen = new Map(answers.filter((answer) => answer.status === 'fulfilled').map((answer) => answer.value));
    });
  }

  #askFor(step: Step, card: ChartAsk, place: number): FigureAsk | null {
    const looks = this.#around.looks();
    const standing = same(this.#drawn.cards[place], card) && same(this.#drawn.looks, looks);
    const ask = this.asked(place);
    const plain = ask !== null && ask.chart === card.chart && ask.wish.run === null && ask.wish.quarter === null && !this.lens.baselineOnly;
    // What is not complete has no values to read off; while more is on its way, nobody misses them.
    const readable = step.stage === 'full' || this.running;
    return (standing && plain && readable) || step.results.length === 0 ? null : ask;
  }

  /** The question for the figure at a place as it is seen: size, colours, and what the lens picks out. */
  asked(place: number): FigureAsk | null {
    const card = this.cards[place];
    if (!this.step || !card) return null;
    const { run, year, baselineOnly } = this.lens;
    const chart = run !== null && card.chart === 'fragmentation' ? 'runs' : card.chart;
    const kind = this.#around.kind(chart);
    const wish = {
      ...this.#around.looks(),
      size: null,
      projector: false,
      width: card.width,
      height: card.height,
      domain: card.domain,
      run: kind?.by_run ? run : null,
      quarter: kind?.by_quarter && year !== null ? `${year}Q4` : null,
      takeaway: false,
    };
    const results = baselineOnly && !kind?.compares ? this.step.results.slice(0, 1) : this.step.results;
    return { results, chart, wish };
  }
}
