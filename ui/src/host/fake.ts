/**
 * The host in a browser tab: recorded answers of the real engine, with simple live behaviour around them.
 *
 * A moved lever picks another recorded answer, answers arrive in steps, requests can be cancelled, files live in the tab’s storage. What is
 * computed for real is only in the window. `?slow=400` waits longer between steps, `?refuse=explore` refuses a function, `?fresh` forgets
 * what was stored.
 */
import type {
  ClassicAnswer,
  ClassicInfo,
  ClassicParameter,
  CompareStep,
  Control,
  Draft,
  Events,
  Figure,
  FigureAsk,
  Host,
  Inspection,
  Language,
  Ledger,
  Library,
  Opened,
  RecentLine,
  RecoveryLine,
  Refusal,
  ScreenFigure,
  Settings,
  Step,
  TableRow,
  TrustPage,
  VersionLine,
  WhyStep,
  Workspace,
} from './host.ts';
import { stretched } from '../text/pseudo.ts';

const FILES = import.meta.glob<string>('./fixtures/*.json', { query: '?raw', import: 'default' });

async function recorded<T>(...names: string[]): Promise<T> {
  for (const name of names) {
    const load = FILES[`./fixtures/${name}.json`];
    if (load) return JSON.parse(await load()) as T;
  }
  throw refusal(`there is no recorded answer ${names.join(' or ')}`);
}

const refusal = (message: string): Refusal => ({ code: 'failed', message, details: [] });

/** Texts that the engine lengthens in the pseudo-locale. */
const WORDS = new Set(['name', 'reading', 'unit', 'group', 'gist', 'question', 'how_to_read', 'title', 'alt', 'message', 'hint', 'agreement', 'sentence', 'note', 'verdict', 'lesson', 'story', 'engine', 'doc', 'domain', 'basis', 'simulated', 'notes', 'columns']);

function inLanguage<T>(value: T, language: Language): T {
  if (language !== 'pseudo') return value;
  const walk = (inner: unknown, key: string): unknown => {
    if (typeof inner === 'string') return WORDS.has(key) || key === 'finding' ? stretched(inner) : inner;
    if (Array.isArray(inner)) return inner.map((one) => walk(one, key));
    if (inner && typeof inner === 'object') return Object.fromEntries(Object.entries(inner).map(([k, one]) => [k, walk(one, key === 'finding' || key === 'findings' ? (k === 'text' ? 'finding' : k) : k)]));
    return inner;
  };
  return walk(value, '') as T;
}

const recordedIn = (language: Language) => (language === 'zh' ? 'zh' : 'en');

/** Where a draft stands between the recorded ones: the cooperation that its values speak for, as far as this can be told without the engine. */
function nearestBase(draft: Draft): string {
  if (draft.values.length === 0 && draft.paths.length === 0) return draft.base;
  const last = draft.values.at(-1) ?? { key: '', value: draft.paths.at(-1)?.to ?? 0 };
  const apart = /home-mandate|access-restriction|home-preference|bloc-voting|third-country-pull|tension/.test(last.key);
  const together = apart ? 1 - last.value : last.value;
  return together > 0.66 ? 'common-ground' : together < 0.34 ? 'decoupling' : 'today-extended';
}

/** Whether a number lies outside its domain; other kinds are checked in the window only. */
function outside(parameter: ClassicParameter, typed: string): boolean {
  if (parameter.low === null || parameter.high === null || !['number', 'whole'].includes(parameter.kind)) return false;
  const number = Number(typed);
  return typed.trim() === '' || !Number.isFinite(number) || number < parameter.low || number > parameter.high || (parameter.kind === 'whole' && !Number.isInteger(number));
}

const BASES = ['today-extended', 'common-ground', 'decoupling'];
const known = (base: string) => (BASES.includes(base) ? base : 'today-extended');

/** Lays the values of a draft over recorded controls: a general key reaches everything below it. */
function withValues(controls: readonly Control[], draft: Draft): Control[] {
  return controls.map((control) => {
    const covers = (key: string) => key === control.key || (control.key.startsWith(`${key}.`) && control.id === key.split('.')[0]);
    const set = draft.values.filter((one) => covers(one.key)).at(-1);
    const master = control.kind === 'choice' && control.id !== 'cooperation' ? draft.values.find((one) => one.key === 'cooperation') : undefined;
    const own = draft.values.some((one) => one.key === control.key);
    if (set) return { ...control, value: set.value, mixed: false, set: own };
    return master ? { ...control, value: control.low + (control.high - control.low) * master.value, set: false } : control;
  });
}

/** How many values of blocs, pairs or the world stand elsewhere than in the baseline. */
function changedOf(controls: readonly Control[], baseline: readonly Control[]): Inspection['changed'] {
  const before = new Map(baseline.map((control) => [control.key, control.value]));
  const split = new Set(controls.filter((control) => control.slot !== null || (control.kind === 'assumption' && control.domain !== null)).map((control) => control.id));
  const leaf = (control: Control) => control.id !== 'cooperation' && (control.kind === 'choice' ? control.domain === null && (control.slot !== null || !split.has(control.id)) : control.domain !== null || !split.has(control.id));
  const heads = controls.filter((control) => leaf(control) && Math.abs(control.value - (before.get(control.key) ?? control.value)) > 1e-12);
  const inputs = heads.map((control) => ({
    key: control.key,
    kind: control.kind,
    group: control.group,
    name: control.name,
    unit: control.unit,
    over_time: false,
    values: [before.get(control.key) ?? null, control.value],
    shown: [String(before.get(control.key) ?? ''), String(control.value)],
  }));
  return { choices: heads.filter((control) => control.kind === 'choice').length, assumptions: heads.filter((control) => control.kind === 'assumption').length, inputs };
}

interface Stored {
  settings: Partial<Settings>;
  files: Record<string, { workspace: Workspace; when: string; versions: { id: string; when: string; workspace: Workspace }[] }>;
  recovery: Record<string, { workspace: Workspace; path: string | null; when: string }>;
}

class Store {
  static readonly KEY = 'faultline-tab';
  read(): Stored {
    try {
      const text = localStorage.getItem(Store.KEY);
      if (text) return JSON.parse(text) as Stored;
    } catch {
      // A tab without storage starts empty.
    }
    return { settings: {}, files: {}, recovery: {} };
  }
  write(change: (stored: Stored) => void): void {
    const stored = this.read();
    change(stored);
    try {
      localStorage.setItem(Store.KEY, JSON.stringify(stored));
    } catch {
      // Full or forbidden: then nothing is kept.
    }
  }
}

export async function fake(): Promise<Host> {
  const query = new URLSearchParams(location.search);
  const slow = Number(query.get('slow') ?? 0);
  const refused = new Set((query.get('refuse') ?? '').split(','));
  const store = new Store();
  if (query.has('fresh')) localStorage.removeItem(Store.KEY);
  const defaults: Settings = {
    theme: (query.get('theme') as Settings['theme']) ?? 'system',
    language: (query.get('language') as Language) ?? 'en',
    scale: 100,
    single_letter_keys: true,
    motion: 'system',
    dismissed: [],
    export: { formats: ['png'], size: 'slide', theme: 'light', takeaway: false },
  };
  const handlers = new Map<string, Set<(payload: never) => void>>();
  const stopped = new Set<string>();
  const tab = new BroadcastChannel('faultline-audience');
  const log: { name: string; at: number; argument: unknown }[] = [];
  const lastAsked = { explore: '' };
  /** The tests look in here. */
  Object.assign(window, { faultline: { log, emit: tell, store } });

  function tell<E extends keyof Events>(event: E, payload: Events[E]): void {
    handlers.get(event)?.forEach((handler) => handler(payload as never));
  }
  tab.onmessage = ({ data }: MessageEvent<{ kind: 'audience' | 'audience-key' | 'hello'; payload: never }>) => tell(data.kind as keyof Events, data.payload);

  const pause = (ms: number) => new Promise((done) => setTimeout(done, ms + slow));
  function note(name: string, argument: unknown): void {
    log.push({ name, at: performance.now(), argument });
    if (refused.has(name)) throw refusal(`The ${name} was refused, as asked in the address. Nothing has changed.`);
  }
  const now = () => new Date().toISOString();

  /** A recorded picture, re-set to the asked size by scaling. */
  function figured(figure: ScreenFigure, width: number, height: number): ScreenFigure {
    if (width === 0 || height === 0) return figure;
    const svg = figure.svg.replace(/<svg([^>]*?) width="[^"]*" height="[^"]*"/, `<svg$1 width="${width}" height="${height}"`);
    return { ...figure, svg };
  }

  async function stepOf(base: string, theme: string, language: Language): Promise<Step> {
    const lang = recordedIn(language);
    const name = known(base);
    return inLanguage(await recorded<Step>(`explore.${name}.${theme}.${lang}`, `explore.${name}.${theme}.en`, `explore.${name}.light.${lang}`, `explore.${name}.light.en`), language);
  }

  async function classicOf(id: string, theme: string, language: Language): Promise<ClassicAnswer> {
    return inLanguage(await recorded<ClassicAnswer>(`classic.${id}.${theme}.${recordedIn(language)}`), language);
  }

  async function draw(ask: FigureAsk): Promise<ScreenFigure> {
    const classic = ask.results[0]?.match(/^classic:(.*)$/)?.[1];
    if (classic !== undefined) return figured((await classicOf(classic, ask.wish.theme, ask.wish.language)).figure, ask.wish.size ? 0 : ask.wish.width, ask.wish.height);
    const base = ask.results.at(-1)?.split('@')[0] ?? 'today-extended';
    const step = await stepOf(base, ask.wish.theme, ask.wish.language);
    const found = step.figures.find((figure) => figure.chart === ask.chart);
    if (!found) return { ...step.figures[0]!, chart: ask.chart, svg: '', readouts: [], unsuited: 'This chart was not recorded for the browser tab.' };
    const title = ask.wish.takeaway && found.takeaway ? found.takeaway.title : found.title;
    return figured({ ...found, title, run: ask.wish.run === null ? null : [ask.wish.run, step.runs_done], quarter: ask.wish.quarter }, ask.wish.size ? 0 : ask.wish.width, ask.wish.height);
  }

  async function inspected(draft: Draft, language: Language): Promise<Inspection> {
    const lang = recordedIn(language);
    const base = known(draft.base);
    const found = inLanguage(await recorded<Inspection>(`inspect.${base}.${lang}`, `inspect.${base}.en`), language);
    return { ...found, controls: withValues(found.controls, draft) };
  }

  return {
    ready: async () => ({ opened: null, app_version: '0.1.0', model_version: '0.1.0', webview_version: '', system_theme: matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light', crashed: null }),
    on(event, handler) {
      const set = handlers.get(event) ?? new Set();
      set.add(handler as (payload: never) => void);
      handlers.set(event, set);
      return () => void set.delete(handler as (payload: never) => void);
    },
    close: async () => note('close', null),
    stay: async () => note('stay', null),
    async toggle_full_screen() {
      note('toggle_full_screen', null);
      if (document.fullscreenElement) await document.exitFullscreen();
      else await document.documentElement.requestFullscreen().catch(() => undefined);
    },

    library: async (language) => inLanguage(await recorded<Library>(`library.${recordedIn(language)}`, 'library.en'), language),
    async inspect(draft, baseline, language, track) {
      note('inspect', draft);
      const [own, other] = await Promise.all([inspected(draft, language), inspected(baseline, language)]);
      const control = own.controls.find((one) => one.key === track);
      const before = other.controls.find((one) => one.key === track);
      const { quarters } = await recorded<Library>('library.en');
      const course = (end: number, start: number, paths: Draft['paths']) =>
        quarters.map((_, k) => {
          let value = start + (end - start) * Math.min(1, Math.max(0, (k - 8) / 8));
          for (const path of paths) {
            const from = quarters.indexOf(path.from);
            if (k >= from) value = path.over === 0 ? path.to : value + (path.to - value) * Math.min(1, (k - from) / path.over);
          }
          return value;
        });
      const paths = draft.paths.filter((path) => path.lever === control?.id);
      return {
        ...own,
        changed: changedOf(own.controls, other.controls),
        track: control && before ? { key: control.key, quarters, values: course(control.value, before.value, paths), baseline: course(before.value, before.value, []) } : null,
      };
    },
    async ledger(draft, _baseline, language) {
      note('ledger', draft);
      const base = known(draft.base);
      const found = inLanguage(await recorded<Ledger>(`ledger.${base}.${recordedIn(language)}`, `ledger.${base}.en`), language);
      const lines = found.lines.map((line) => {
        const set = draft.values.find((one) => one.key === line.control);
        return set ? { ...line, value: set.value, set_by: draft.name, changed_by: draft.name } : line;
      });
      return { ...found, lines };
    },
    async evidence(key) {
      note('evidence', key);
      const all = await recorded<Record<string, Figure>>('evidence');
      const found = all[key] ?? Object.values(all)[0];
      if (!found) throw refusal(`there is no figure ${key}`);
      return { ...found, key };
    },

    async explore(ask, on_step) {
      if (lastAsked.explore) stopped.add(lastAsked.explore);
      lastAsked.explore = ask.ticket;
      note('explore', ask);
      const base = nearestBase(ask.shown);
      const step = await stepOf(base, ask.theme, ask.language);
      const figures = ask.charts.map((chart) => {
        const found = step.figures.find((figure) => figure.chart === chart.chart);
        return found ? { ...figured(found, chart.width, chart.height), domain: chart.domain } : { ...step.figures[0]!, chart: chart.chart, svg: '', readouts: [], unsuited: 'This chart was not recorded for the browser tab.' };
      });
      const answer = { ...step, figures, ticket: ask.ticket, runs_asked: ask.runs, results: [known(ask.baseline.base), known(base)] };
      const groups = [ask.preview_runs, Math.round(ask.runs / 2), ask.runs].filter((runs) => runs > 0 && runs <= ask.runs);
      let done = 0;
      for (const [k, runs] of groups.entries()) {
        await pause(k === 0 ? 20 : 120);
        if (stopped.has(ask.ticket)) {
          if (done > 0) on_step({ ...answer, stage: 'cancelled', runs_done: done });
          return;
        }
        done = runs;
        on_step({ ...answer, runs_done: runs, stage: runs === ask.runs ? 'full' : k === 0 ? 'preview' : 'partial', seconds_left: runs === ask.runs ? null : 0.3 });
      }
    },
    async compare(ask, on_step) {
      note('compare', ask);
      const lang = recordedIn(ask.language);
      const found = inLanguage(await recorded<CompareStep>(`compare.${ask.theme}.${lang}`, `compare.${ask.theme}.en`, `compare.light.${lang}`, 'compare.light.en'), ask.language);
      const bases = ask.drafts.map((draft) => nearestBase(draft));
      const others = bases.slice(1);
      const at = (base: string) => Math.max(0, ['common-ground', 'decoupling'].indexOf(base));
      const charts = await Promise.all(
        ask.charts.map(async (chart) => {
          const wish = { theme: ask.theme, language: ask.language, size: null, projector: false, width: chart.width, height: chart.height, domain: chart.domain, run: null, quarter: null, takeaway: false };
          const library = await recorded<Library>('library.en');
          const together = library.charts.find((info) => info.id === chart.chart)?.together ?? false;
          const figures = await Promise.all((together ? [others[0] ?? 'decoupling'] : bases).map((base) => draw({ results: [base], chart: chart.chart, wish })));
          return { chart: chart.chart, name: chart.chart, together, figures };
        }),
      );
      const answer: CompareStep = {
        ...found,
        ticket: ask.ticket,
        runs_asked: ask.runs,
        charts,
        findings: others.map((base) => found.findings[at(base)]!),
        outcomes: found.outcomes.map((row) => ({ ...row, cells: others.map((base, k) => ({ ...row.cells[at(base)]!, scenario: ask.drafts[k + 1]!.id })) })),
        inputs: found.inputs.map((input) => ({ ...input, values: bases.map((base) => input.values[base === 'today-extended' ? 0 : at(base) + 1] ?? null), shown: bases.map((base) => input.shown[base === 'today-extended' ? 0 : at(base) + 1] ?? '') })),
        results: bases,
      };
      for (const runs of [16, ask.runs]) {
        await pause(runs === 16 ? 30 : 250);
        if (stopped.has(ask.ticket)) return on_step({ ...answer, stage: 'cancelled', runs_done: 16 });
        on_step({ ...answer, runs_done: runs, stage: runs === ask.runs ? 'full' : 'preview', seconds_left: null });
      }
    },
    async why(ask, on_step) {
      note('why', ask);
      const found = inLanguage(await recorded<WhyStep>(`why.${recordedIn(ask.language)}`, 'why.en'), ask.language);
      on_step({ ...found, ticket: ask.ticket, answer: null, stage: 'partial', runs_done: 0, runs_asked: ask.runs });
      await pause(200);
      if (!stopped.has(ask.ticket)) on_step({ ...found, ticket: ask.ticket, runs_done: ask.runs, runs_asked: ask.runs });
    },
    async rerun(ask, on_step) {
      note('rerun', ask);
      await pause(100);
      on_step({ ticket: ask.ticket, stage: 'full', runs_done: 40, runs_asked: 40, seconds_left: null, verdict: 'identical', identical: true, lines: [] });
    },
    async cancel(ticket) {
      note('cancel', ticket);
      stopped.add(ticket);
    },
    async seen(ticket) {
      note('seen', ticket);
    },
    async figure(ask) {
      note('figure', ask);
      await pause(5);
      return draw(ask);
    },
    async table(ask) {
      note('table', ask);
      const [result = 'today-extended', lang] = [ask.results.at(-1), recordedIn(ask.wish.language)];
      const classic = result.match(/^classic:(.*)$/)?.[1];
      const name = classic === undefined ? known(result.split('@')[0] ?? '') : `classic-${classic}`;
      const tables = await recorded<Record<string, TableRow[]>>(`tables.${name}.${lang}`, `tables.${name}.en`);
      const rows = tables[classic ?? ask.chart];
      if (!rows) throw refusal('The table of this chart was not recorded for the browser tab.');
      return inLanguage(rows, ask.wish.language);
    },

    classics: async (language) => inLanguage(await recorded<ClassicInfo[]>(`classics.${recordedIn(language)}`), language),
    async classic(ask, on_step) {
      note('classic', ask);
      const found = (await recorded<ClassicInfo[]>(`classics.${recordedIn(ask.language)}`)).find((one) => one.id === ask.id);
      if (!found) throw refusal(`there is no classic ${ask.id}`);
      const asked = Number(ask.runs) || found.runs;
      const step = (stage: 'partial' | 'full' | 'cancelled', runs_done: number) => ({ ticket: ask.ticket, stage, runs_done, runs_asked: asked, seconds_left: null, problems: [], answer: null });
      const problems = ask.given.flatMap(([key, typed]) => {
        const parameter = found.parameters.find((one) => one.id === key);
        return parameter && outside(parameter, typed) ? [{ key, message: `“${typed}” is not possible here: ${parameter.domain}` }] : [];
      });
      if (problems.length > 0) return on_step({ ...step('full', 0), problems });
      for (const share of [0.25, 0.7]) {
        await pause(40);
        if (stopped.has(ask.ticket)) return on_step(step('cancelled', Math.round(asked * share)));
        on_step(step('partial', Math.round(asked * share)));
      }
      await pause(40);
      if (stopped.has(ask.ticket)) return on_step(step('cancelled', Math.round(asked * 0.9)));
      const answer = await classicOf(ask.id, ask.theme, ask.language);
      const words = ask.given.filter(([key, typed]) => found.parameters.find((one) => one.id === key)?.default !== typed).map(([key, typed]) => ` --${key} ${typed}`);
      on_step({ ...step('full', asked), answer: { ...answer, figure: figured(answer.figure, ask.width, ask.height), results: [`classic:${ask.id}`], command: `faultline classic ${ask.id}${words.join('')}` } });
    },
    async choose_table(words) {
      note('choose_table', words);
      return '/documents/alliances.csv';
    },
    async trust(theme, language) {
      note('trust', { theme, language });
      return inLanguage(await recorded<TrustPage>(`trust.${theme}.${recordedIn(language)}`), language);
    },

    new_workspace: async (language) => inLanguage(await recorded<Opened>(`opened.${recordedIn(language)}`, 'opened.en'), language),
    async open_workspace(path) {
      note('open_workspace', path);
      const files = store.read().files;
      const chosen = path ?? Object.keys(files).at(-1);
      if (chosen === undefined) return null;
      const file = files[chosen];
      if (!file) throw refusal(`${chosen} is not there any more. Nothing has changed.`);
      return { workspace: file.workspace, path: chosen, condition: 'whole', read_only: false, notices: [], has_results: false };
    },
    async save_workspace(ask, path, words) {
      note('save_workspace', ask);
      const to = path ?? `/documents/${words.name}`;
      const when = now();
      store.write((stored) => {
        const versions = stored.files[to]?.versions ?? [];
        stored.files[to] = { workspace: ask.workspace, when, versions: [{ id: when, when, workspace: ask.workspace }, ...versions].slice(0, 20) };
      });
      return { paths: [to], when };
    },
    async save_copy(ask, words) {
      note('save_copy', ask);
      const to = `/documents/${words.name.replace('.', ' 2.')}`;
      const when = now();
      store.write((stored) => (stored.files[to] = { workspace: ask.workspace, when, versions: [] }));
      return { paths: [to], when };
    },
    async autosave(workspace, path) {
      note('autosave', path);
      store.write((stored) => (stored.recovery[path ?? 'untitled'] = { workspace, path, when: now() }));
    },
    async autosave_done(path) {
      note('autosave_done', path);
      store.write((stored) => {
        delete stored.recovery[path ?? 'untitled'];
        delete stored.recovery['untitled'];
      });
    },
    recovery: async () => Object.entries(store.read().recovery).map(([id, kept]): RecoveryLine => ({ id, path: kept.path, title: kept.workspace.title, when: kept.when })),
    async recover(id) {
      const kept = store.read().recovery[id];
      if (!kept) throw refusal('That work is not there any more.');
      return { workspace: kept.workspace, path: kept.path, condition: 'whole', read_only: false, notices: [], has_results: false };
    },
    discard_recovery: async (id) => store.write((stored) => delete stored.recovery[id]),
    versions: async (path) => (store.read().files[path]?.versions ?? []).map((one): VersionLine => ({ id: one.id, when: one.when, title: one.workspace.title, scenarios: one.workspace.scenarios.map((draft) => draft.name) })),
    async restore(path, id) {
      const found = store.read().files[path]?.versions.find((one) => one.id === id);
      if (!found) throw refusal('That version is not there any more.');
      return { workspace: found.workspace, path, condition: 'whole', read_only: false, notices: [], has_results: false };
    },
    recent: async () => Object.entries(store.read().files).map(([path, file]): RecentLine => ({ path, title: file.workspace.title, when: file.when, thumbnail: null, exists: true })),

    async import_scenario() {
      note('import_scenario', null);
      const draft: Draft = { id: 'imported', name: 'Imported', story: '', base: 'decoupling', text: 'name = "Imported"', values: [], paths: [], events: [], switches: [], notes: '' };
      return { draft, notices: [] };
    },
    async export_scenario(draft, format, words) {
      note('export_scenario', { draft, format });
      return { paths: [`/documents/${words.name}`], when: now() };
    },
    async export_chart(ask, words, again) {
      note('export_chart', { ...ask, again });
      await pause(50);
      const stem = words.name.replace(/\.[^.]*$/, '');
      return { paths: ask.preset.formats.map((format) => `/documents/${stem}.${format}`), when: now() };
    },
    copy_image: async (ask) => note('copy_image', ask),
    copy_text: async (text) => note('copy_text', text),

    settings: async () => ({ ...defaults, ...store.read().settings }),
    async set_settings(settings) {
      note('set_settings', settings);
      store.write((stored) => (stored.settings = settings));
      document.documentElement.style.setProperty('zoom', String(settings.scale / 100));
    },
    set_menu: async (model) => note('set_menu', model),
    async present(state) {
      note('present', state);
      sessionStorage.setItem('faultline-audience', JSON.stringify(state));
      localStorage.setItem('faultline-audience', JSON.stringify(state));
      tab.postMessage({ kind: 'audience', payload: state });
    },
    audience_state: async () => JSON.parse(localStorage.getItem('faultline-audience') ?? 'null') as Events['audience'],
    async audience_key(key) {
      tab.postMessage({ kind: 'audience-key', payload: key });
    },
  };
}
