/** The classics: which one is open, what is typed, and the run behind what is shown. */
import { refusalOf, type ClassicAnswer, type ClassicInfo, type ClassicStep, type FieldProblem, type FigureAsk, type Host, type Refusal, type ScreenFigure } from '../host/host.ts';
import type { Looks } from './exploration.svelte.ts';
import { same } from './workspace.ts';

/** What is typed for a classic: parameters that differ from their defaults, runs and seed. */
export interface Typed {
  readonly given: Readonly<Record<string, string>>;
  readonly runs: string;
  readonly seed: string;
}

export const UNTOUCHED: Typed = { given: {}, runs: '', seed: '' };

/** Milliseconds after the last key or move until the classic is run. */
const WAIT = 250;

interface Size {
  readonly width: number;
  readonly height: number;
}

/** What a figure stands for: when it differs from what is wanted, the figure is drawn anew. */
interface Drawn extends Size {
  readonly looks: Looks;
}

export class Classics {
  list = $state.raw<readonly ClassicInfo[]>([]);
  chosen = $state<string | null>(null);
  /** What is typed, by classic: leaving one and coming back finds it as it was. */
  typed = $state.raw<Readonly<Record<string, Typed>>>({});
  step = $state.raw<ClassicStep | null>(null);
  answer = $state.raw<ClassicAnswer | null>(null);
  figure = $state.raw<ScreenFigure | null>(null);
  problems = $state.raw<readonly FieldProblem[]>([]);
  running = $state(false);
  cancelled = $state(false);
  refusal = $state.raw<Refusal | null>(null);
  size = $state.raw<Size>({ width: 0, height: 0 });

  readonly #host: Host;
  readonly #looks: () => Looks;
  #tickets = 0;
  #ticket = '';
  #asked = '';
  #listed = '';
  #drawn: Drawn | null = null;
  #glances = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: Host, looks: () => Looks) {
    this.#host = host;
    this.#looks = looks;
  }

  get info(): ClassicInfo | null {
    return this.list.find((one) => one.id === this.chosen) ?? this.list[0] ?? null;
  }

  get fields(): Typed {
    return (this.info && this.typed[this.info.id]) || UNTOUCHED;
  }

  /** What stands in a field. */
  valueOf(id: string): string {
    return this.fields.given[id] ?? this.info?.parameters.find((one) => one.id === id)?.default ?? '';
  }

  /** The list and the answer in the language and colours of now. */
  async open(): Promise<void> {
    const { language } = this.#looks();
    if (this.#listed !== language) {
      try {
        this.list = await this.#host.classics(language);
        this.#listed = language;
      } catch (problem) {
        this.refusal = refusalOf(problem);
        return;
      }
    }
    this.want();
  }

  choose(id: string): void {
    if (id === this.chosen) return;
    this.cancel();
    this.#asked = '';
    this.chosen = id;
    this.problems = [];
    this.answer = null;
    this.figure = null;
    this.want();
  }

  set(id: string, value: string): void {
    const info = this.info;
    if (!info) return;
    const given = Object.fromEntries(Object.entries({ ...this.fields.given, [id]: value }).filter(([key, text]) => info.parameters.find((one) => one.id === key)?.default !== text));
    this.#type({ ...this.fields, given });
  }

  setRuns(runs: string): void {
    this.#type({ ...this.fields, runs });
  }

  setSeed(seed: string): void {
    this.#type({ ...this.fields, seed });
  }

  reset(): void {
    this.#type(UNTOUCHED);
  }

  #type(fields: Typed): void {
    const info = this.info;
    if (!info || same(fields, this.fields)) return;
    this.typed = { ...this.typed, [info.id]: fields };
    this.want(WAIT);
  }

  /** The picture’s box has this size. */
  resize(width: number, height: number): void {
    const size = { width: Math.round(width), height: Math.round(height) };
    if (size.width < 80 || size.height < 80 || same(size, this.size)) return;
    this.size = size;
    this.want();
  }

  /** Wants what is typed to be run; the same is not run again, but drawn anew where size or colours changed. */
  want(wait = 0): void {
    clearTimeout(this.#timer);
    const info = this.info;
    if (!info || this.size.width === 0) return;
    const asked = JSON.stringify([info.id, this.fields, this.#looks().language]);
    if (asked !== this.#asked) this.#timer = setTimeout(() => void this.#run(info, asked), wait);
    else this.#look();
  }

  again(): void {
    this.#asked = '';
    this.refusal = null;
    this.want();
  }

  async #run(info: ClassicInfo, asked: string): Promise<void> {
    const ticket = `classic-${++this.#tickets}`;
    const drawn: Drawn = { ...this.size, looks: this.#looks() };
    const { given, runs, seed } = this.fields;
    this.#asked = asked;
    this.#ticket = ticket;
    this.running = true;
    this.cancelled = false;
    this.refusal = null;
    const current = () => this.#ticket === ticket;
    try {
      await this.#host.classic({ ticket, id: info.id, given: Object.entries(given), runs, seed, ...drawn.looks, width: drawn.width, height: drawn.height }, (step) => current() && this.#show(step, drawn));
    } catch (problem) {
      if (current()) this.refusal = refusalOf(problem);
    } finally {
      if (current()) this.running = false;
    }
  }

  #show(step: ClassicStep, drawn: Drawn): void {
    this.step = step;
    this.problems = step.problems;
    if (step.stage === 'cancelled') this.cancelled = true;
    if (!step.answer) return;
    this.answer = step.answer;
    this.figure = step.answer.figure;
    this.#drawn = drawn;
    this.#look();
  }

  /** Draws the figure of the answer anew where size or colours are no longer those. */
  #look(): void {
    const ask = this.asked();
    const wanted: Drawn = { ...this.size, looks: this.#looks() };
    if (!ask || same(wanted, this.#drawn)) return;
    const glance = ++this.#glances;
    this.#host.figure(ask).then(
      (figure) => {
        if (glance !== this.#glances) return;
        this.figure = figure;
        this.#drawn = wanted;
      },
      (problem: unknown) => glance === this.#glances && (this.refusal = refusalOf(problem)),
    );
  }

  /** The question for the figure as it is seen. */
  asked(): FigureAsk | null {
    const answer = this.answer;
    if (!answer) return null;
    const wish = { ...this.#looks(), ...this.size, size: null, projector: false, domain: null, run: null, quarter: null, takeaway: false };
    return { results: answer.results, chart: answer.figure.chart, wish };
  }

  /** What the answer rests on is no longer what is typed. */
  get stale(): boolean {
    return this.answer !== null && (this.running || this.cancelled || this.problems.length > 0);
  }

  /** Stops at once for whoever looks; the host leaves with the run that it is in. */
  cancel(): void {
    clearTimeout(this.#timer);
    if (!this.running) return;
    void this.#host.cancel(this.#ticket).catch(() => undefined);
    this.#ticket = '';
    this.running = false;
    this.cancelled = true;
    if (this.step) this.step = { ...this.step, stage: 'cancelled' };
  }

  /** What is wrong with a field; without a key, what belongs to none. */
  problemOf(key: string): string | null {
    return this.problems.find((one) => one.key === key)?.message ?? null;
  }
}
