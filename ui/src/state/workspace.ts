/** Changes of a workspace: each takes the value and gives a new one. What does not change is shared, so that `===` tells what did. */
import type { ChartChoice, Control, Draft, EventLine, ExportPreset, LeverPath, SetValue, Workspace } from '../host/host.ts';

export const MOST_COMPARED = 4;

export const draftOf = (ws: Workspace, id: string): Draft | null => ws.scenarios.find((draft) => draft.id === id) ?? null;

export const shownOf = (ws: Workspace): Draft | null => draftOf(ws, ws.shown) ?? ws.scenarios[0] ?? null;

export const baselineOf = (ws: Workspace): Draft | null => draftOf(ws, ws.baseline) ?? ws.scenarios[0] ?? null;

/** The baseline, then what is set against it. */
export function comparedOf(ws: Workspace): Draft[] {
  const others = ws.compared.filter((id) => id !== ws.baseline).map((id) => draftOf(ws, id));
  const baseline = baselineOf(ws);
  return [...(baseline ? [baseline] : []), ...others.filter((draft) => draft !== null)].slice(0, MOST_COMPARED);
}

export function withDraft(ws: Workspace, id: string, edit: (draft: Draft) => Draft): Workspace {
  const before = draftOf(ws, id);
  if (!before) return ws;
  const after = edit(before);
  return after === before ? ws : { ...ws, scenarios: ws.scenarios.map((draft) => (draft.id === id ? after : draft)) };
}

/** The general before the particular, so that the particular, which comes later, wins; the same values give the same list. */
function inOrder(a: SetValue, b: SetValue): number {
  const rank = (key: string) => (key.startsWith('cooperation') ? 0 : 10) + key.split('.').length;
  return rank(a.key) - rank(b.key) || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0);
}

export function setValue(draft: Draft, key: string, value: number): Draft {
  const before = draft.values.find((set) => set.key === key);
  if (before?.value === value) return draft;
  return { ...draft, values: [...draft.values.filter((set) => set.key !== key), { key, value }].sort(inOrder) };
}

export function resetValue(draft: Draft, key: string): Draft {
  return draft.values.some((set) => set.key === key) ? { ...draft, values: draft.values.filter((set) => set.key !== key) } : draft;
}

/** Takes back what was set for a lever and all its parts. */
export function resetAllOf(draft: Draft, id: string): Draft {
  const kept = draft.values.filter((set) => set.key !== id && !set.key.startsWith(`${id}.`));
  return kept.length === draft.values.length ? draft : { ...draft, values: kept };
}

/** Puts a control where it is wanted. The scenario's own value is no change: then nothing is set. */
export function move(draft: Draft, control: Pick<Control, 'key' | 'default' | 'mixed'>, value: number, step: number): Draft {
  const own = !control.mixed && Math.abs(value - control.default) < step / 1000;
  return own ? resetValue(draft, control.key) : setValue(draft, control.key, value);
}

export const valueOf = (draft: Draft, key: string): number | null => draft.values.find((set) => set.key === key)?.value ?? null;

export function setSwitch(draft: Draft, key: string, value: string, own: string): Draft {
  const others = draft.switches.filter((set) => set.key !== key);
  if (value === own) return others.length === draft.switches.length ? draft : { ...draft, switches: others };
  const before = draft.switches.find((set) => set.key === key);
  return before?.value === value ? draft : { ...draft, switches: [...others, { key, value }].sort((a, b) => (a.key < b.key ? -1 : 1)) };
}

export function setPaths(draft: Draft, lever: string, paths: readonly LeverPath[]): Draft {
  return { ...draft, paths: [...draft.paths.filter((path) => path.lever !== lever), ...paths] };
}

export function putEvent(draft: Draft, index: number | null, event: EventLine): Draft {
  const kept = draft.events.filter((_, k) => k !== index);
  return { ...draft, events: [...kept, event].sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0)) };
}

export const removeEvent = (draft: Draft, index: number): Draft => ({ ...draft, events: draft.events.filter((_, k) => k !== index) });

/** Everything that the user laid over the base is taken off; name, story and notes stay. */
export function resetDraft(draft: Draft): Draft {
  return isPlain(draft) ? draft : { ...draft, values: [], paths: [], events: [], switches: [] };
}

export const isPlain = (draft: Draft): boolean =>
  draft.values.length === 0 && draft.paths.length === 0 && draft.events.length === 0 && draft.switches.length === 0;

/** An id that is free, made from a name: letters, digits and `-`. */
export function freeId(ws: Workspace, name: string): string {
  const stem = name.toLowerCase().normalize('NFKD').replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 40) || 'scenario';
  const taken = new Set(ws.scenarios.map((draft) => draft.id));
  if (!taken.has(stem)) return stem;
  for (let k = 2; ; k++) if (!taken.has(`${stem}-${k}`)) return `${stem}-${k}`;
}

export function addDraft(ws: Workspace, draft: Draft): Workspace {
  const id = draftOf(ws, draft.id) ? freeId(ws, draft.name) : draft.id;
  const compared = ws.compared.length < MOST_COMPARED - 1 ? [...ws.compared, id] : ws.compared;
  return { ...ws, scenarios: [...ws.scenarios, { ...draft, id }], shown: id, compared };
}

export const blankDraft = (id: string, name: string, base: string): Draft => ({
  id,
  name,
  story: '',
  base,
  text: null,
  values: [],
  paths: [],
  events: [],
  switches: [],
  notes: '',
});

export function duplicate(ws: Workspace, id: string, name: string): Workspace {
  const original = draftOf(ws, id);
  return original ? addDraft(ws, { ...original, id: freeId(ws, name), name }) : ws;
}

/** Takes a scenario out; the last one stays. */
export function removeDraft(ws: Workspace, id: string): Workspace {
  const scenarios = ws.scenarios.filter((draft) => draft.id !== id);
  const first = scenarios[0];
  if (!first || scenarios.length === ws.scenarios.length) return ws;
  const baseline = ws.baseline === id ? first.id : ws.baseline;
  const shown = ws.shown === id ? (scenarios.find((draft) => draft.id !== baseline) ?? first).id : ws.shown;
  return { ...ws, scenarios, baseline, shown, compared: ws.compared.filter((other) => other !== id) };
}

export const show = (ws: Workspace, id: string): Workspace => (ws.shown === id || !draftOf(ws, id) ? ws : { ...ws, shown: id });

export function setBaseline(ws: Workspace, id: string): Workspace {
  return ws.baseline === id || !draftOf(ws, id) ? ws : { ...ws, baseline: id, compared: ws.compared.filter((other) => other !== id) };
}

/** Puts a scenario beside the baseline, or takes it away; at most four stand side by side. */
export function toggleCompared(ws: Workspace, id: string): Workspace {
  if (id === ws.baseline || !draftOf(ws, id)) return ws;
  if (ws.compared.includes(id)) return { ...ws, compared: ws.compared.filter((other) => other !== id) };
  return ws.compared.length >= MOST_COMPARED - 1 ? ws : { ...ws, compared: [...ws.compared, id] };
}

export function toggleFavourite(ws: Workspace, key: string): Workspace {
  const favourites = ws.favourites.includes(key) ? ws.favourites.filter((other) => other !== key) : [...ws.favourites, key];
  return { ...ws, favourites };
}

export function setChart(ws: Workspace, place: number, choice: ChartChoice): Workspace {
  return { ...ws, charts: ws.charts.map((old, k) => (k === place ? choice : old)) };
}

export const setPreset = (ws: Workspace, preset: ExportPreset): Workspace => (same(ws.export, preset) ? ws : { ...ws, export: preset });

/** Whether two values say the same, however they were made. */
export const same = (a: unknown, b: unknown): boolean => a === b || JSON.stringify(a) === JSON.stringify(b);

/** What results depend on. */
export interface Inputs {
  readonly baseline: Draft;
  readonly shown: Draft;
  readonly seed: number;
  readonly runs: number;
  readonly adopters: number | null;
}

export function inputsOf(ws: Workspace): Inputs | null {
  const [baseline, shown] = [baselineOf(ws), shownOf(ws)];
  return baseline && shown ? { baseline, shown, seed: ws.seed, runs: ws.runs, adopters: ws.adopters } : null;
}

/** A draft without its name, story and notes, which no run sees. */
const bare = ({ name: _name, story: _story, notes: _notes, ...rest }: Draft) => rest;

export const sameInputs = (a: Inputs, b: Inputs): boolean =>
  a === b ||
  (a.seed === b.seed &&
    a.runs === b.runs &&
    a.adopters === b.adopters &&
    (a.shown === b.shown || same(bare(a.shown), bare(b.shown))) &&
    (a.baseline === b.baseline || same(bare(a.baseline), bare(b.baseline))));
