/** One sitting: the document with its history, the settings, what is on screen, and the way to the host. */
import { refusalOf, type Control, type Draft, type ExportAsk, type FigureAsk, type Hello, type Host, type Inspection, type Ledger, type Library, type Opened, type ProblemLine, type RecentLine, type RecoveryLine, type Refusal, type RerunStep, type SaveAsk, type ScreenFigure, type Settings, type TrustPage, type VersionLine, type Workspace } from '../host/host.ts';
import { speak, text } from '../text/index.svelte.ts';
import { Classics } from './classics.svelte.ts';
import { told } from '../text/told.ts';
import { Comparison } from './comparison.svelte.ts';
import { Exploration, type Looks } from './exploration.svelte.ts';
import * as past from './history.ts';
import type { History, StepName } from './history.ts';
import { kept } from './kept.ts';
import { latest } from './latest.ts';
import { Presenter } from './presenter.svelte.ts';
import * as w from './workspace.ts';
import * as words from './words.ts';

export type View = 'explore' | 'compare' | 'classics' | 'assumptions' | 'trust';

/** Where a figure stands: a place of Explore, or the classic. */
export type Place = number | 'classic';

/** What stands above everything else; at most one. */
export type Dialog =
  | { readonly kind: 'palette' | 'settings' | 'runs' | 'new-scenario' | 'describe' | 'start' | 'keyboard' | 'about' }
  | { readonly kind: 'export' | 'table'; readonly place: Place }
  | { readonly kind: 'path'; readonly lever: string }
  | { readonly kind: 'event'; readonly index: number | null }
  | { readonly kind: 'delete'; readonly id: string }
  | { readonly kind: 'evidence'; readonly key: string }
  | { readonly kind: 'closing'; readonly then: () => void }
  | { readonly kind: 'recovery'; readonly lines: readonly RecoveryLine[] }
  | { readonly kind: 'versions'; readonly lines: readonly VersionLine[] }
  | { readonly kind: 'problems'; readonly title: string; readonly refusal: Refusal };

export interface Toast {
  readonly id: number;
  readonly tone: 'ok' | 'error';
  readonly message: string;
  readonly details: readonly string[];
}

/** What an inspection is of. */
interface InspectionOf {
  readonly draft: Draft;
  readonly baseline: Draft;
  readonly language: Settings['language'];
}

/** Milliseconds after the last change until the work is written to the recovery journal; a change waits five seconds at most. */
const AUTOSAVE_AFTER = 1500;
const AUTOSAVE_AT_LATEST = 4000;

/** Extension of workspace files. */
export const EXTENSION = 'faultline';

export class Session {
  readonly host: Host;
  readonly explore: Exploration;
  readonly compare: Comparison;
  readonly classics: Classics;
  readonly presenter: Presenter;

  hello = $state.raw<Hello | null>(null);
  library = $state.raw<Library>(null as unknown as Library);
  settings = $state.raw<Settings>(null as unknown as Settings);
  systemTheme = $state<'light' | 'dark'>('light');
  systemStill = $state(false);
  /** Why the app could not start. */
  failed = $state.raw<Refusal | null>(null);
  started = $state(false);

  history = $state.raw<History<Workspace>>(null as unknown as History<Workspace>);
  path = $state<string | null>(null);
  opened = $state.raw<Opened | null>(null);
  saved = $state.raw<Workspace | null>(null);
  kept = $state.raw<Workspace | null>(null);
  saving = $state(false);
  recent = $state.raw<readonly RecentLine[]>([]);
  rerun = $state.raw<RerunStep | null>(null);
  noticesShown = $state(true);

  inspection = $state.raw<Inspection | null>(null);
  inspectRefusal = $state.raw<Refusal | null>(null);
  ledger = $state.raw<Ledger | null>(null);
  ledgerOf = $state.raw<Draft | null>(null);
  ledgerRefusal = $state.raw<Refusal | null>(null);
  trust = $state.raw<TrustPage | null>(null);
  trustRefusal = $state.raw<Refusal | null>(null);

  view = $state<View>('explore');
  dialog = $state.raw<Dialog | null>(null);
  /** Where the last chart was exported to; nothing before the first. */
  exportFolder = $state('');
  toasts = $state.raw<readonly Toast[]>([]);
  /** The chart that commands act on: the one last focused. */
  place = $state(0);
  /** The chart that fills the view, or none. */
  enlarged = $state<number | null>(null);
  /** Whether the levers are shown where they do not fit beside the charts. */
  drawer = $state(false);
  /** Key to show in the ledger. */
  sought = $state<string | null>(null);
  controlQuery = $state('');
  readonly #inspect: (question: InspectionOf) => void;
  /** The question that the inspection answers. */
  #inspectionOf: InspectionOf | null = null;
  /** A file that was named at the start and is not open yet. */
  #named: string | null = null;
  #toasts = 0;
  #autosave: ReturnType<typeof setTimeout> | undefined;
  #dirtySince = 0;

  constructor(host: Host) {
    this.host = host;
    const looks = () => this.looks;
    this.explore = new Exploration(host, {
      looks,
      kind: (chart) => this.library.charts.find((info) => info.id === chart),
      years: () => this.years,
      stillness: () => this.still,
      pictured: () => this.#askInspection(),
    });
    this.compare = new Comparison(host, looks);
    this.classics = new Classics(host, looks);
    this.presenter = new Presenter(this);
    this.#inspect = latest((question) => this.#inspected(question));
  }

  // What is shown.

  get ws(): Workspace {
    return this.history.present;
  }
  get shown(): Draft | null {
    return w.shownOf(this.ws);
  }
  get baseline(): Draft | null {
    return w.baselineOf(this.ws);
  }
  get theme(): 'light' | 'dark' {
    return this.settings.theme === 'system' ? this.systemTheme : this.settings.theme;
  }
  get still(): boolean {
    return this.settings.motion === 'reduced' || (this.settings.motion === 'system' && this.systemStill);
  }
  get looks(): Looks {
    return { theme: this.theme, language: this.settings.language };
  }
  get years(): { first: number; last: number } {
    const quarters = this.library.quarters;
    const year = (quarter: string | undefined, other: number) => Number(quarter?.slice(0, 4) ?? other);
    return { first: year(quarters[0], 2025), last: year(quarters.at(-1), 2040) };
  }
  /** The place that commands on a chart speak of. */
  get focused(): Place {
    return this.view === 'classics' ? 'classic' : this.place;
  }
  get hasFigure(): boolean {
    return this.focused === 'classic' ? this.classics.figure !== null : this.explore.step !== null;
  }
  figureAt(place: Place): ScreenFigure | null {
    return place === 'classic' ? this.classics.figure : this.explore.figure(place);
  }
  /** The question for the figure at a place as it is seen. */
  askAt(place: Place): FigureAsk | null {
    return place === 'classic' ? this.classics.asked() : this.explore.asked(place);
  }
  get readOnly(): boolean {
    return this.opened?.read_only ?? false;
  }
  get dirty(): boolean {
    return this.saved === null || !w.same(this.saved, this.ws);
  }
  get stale(): boolean {
    return this.explore.stale(w.inputsOf(this.ws));
  }
  get modelIsNewer(): boolean {
    return this.opened?.condition === 'older-model';
  }

  // Starting.

  async start(): Promise<void> {
    try {
      this.settings = await this.host.settings();
      speak(this.settings.language);
      const [library, opened] = await Promise.all([this.host.library(this.settings.language), this.host.new_workspace(this.settings.language)]);
      this.library = library;
      this.#enter(opened);
      this.started = true;
      this.#listen();
      this.hello = await this.host.ready();
      this.systemTheme = this.hello.system_theme;
      await this.#afterStart();
    } catch (problem) {
      this.failed = refusalOf(problem);
    }
  }

  async #afterStart(): Promise<void> {
    if (this.hello?.crashed) this.say(text().help.crashed, 'error', [this.hello.crashed]);
    const [recent, lines] = await Promise.all([this.host.recent().catch(() => []), this.host.recovery().catch(() => [])]);
    this.recent = recent;
    this.#named = this.hello?.opened ?? null;
    if (lines.length > 0) this.dialog = { kind: 'recovery', lines };
    else this.recovered();
  }

  /** Nothing is asked about recovery any more: a file that was named at the start is opened. */
  recovered(): void {
    this.dialog = null;
    const path = this.#named;
    this.#named = null;
    if (path !== null) this.leaving(() => void this.open(path));
  }

  #listen(): void {
    this.host.on('theme', (theme) => (this.systemTheme = theme));
    this.host.on('open-file', (path) => void this.leaving(() => void this.open(path)));
    this.host.on('close-requested', () => this.requestClose());
    this.host.on('audience-key', (key) => this.presenter.key(key));
    this.host.on('audience-closed', () => this.presenter.closed());
  }

  // Changing the document.

  /** One named step. */
  change(next: Workspace, name: StepName): void {
    if (next === this.ws || this.#refusesChange()) return;
    this.#remember(next, name);
    this.history = past.change(this.history, next, name);
    this.#touched();
  }

  /** Part of a gesture. */
  drag(next: Workspace, name: StepName): void {
    if (this.#refusesChange()) return;
    if (!this.history.gesture) this.#remember(next, name);
    this.history = past.drag(this.history, next, name);
    this.#touched();
  }

  /** What is shown becomes “before”, where results will change: another choice of charts is nothing to replay. */
  #remember(next: Workspace, name: StepName | null): void {
    const [now, then] = [w.inputsOf(this.ws), w.inputsOf(next)];
    if (!now || !then || !w.sameInputs(now, then)) this.explore.remember(name);
  }

  /** End of a gesture. */
  rest(): void {
    this.history = past.settle(this.history, w.same);
  }

  undo(): void {
    const undone = past.undo(this.history);
    this.#remember(undone.present, past.undoName(this.history));
    this.history = undone;
    this.#touched();
  }

  redo(): void {
    const redone = past.redo(this.history);
    this.#remember(redone.present, past.redoName(this.history));
    this.history = redone;
    this.#touched();
  }

  /** A change that is not worth a step of its own: what is looked at. */
  silently(next: Workspace): void {
    this.history = { ...this.history, present: next };
    this.#touched();
  }

  #refusesChange(): boolean {
    if (this.readOnly) this.say(text().doc.readOnly, 'error');
    return this.readOnly;
  }

  /** Edits the scenario shown. The baseline is frozen: editing it makes a copy that is shown instead. */
  editShown(edit: (draft: Draft) => Draft, name: StepName): void {
    const ws = this.#unfrozen();
    const next = w.withDraft(ws, ws.shown, edit);
    if (next !== ws) this.change(next, name);
  }

  /** Name, story and notes are no part of a run; they are changed on the baseline too. */
  describeShown(words: Pick<Draft, 'name' | 'story' | 'notes'>): void {
    this.change(w.withDraft(this.ws, this.ws.shown, (draft) => (w.same({ ...draft, ...words }, draft) ? draft : { ...draft, ...words })), { what: 'rename', subject: words.name });
  }

  #unfrozen(): Workspace {
    const shown = this.shown;
    if (!shown || shown.id !== this.ws.baseline || this.readOnly) return this.ws;
    if (!this.history.gesture) this.say(text().explore.frozen(shown.name), 'ok');
    return w.duplicate(this.ws, shown.id, copyName(this.ws, shown.name));
  }

  /** Moves a control while it is dragged. */
  moveControl(control: Control, value: number): void {
    const shown = this.shown;
    if (!shown) return;
    const name: StepName = { what: 'set', subject: control.name, from: words.value(this.#fromOf(control), control), to: words.value(value, control) };
    const ws = this.#unfrozen();
    this.drag(w.withDraft(ws, ws.shown, (draft) => w.move(draft, control, value, control.step)), name);
  }

  #fromOf(control: Control): number {
    const before = this.history.gesture ? w.shownOf(this.history.gesture.before) : this.shown;
    return (before && w.valueOf(before, control.key)) ?? control.default;
  }

  resetControl(control: Control): void {
    this.rest();
    this.editShown((draft) => w.resetValue(draft, control.key), { what: 'reset', subject: control.name });
  }

  #touched(): void {
    clearTimeout(this.#autosave);
    const now = Date.now();
    if (this.#dirtySince === 0) this.#dirtySince = now;
    const wait = Math.max(0, Math.min(AUTOSAVE_AFTER, AUTOSAVE_AT_LATEST - (now - this.#dirtySince)));
    this.#autosave = setTimeout(() => void this.autosave(), wait);
  }

  // Asking about the document.

  /** Brings results and controls up to the document; called whenever it has changed. */
  refresh(): void {
    const inputs = w.inputsOf(this.ws);
    if (!inputs) return;
    if (this.explore.cards.length > 0) this.explore.want(inputs);
    // The picture first: what the controls say of themselves can wait until it is there.
    if (!this.explore.awaited) this.#askInspection();
  }

  #askInspection(): void {
    const inputs = w.inputsOf(this.ws);
    if (inputs) this.#inspect({ draft: inputs.shown, baseline: inputs.baseline, language: this.settings.language });
  }

  async #inspected(question: InspectionOf): Promise<void> {
    if (w.same(question, this.#inspectionOf)) return;
    try {
      const inspection = await this.host.inspect(question.draft, question.baseline, question.language, null);
      this.inspection = kept(this.inspection, inspection);
      this.inspectRefusal = null;
      this.#inspectionOf = question;
    } catch (problem) {
      this.inspectRefusal = refusalOf(problem);
      this.#inspectionOf = null;
    }
  }

  async readLedger(draft: Draft): Promise<void> {
    const baseline = this.baseline;
    if (!baseline) return;
    try {
      const ledger = await this.host.ledger(draft, baseline, this.settings.language);
      this.ledger = ledger;
      this.ledgerOf = draft;
      this.ledgerRefusal = null;
    } catch (problem) {
      this.ledgerRefusal = refusalOf(problem);
    }
  }

  async readTrust(): Promise<void> {
    try {
      this.trust = await this.host.trust(this.theme, this.settings.language);
      this.trustRefusal = null;
    } catch (problem) {
      this.trustRefusal = refusalOf(problem);
    }
  }

  problems(): readonly ProblemLine[] {
    return this.inspection?.problems ?? [];
  }

  /** Leads to the row of a number in the ledger. */
  seek(key: string): void {
    this.sought = key;
    this.view = 'assumptions';
    this.drawer = false;
  }

  // Documents.

  #enter(opened: Opened): void {
    this.history = past.begin(opened.workspace);
    this.opened = opened;
    this.path = opened.path;
    this.saved = opened.path === null && opened.condition === 'whole' ? null : opened.workspace;
    this.kept = opened.workspace;
    this.#dirtySince = 0;
    this.noticesShown = true;
    this.rerun = null;
    this.inspection = null;
    this.#inspectionOf = null;
    this.ledger = null;
    this.explore.forget();
    this.enlarged = null;
    this.compare.forgetWhy();
  }

  /** Another document takes the place of this one, of which nothing is left to recover. */
  #replace(opened: Opened): void {
    const former = this.path;
    this.#enter(opened);
    void this.host.autosave_done(former).catch(() => undefined);
  }

  /** Does what leads away from the document, after asking about changes that are in no file. */
  leaving(then: () => void): void {
    if (this.readOnly || !this.changedSinceOpening) then();
    else this.dialog = { kind: 'closing', then };
  }

  get changedSinceOpening(): boolean {
    return this.saved ? this.dirty : this.history.past.length > 0 || this.history.gesture !== null;
  }

  async create(): Promise<void> {
    await this.attempt(async () => {
      const opened = await this.host.new_workspace(this.settings.language);
      this.#replace(opened);
      this.view = 'explore';
    });
  }

  async open(path: string | null): Promise<void> {
    await this.attempt(async () => {
      const t = text();
      const opened = await this.host.open_workspace(path, { title: t.command.open, kind: t.app.name, extensions: [EXTENSION], name: '' });
      if (!opened) return;
      this.#replace(opened);
      this.recent = await this.host.recent().catch(() => this.recent);
      this.say(text().doc.opened(opened.workspace.title), 'ok');
    });
  }

  #saveAsk(): SaveAsk {
    const step = this.explore.step;
    return { workspace: this.ws, results: step && !this.stale && step.stage === 'full' ? step.results : [], thumbnail: step ? 'fragmentation' : null };
  }

  #saveWords(title = text().command.save) {
    const t = text();
    return { title, kind: t.app.name, extensions: [EXTENSION], name: `${fileName(this.ws.title)}.${EXTENSION}` };
  }

  /** Gives whether it is saved now. */
  async save(): Promise<boolean> {
    if (this.#refusesChange()) return false;
    this.rest();
    let done = false;
    await this.attempt(async () => {
      this.saving = true;
      const saving = this.ws;
      // A file of which a part was lost stays as it is: what could be saved gets a name of its own.
      const target = this.opened?.condition === 'damaged' ? null : this.path;
      const saved = await this.host.save_workspace(this.#saveAsk(), target, this.#saveWords());
      const path = saved?.paths[0];
      if (!saved || path === undefined) return;
      if (this.opened?.condition === 'damaged') this.opened = { ...this.opened, condition: 'whole', notices: [], path };
      this.path = path;
      this.saved = saving;
      this.kept = saving;
      this.#dirtySince = 0;
      done = true;
      await this.host.autosave_done(path).catch(() => undefined);
      this.recent = await this.host.recent().catch(() => this.recent);
      this.say(text().doc.saved2(this.ws.title), 'ok');
    });
    this.saving = false;
    return done;
  }

  async saveCopy(): Promise<void> {
    await this.attempt(async () => {
      if (await this.host.save_copy(this.#saveAsk(), this.#saveWords(text().command.saveCopy))) this.say(text().doc.copySaved, 'ok');
    });
  }

  async autosave(): Promise<void> {
    if (this.readOnly || w.same(this.kept, this.ws)) return;
    const keeping = this.ws;
    try {
      await this.host.autosave(keeping, this.path);
      this.kept = keeping;
      this.#dirtySince = 0;
    } catch (problem) {
      this.refuse(problem);
    }
  }

  requestClose(): void {
    if (this.readOnly || !this.changedSinceOpening) void this.quit();
    else this.dialog = { kind: 'closing', then: () => void this.quit() };
  }

  async quit(): Promise<void> {
    await this.host.autosave_done(this.path).catch(() => undefined);
    await this.host.close().catch((problem: unknown) => this.refuse(problem));
  }

  async showVersions(): Promise<void> {
    const path = this.path;
    if (path === null) this.dialog = { kind: 'versions', lines: [] };
    else await this.attempt(async () => void (this.dialog = { kind: 'versions', lines: await this.host.versions(path) }));
  }

  async restore(id: string): Promise<void> {
    const path = this.path;
    if (path === null || this.#refusesChange()) return;
    await this.attempt(async () => {
      const before = this.ws;
      const opened = await this.host.restore(path, id);
      this.dialog = null;
      this.change(opened.workspace, { what: 'title', subject: opened.workspace.title });
      if (this.ws === before) this.say(text().doc.saved, 'ok');
    });
  }

  async recover(id: string): Promise<void> {
    await this.attempt(async () => {
      const opened = await this.host.recover(id);
      this.#enter(opened);
      this.saved = null;
      this.history = { ...this.history, past: [{ name: { what: 'title', subject: opened.workspace.title }, before: opened.workspace }] };
      this.recovered();
    });
  }

  async discardRecovery(id: string): Promise<void> {
    await this.attempt(async () => {
      await this.host.discard_recovery(id);
      const lines = await this.host.recovery();
      if (lines.length > 0) this.dialog = { kind: 'recovery', lines };
      else this.recovered();
    });
  }

  async rerunStored(): Promise<void> {
    const path = this.path;
    if (path === null) return;
    await this.attempt(() => this.host.rerun({ ticket: 'rerun', path, language: this.settings.language }, (step) => void (this.rerun = step)));
  }

  async importScenario(): Promise<void> {
    const t = text();
    try {
      const imported = await this.host.import_scenario({ title: t.command.importScenario, kind: 'TOML', extensions: ['toml'], name: '' });
      if (!imported) return;
      this.change(w.addDraft(this.ws, imported.draft), { what: 'import', subject: imported.draft.name });
      this.say(t.doc.imported(imported.draft.name), 'ok', imported.notices.map(told));
    } catch (problem) {
      this.dialog = { kind: 'problems', title: t.doc.problemsTitle, refusal: refusalOf(problem) };
    }
  }

  async exportScenario(format: 'toml' | 'csv'): Promise<void> {
    const shown = this.shown;
    if (!shown) return;
    const t = text();
    const title = format === 'toml' ? t.command.exportToml : t.command.exportCsv;
    await this.attempt(async () => {
      const saved = await this.host.export_scenario(shown, format, { title, kind: format.toUpperCase(), extensions: [format], name: `${fileName(shown.name)}.${format}` });
      if (saved) this.say(t.doc.exported(saved.paths.map(baseName).join(', ')), 'ok');
    });
  }

  /** What exporting the chart at a place asks for: what is seen, through the lens that it is seen through. */
  exportAsk(place: Place, preset = this.ws.export): ExportAsk | null {
    const figure = this.askAt(place);
    return figure && { figure: { ...figure, wish: { ...figure.wish, theme: preset.theme, size: preset.size, takeaway: preset.takeaway } }, preset };
  }

  // Settings.

  async setSettings(change: Partial<Settings>): Promise<void> {
    const before = this.settings;
    this.settings = { ...before, ...change };
    if (this.settings.language !== before.language) {
      speak(this.settings.language);
      this.library = await this.host.library(this.settings.language);
      this.ledger = null;
    }
    try {
      await this.host.set_settings(this.settings);
    } catch (problem) {
      this.say(text().settings.failed, 'error', [refusalOf(problem).message]);
    }
  }

  zoom(by: number | null): void {
    const scale = by === null ? 100 : Math.min(200, Math.max(80, this.settings.scale + by));
    void this.setSettings({ scale });
  }

  dismiss(callout: string): void {
    if (!this.settings.dismissed.includes(callout)) void this.setSettings({ dismissed: [...this.settings.dismissed, callout] });
  }

  // Messages.

  say(message: string, tone: Toast['tone'], details: readonly string[] = []): void {
    const toast = { id: ++this.#toasts, tone, message, details };
    this.toasts = [...this.toasts.slice(-2), toast];
    if (tone === 'ok') setTimeout(() => this.unsay(toast.id), 6000);
  }

  unsay(id: number): void {
    this.toasts = this.toasts.filter((toast) => toast.id !== id);
  }

  refuse(problem: unknown): void {
    const { message, details, code } = refusalOf(problem);
    if (code !== 'interrupted') this.say(message, 'error', details);
  }

  /** Does something that may be refused; the refusal is said. */
  async attempt(what: () => Promise<unknown>): Promise<void> {
    try {
      await what();
    } catch (problem) {
      this.refuse(problem);
    }
  }
}

/** A name that every system takes as a file name. */
export const fileName = (name: string): string => name.replace(/[^\p{L}\p{N} ._-]+/gu, '-').trim().slice(0, 60) || 'faultline';

/** A name for a copy that no scenario of the document has. */
export function copyName(ws: Workspace, name: string): string {
  const taken = new Set(ws.scenarios.map((draft) => draft.name));
  let n = 1;
  while (taken.has(text().scenario.copyOf(name, n))) n += 1;
  return text().scenario.copyOf(name, n);
}

/** The folder of a path as the system writes it. */
export const folderOf = (path: string): string => path.slice(0, Math.max(0, path.length - baseName(path).length - 1));

export const baseName = (path: string): string => path.split(/[\\/]/).at(-1) ?? path;
