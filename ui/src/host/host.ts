/**
 * The one door out of the interface: what it may ask for. Nothing in here knows how it is answered.
 *
 * `tauri.ts` answers inside the window, `fake.ts` in a browser tab. Every function may be refused: the promise is then rejected with a
 * {@link Refusal}. Functions with a dialog give `null` when the person thought better of it.
 */
import type {
  AudienceState,
  ClassicAsk,
  ClassicInfo,
  ClassicStep,
  Colours,
  CompareAsk,
  CompareStep,
  DialogWords,
  Draft,
  ExploreAsk,
  ExportAsk,
  Figure,
  FigureAsk,
  Hello,
  Imported,
  Inspection,
  Language,
  Ledger,
  Library,
  MenuModel,
  Opened,
  RecentLine,
  RecoveryLine,
  Refusal,
  RerunAsk,
  RerunStep,
  SaveAsk,
  Saved,
  ScenarioFormat,
  ScreenFigure,
  Settings,
  Step,
  TableRow,
  TrustPage,
  VersionLine,
  WhyAsk,
  WhyStep,
  Workspace,
} from '../bindings/index.ts';
import { told } from '../text/told.ts';

export type * from '../bindings/index.ts';

/** What the window tells the page, with what it carries. */
export interface Events {
  command: string;
  'open-file': string;
  'close-requested': null;
  theme: 'light' | 'dark';
  audience: AudienceState | null;
  'audience-key': string;
  'audience-closed': null;
}

export interface Host {
  /** Begin to listen; called once, after the handlers are set. */
  ready(): Promise<Hello>;
  /** Hears an event; gives the way to stop. */
  on<E extends keyof Events>(event: E, handler: (payload: Events[E]) => void): () => void;
  /** The answer to `close-requested`: close, or stay. */
  close(): Promise<void>;
  stay(): Promise<void>;
  toggle_full_screen(): Promise<void>;

  library(language: Language): Promise<Library>;
  /** Everything about a draft that needs no run; `track` names a lever whose course is wanted too. */
  inspect(draft: Draft, baseline: Draft, language: Language, track: string | null): Promise<Inspection>;
  ledger(draft: Draft, baseline: Draft, language: Language): Promise<Ledger>;
  evidence(key: string): Promise<Figure>;

  /** Answers arrive in `on_step`; the promise ends when the last one has arrived or another request took over. */
  explore(ask: ExploreAsk, on_step: (step: Step) => void): Promise<void>;
  compare(ask: CompareAsk, on_step: (step: CompareStep) => void): Promise<void>;
  why(ask: WhyAsk, on_step: (step: WhyStep) => void): Promise<void>;
  rerun(ask: RerunAsk, on_step: (step: RerunStep) => void): Promise<void>;
  cancel(ticket: string): Promise<void>;
  /** The first picture of a request was painted: what comes next may have the cores. */
  seen(ticket: string): Promise<void>;
  figure(ask: FigureAsk): Promise<ScreenFigure>;
  /** The rows behind a figure. */
  table(ask: FigureAsk): Promise<TableRow[]>;

  classics(language: Language): Promise<ClassicInfo[]>;
  /** What is wrong with the fields comes as an answer too. */
  classic(ask: ClassicAsk, on_step: (step: ClassicStep) => void): Promise<void>;
  /** A table of one’s own for a classic: its path. */
  choose_table(words: DialogWords): Promise<string | null>;
  trust(theme: Colours, language: Language): Promise<TrustPage>;

  new_workspace(language: Language): Promise<Opened>;
  open_workspace(path: string | null, words: DialogWords): Promise<Opened | null>;
  save_workspace(ask: SaveAsk, path: string | null, words: DialogWords): Promise<Saved | null>;
  save_copy(ask: SaveAsk, words: DialogWords): Promise<Saved | null>;
  autosave(workspace: Workspace, path: string | null): Promise<void>;
  /** Nothing is left to recover: the document was saved or its changes were given up. */
  autosave_done(path: string | null): Promise<void>;
  recovery(): Promise<RecoveryLine[]>;
  recover(id: string): Promise<Opened>;
  discard_recovery(id: string): Promise<void>;
  versions(path: string): Promise<VersionLine[]>;
  restore(path: string, id: string): Promise<Opened>;
  recent(): Promise<RecentLine[]>;

  import_scenario(words: DialogWords): Promise<Imported | null>;
  export_scenario(draft: Draft, format: ScenarioFormat, words: DialogWords): Promise<Saved | null>;
  /** Asks where to; `again` writes into the folder of the last export, under a name that is free there. */
  export_chart(ask: ExportAsk, words: DialogWords, again: boolean): Promise<Saved | null>;
  copy_image(ask: ExportAsk): Promise<void>;
  copy_text(text: string): Promise<void>;

  settings(): Promise<Settings>;
  set_settings(settings: Settings): Promise<void>;
  set_menu(model: MenuModel): Promise<void>;
  /** Shows this to the audience, opening its window if need be; `null` closes it. */
  present(state: AudienceState | null): Promise<void>;
  audience_state(): Promise<AudienceState | null>;
  audience_key(key: string): Promise<void>;
}

/** Whether a rejection is a refusal by the host rather than a fault. */
export const isRefusal = (problem: unknown): problem is Refusal =>
  typeof problem === 'object' && problem !== null && 'code' in problem && 'message' in problem;

/** Any rejection as a refusal, in the language in use. */
export function refusalOf(problem: unknown): Refusal {
  if (isRefusal(problem)) return { ...problem, message: told(problem.message), details: (problem.details ?? []).map(told) };
  const message = problem instanceof Error ? problem.message : String(problem);
  return { code: 'failed', message, details: [] };
}
