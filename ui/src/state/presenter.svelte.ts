/** Presenting: one chart and one line for the audience, the main window as console. */
import type { AudienceState, FigureAsk, ScreenFigure } from '../host/host.ts';
import { refusalOf } from '../host/host.ts';
import type { Session } from './session.svelte.ts';

/** Size of the audience's picture: what fits under a line of title on a display of 1920 × 1080. */
const PICTURE = { width: 1824, height: 864 };

export class Presenter {
  active = $state(false);
  place = $state(0);
  blank = $state(false);
  theme = $state<'light' | 'dark'>('light');
  figure = $state.raw<ScreenFigure | null>(null);
  nextFigure = $state.raw<ScreenFigure | null>(null);
  readonly #session: Session;
  #shows = 0;

  constructor(session: Session) {
    this.#session = session;
  }

  get count(): number {
    return this.#session.explore.cards.length;
  }

  async begin(): Promise<void> {
    this.active = true;
    this.blank = false;
    this.place = Math.min(this.#session.place, Math.max(0, this.count - 1));
    await this.show();
  }

  async end(): Promise<void> {
    this.active = false;
    this.figure = null;
    await this.#session.attempt(() => this.#session.host.present(null));
  }

  /** The audience closed its window itself. */
  closed(): void {
    this.active = false;
  }

  async go(by: number): Promise<void> {
    if (this.count === 0) return;
    this.place = Math.min(this.count - 1, Math.max(0, this.place + by));
    this.blank = false;
    await this.show();
  }

  async toggleBlank(): Promise<void> {
    this.blank = !this.blank;
    await this.show();
  }

  /** Keys pressed at either window. */
  key(key: string): boolean {
    const doing: Record<string, () => Promise<void>> = {
      PageDown: () => this.go(1),
      PageUp: () => this.go(-1),
      '.': () => this.toggleBlank(),
      Escape: () => this.end(),
      F5: () => this.end(),
    };
    const act = this.active ? doing[key] : undefined;
    if (act) void act();
    return act !== undefined;
  }

  ask(place: number): FigureAsk | null {
    const session = this.#session;
    const card = session.explore.cards[place];
    const step = session.explore.step;
    if (!card || !step) return null;
    const wish = { theme: this.theme, language: session.settings.language, size: null, projector: true, ...PICTURE, domain: card.domain, run: null, quarter: null, takeaway: false };
    return { results: step.results, chart: card.chart, wish };
  }

  /** Draws the chart for the audience and sends it. */
  async show(): Promise<void> {
    if (!this.active) return;
    const shows = ++this.#shows;
    const session = this.#session;
    const ask = this.ask(this.place);
    try {
      const figure = ask ? await session.host.figure(ask) : null;
      if (shows !== this.#shows || !this.active) return;
      this.figure = figure;
      const state: AudienceState = {
        figure: this.blank ? null : figure,
        ask: null,
        title: this.blank ? '' : (figure?.title ?? ''),
        note: session.explore.step?.finding.text ?? '',
        blank: this.blank,
        theme: this.theme,
        language: session.settings.language,
      };
      await session.host.present(state);
      const following = this.ask(this.place + 1);
      this.nextFigure = following ? await session.host.figure(following) : null;
    } catch (problem) {
      session.refuse(refusalOf(problem));
    }
  }
}
