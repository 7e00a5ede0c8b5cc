/** Every command, once: menus, palette, keyboard and help are read off this table. */
import type { MenuItem, MenuModel } from '../host/host.ts';
import { text, type Language } from '../text/index.svelte.ts';
import * as past from './history.ts';
import { accelerator, isTyping, matches, type Pressed } from './keys.ts';
import { baseName, copyName, type Session, type View } from './session.svelte.ts';
import { stepName } from './words.ts';
import * as w from './workspace.ts';

export interface Command {
  readonly id: string;
  /** Keys; the first is shown. */
  readonly keys?: readonly string[];
  /** Keys of a chart act only while one is focused. */
  readonly on?: 'chart';
  readonly label: (session: Session) => string;
  readonly enabled?: (session: Session) => boolean;
  readonly checked?: (session: Session) => boolean;
  readonly run: (session: Session) => unknown;
}

type Word = keyof ReturnType<typeof text>['command'];
const word = (key: Word) => () => String(text().command[key]);

const hasStep = (s: Session) => s.explore.step !== null;
const hasFigure = (s: Session) => s.hasFigure;
const onExplore = (s: Session) => s.view === 'explore' && hasStep(s);
const hasDraft = (s: Session) => s.shown !== null;
const editable = (s: Session) => hasDraft(s) && !s.readOnly;
const open = (dialog: NonNullable<Session['dialog']>) => (s: Session) => void (s.dialog = dialog);

function to(view: View) {
  return (s: Session) => {
    s.view = view;
    s.enlarged = null;
  };
}

/** Moves the focus to the next part of the window; parts are marked `data-pane`. */
function cycle(by: number): void {
  const panes = [...document.querySelectorAll<HTMLElement>('[data-pane]')].filter((pane) => pane.offsetParent !== null || pane.getClientRects().length > 0);
  const at = panes.findIndex((pane) => pane.contains(document.activeElement));
  const next = panes[(at + by + panes.length) % panes.length] ?? panes[0];
  const target = next?.querySelector<HTMLElement>('[data-pane-start]') ?? next;
  target?.focus();
}

function findControl(s: Session): void {
  s.view = 'explore';
  s.enlarged = null;
  s.drawer = true;
  requestAnimationFrame(() => document.querySelector<HTMLInputElement>('[data-control-search]')?.focus());
}

export const COMMANDS: readonly Command[] = [
  { id: 'new', keys: ['Mod+N'], label: word('new'), run: (s) => s.leaving(() => (s.dialog = { kind: 'start' })) },
  { id: 'open', keys: ['Mod+O'], label: word('open'), run: (s) => s.leaving(() => void s.open(null)) },
  { id: 'save', keys: ['Mod+S'], label: word('save'), enabled: (s) => !s.readOnly, run: (s) => s.save() },
  { id: 'save-copy', keys: ['Mod+Shift+S'], label: word('saveCopy'), run: (s) => s.saveCopy() },
  { id: 'versions', label: word('versions'), enabled: (s) => s.path !== null, run: (s) => s.showVersions() },
  { id: 'import-scenario', label: word('importScenario'), enabled: (s) => !s.readOnly, run: (s) => s.importScenario() },
  { id: 'export-toml', label: word('exportToml'), enabled: hasDraft, run: (s) => s.exportScenario('toml') },
  { id: 'export-csv', label: word('exportCsv'), enabled: hasDraft, run: (s) => s.exportScenario('csv') },
  { id: 'export-chart', keys: ['Mod+E'], label: word('exportChart'), enabled: hasFigure, run: (s) => (s.dialog = { kind: 'export', place: s.focused }) },
  { id: 'close', keys: ['Mod+W'], label: word('close'), run: (s) => s.requestClose() },

  { id: 'undo', keys: ['Mod+Z'], label: undoLabel, enabled: (s) => past.undoName(s.history) !== null && !s.readOnly, run: (s) => s.undo() },
  { id: 'redo', keys: ['Mod+Shift+Z', 'Mod+Y'], label: redoLabel, enabled: (s) => past.redoName(s.history) !== null && !s.readOnly, run: (s) => s.redo() },
  { id: 'copy-image', keys: ['Mod+Shift+C'], label: word('copyImage'), enabled: hasFigure, run: copyImage },
  { id: 'find-control', keys: ['Mod+F'], label: word('findControl'), run: findControl },
  { id: 'palette', keys: ['Mod+K'], label: word('palette'), run: open({ kind: 'palette' }) },
  { id: 'settings', keys: ['Mod+,'], label: word('settings'), run: open({ kind: 'settings' }) },

  { id: 'explore', keys: ['Mod+1'], label: word('explore'), checked: (s) => s.view === 'explore', run: to('explore') },
  { id: 'compare', keys: ['Mod+2'], label: word('compare'), checked: (s) => s.view === 'compare', run: to('compare') },
  { id: 'assumptions', keys: ['Mod+6', 'Mod+3'], label: word('assumptions'), checked: (s) => s.view === 'assumptions', run: to('assumptions') },
  { id: 'classics', keys: ['Mod+7'], label: word('classics'), checked: (s) => s.view === 'classics', run: to('classics') },
  { id: 'zoom-in', keys: ['Mod++', 'Mod+='], label: word('zoomIn'), enabled: (s) => s.settings.scale < 200, run: (s) => s.zoom(10) },
  { id: 'zoom-out', keys: ['Mod+-'], label: word('zoomOut'), enabled: (s) => s.settings.scale > 80, run: (s) => s.zoom(-10) },
  { id: 'zoom-reset', keys: ['Mod+0'], label: word('zoomReset'), run: (s) => s.zoom(null) },
  { id: 'theme-system', label: word('themeSystem'), checked: (s) => s.settings.theme === 'system', run: (s) => s.setSettings({ theme: 'system' }) },
  { id: 'theme-light', label: word('themeLight'), checked: (s) => s.settings.theme === 'light', run: (s) => s.setSettings({ theme: 'light' }) },
  { id: 'theme-dark', label: word('themeDark'), checked: (s) => s.settings.theme === 'dark', run: (s) => s.setSettings({ theme: 'dark' }) },
  ...(['en', 'zh'] as const).map(languageCommand),
  { id: 'next-pane', keys: ['F6'], label: word('nextPane'), run: () => cycle(1) },
  { id: 'previous-pane', keys: ['Shift+F6'], label: word('previousPane'), run: () => cycle(-1) },
  { id: 'full-screen', keys: ['F11'], label: word('fullScreen'), run: (s) => s.attempt(() => s.host.toggle_full_screen()) },

  { id: 'new-scenario', label: word('newScenario'), enabled: (s) => !s.readOnly, run: open({ kind: 'new-scenario' }) },
  { id: 'duplicate', keys: ['Mod+D'], label: word('duplicate'), enabled: editable, run: duplicate },
  { id: 'describe', keys: ['F2'], label: word('renameScenario'), enabled: editable, run: open({ kind: 'describe' }) },
  { id: 'make-baseline', label: word('makeBaseline'), enabled: (s) => editable(s) && s.ws.baseline !== s.shown?.id, run: makeBaseline },
  { id: 'reset-all', label: word('resetAll'), enabled: (s) => editable(s) && s.shown !== null && !w.isPlain(s.shown), run: resetAll },
  { id: 'timeline', label: word('timeline'), enabled: editable, run: (s) => (s.dialog = { kind: 'path', lever: s.ws.highlighted?.split('.')[0] ?? s.library.levers[0]?.id ?? 'cooperation' }) },
  { id: 'add-event', label: word('addEvent'), enabled: editable, run: open({ kind: 'event', index: null }) },
  { id: 'delete-scenario', label: word('deleteScenario'), enabled: (s) => editable(s) && s.ws.scenarios.length > 1, run: (s) => s.shown && (s.dialog = { kind: 'delete', id: s.shown.id }) },

  { id: 'run-again', label: word('rerun'), enabled: hasDraft, run: runAgain },
  { id: 'cancel-run', label: word('cancelRun'), enabled: (s) => s.explore.running || s.compare.running || s.compare.whyRunning || s.classics.running, run: cancelRun },
  { id: 'run-setup', label: word('runSetup'), enabled: (s) => !s.readOnly, run: open({ kind: 'runs' }) },
  { id: 'replay', keys: ['R'], on: 'chart', label: word('replay'), enabled: (s) => onExplore(s) && s.explore.before !== null, run: (s) => s.explore.replay() },
  {
    id: 'baseline-only',
    keys: ['B'],
    on: 'chart',
    label: word('baselineOnly'),
    enabled: onExplore,
    checked: (s) => s.explore.lens.baselineOnly,
    run: (s) => s.explore.setLens({ baselineOnly: !s.explore.lens.baselineOnly }),
  },
  { id: 'table', keys: ['T'], on: 'chart', label: word('table'), enabled: hasFigure, run: (s) => (s.dialog = { kind: 'table', place: s.focused }) },
  { id: 'play', keys: ['Space'], on: 'chart', label: word('play'), enabled: onExplore, checked: (s) => s.explore.playing === 'runs', run: (s) => s.explore.play('runs') },
  { id: 'play-years', label: word('playYears'), enabled: onExplore, checked: (s) => s.explore.playing === 'years', run: (s) => s.explore.play('years') },
  { id: 'previous-year', keys: ['ArrowLeft'], on: 'chart', label: word('previousYear'), enabled: onExplore, run: (s) => s.explore.stepYear(-1) },
  { id: 'next-year', keys: ['ArrowRight'], on: 'chart', label: word('nextYear'), enabled: onExplore, run: (s) => s.explore.stepYear(1) },
  { id: 'previous-run', keys: ['ArrowUp'], on: 'chart', label: word('previousRun'), enabled: onExplore, run: (s) => s.explore.stepRun(-1) },
  { id: 'next-run', keys: ['ArrowDown'], on: 'chart', label: word('nextRun'), enabled: onExplore, run: (s) => s.explore.stepRun(1) },

  { id: 'present', keys: ['F5'], label: (s) => text().command[s.presenter.active ? 'presentStop' : 'present'], enabled: hasStep, run: (s) => (s.presenter.active ? s.presenter.end() : s.presenter.begin()) },
  { id: 'blank', label: word('blank'), enabled: (s) => s.presenter.active, checked: (s) => s.presenter.blank, run: (s) => s.presenter.toggleBlank() },
  { id: 'next-slide', keys: ['PageDown'], label: word('nextSlide'), enabled: (s) => s.presenter.active, run: (s) => s.presenter.go(1) },
  { id: 'previous-slide', keys: ['PageUp'], label: word('previousSlide'), enabled: (s) => s.presenter.active, run: (s) => s.presenter.go(-1) },

  { id: 'trust', keys: ['F1', 'Mod+8'], label: word('trust'), checked: (s) => s.view === 'trust', run: to('trust') },
  { id: 'keyboard', keys: ['Mod+/'], label: word('keyboard'), run: open({ kind: 'keyboard' }) },
  { id: 'about', label: word('about'), run: open({ kind: 'about' }) },
];

const BY_ID = new Map(COMMANDS.map((command) => [command.id, command]));

function undoLabel(s: Session): string {
  const name = past.undoName(s.history);
  return name ? text().command.undoStep(stepName(name)) : text().command.undo;
}

function redoLabel(s: Session): string {
  const name = past.redoName(s.history);
  return name ? text().command.redoStep(stepName(name)) : text().command.redo;
}

function languageCommand(language: Language & ('en' | 'zh')): Command {
  return {
    id: `language-${language}`,
    label: () => text().settings.languages[language],
    checked: (s) => s.settings.language === language,
    run: (s) => s.setSettings({ language }),
  };
}

function duplicate(s: Session): void {
  const shown = s.shown;
  if (!shown) return;
  const name = copyName(s.ws, shown.name);
  s.change(w.duplicate(s.ws, shown.id, name), { what: 'duplicate', subject: shown.name });
}

function makeBaseline(s: Session): void {
  const shown = s.shown;
  if (shown) s.change(w.setBaseline(s.ws, shown.id), { what: 'baseline', subject: shown.name });
}

function resetAll(s: Session): void {
  const shown = s.shown;
  if (shown) s.editShown(w.resetDraft, { what: 'resetAll', subject: shown.name });
}

function runAgain(s: Session): void {
  const inputs = w.inputsOf(s.ws);
  if (s.view === 'compare') s.compare.again();
  else if (s.view === 'classics') s.classics.again();
  else if (inputs) s.explore.again(inputs);
}

function cancelRun(s: Session): void {
  s.explore.cancel();
  s.compare.cancel();
  s.classics.cancel();
}

function copyImage(s: Session): Promise<void> {
  return s.attempt(async () => {
    const ask = s.exportAsk(s.focused);
    if (!ask) return;
    await s.host.copy_image(ask);
    s.say(text().export.copied, 'ok');
  });
}

export const enabled = (command: Command, session: Session): boolean => session.started && (command.enabled?.(session) ?? true);

/** Keys of the native menu reach some systems' pages too: the same command by both ways at once counts once. */
let last = { id: '', at: 0, by: '' };

/** Does a command by its id; `recent:3` opens the fourth recent file. */
export function perform(session: Session, id: string, by: 'menu' | 'page' = 'page'): void {
  const now = performance.now();
  if (last.id === id && last.by !== by && now - last.at < 40) return;
  last = { id, at: now, by };
  if (id.startsWith('recent:')) {
    const line = session.recent[Number(id.slice(7))];
    if (line) session.leaving(() => void session.open(line.path));
    return;
  }
  const command = BY_ID.get(id);
  if (command && enabled(command, session)) void command.run(session);
}

const RELOADS = ['F5', 'Mod+R', 'Mod+Shift+R'];

/** The command that a key stands for here, or nothing. */
export function commandFor(session: Session, pressed: Pressed, target: EventTarget | null): Command | null {
  const typing = isTyping(target);
  const onChart = target instanceof Element && target.closest('[data-chart]') !== null && target.closest('button, select, a') === null;
  const fits = (command: Command) =>
    (command.keys ?? []).some((keys) => {
      if (!matches(pressed, keys)) return false;
      const bare = !keys.includes('Mod') && !/^(Shift\+)?F\d+$/.test(keys);
      if (command.on === 'chart') return onChart && !session.dialog && (keys.length > 1 || session.settings.single_letter_keys);
      return !(bare && typing);
    });
  return COMMANDS.find((command) => fits(command) && enabled(command, session)) ?? null;
}

/** Hears the keyboard for the whole window. */
export function onKey(session: Session, event: KeyboardEvent): void {
  if (event.defaultPrevented) return;
  if (session.presenter.active && !session.dialog && !isTyping(event.target) && session.presenter.key(event.key)) {
    event.preventDefault();
    return;
  }
  const command = commandFor(session, event, event.target);
  if (RELOADS.some((keys) => matches(event, keys))) event.preventDefault();
  if (event.key === 'Escape') return escape(session, event);
  if (!command) return;
  const modal = session.dialog !== null && session.dialog.kind !== 'palette';
  if (modal && !['zoom-in', 'zoom-out', 'zoom-reset', 'full-screen', 'close'].includes(command.id)) return;
  event.preventDefault();
  perform(session, command.id);
}

function escape(session: Session, event: KeyboardEvent): void {
  if (session.dialog || isTyping(event.target)) return;
  if (session.explore.playing || session.explore.replaying) session.explore.stop();
  else if (session.enlarged !== null) session.enlarged = null;
  else if (session.drawer) session.drawer = false;
  else if (session.explore.running || session.compare.running || session.classics.running) cancelRun(session);
  else if (session.explore.lens.run !== null || session.explore.lens.year !== null || session.explore.lens.baselineOnly) session.explore.clearLens();
  else return;
  event.preventDefault();
}

// The native menu.

type Entry = string | '-' | { readonly label: () => string; readonly entries: readonly Entry[] } | 'recent';

export const MENUS: readonly { readonly label: 'file' | 'edit' | 'view' | 'scenario' | 'run' | 'window' | 'help'; readonly entries: readonly Entry[] }[] = [
  { label: 'file', entries: ['new', 'open', 'recent', '-', 'save', 'save-copy', 'versions', '-', 'import-scenario', 'export-toml', 'export-csv', '-', 'export-chart', '-', 'close'] },
  { label: 'edit', entries: ['undo', 'redo', '-', 'copy-image', '-', 'find-control', 'palette', '-', 'settings'] },
  {
    label: 'view',
    entries: [
      'explore',
      'compare',
      'assumptions',
      'classics',
      '-',
      'table',
      'baseline-only',
      '-',
      'zoom-in',
      'zoom-out',
      'zoom-reset',
      { label: () => text().menu.theme, entries: ['theme-system', 'theme-light', 'theme-dark'] },
      { label: () => text().menu.language, entries: ['language-en', 'language-zh'] },
    ],
  },
  { label: 'scenario', entries: ['new-scenario', 'duplicate', 'describe', 'make-baseline', '-', 'timeline', 'add-event', '-', 'reset-all', 'delete-scenario'] },
  { label: 'run', entries: ['run-again', 'cancel-run', 'run-setup', '-', 'replay', 'play', 'play-years', '-', 'previous-year', 'next-year', 'previous-run', 'next-run'] },
  { label: 'window', entries: ['present', 'blank', 'previous-slide', 'next-slide', '-', 'next-pane', 'previous-pane', '-', 'full-screen'] },
  { label: 'help', entries: ['trust', 'keyboard', 'about'] },
];

const PLAIN = { id: '', accelerator: null, enabled: true, checked: false, items: [] };
const SEPARATOR: MenuItem = { ...PLAIN, kind: 'separator', label: '' };
const submenu = (label: string, items: MenuItem[]): MenuItem => ({ ...PLAIN, kind: 'menu', label, enabled: items.length > 0, items });

function item(session: Session, entry: Entry): MenuItem {
  if (entry === '-') return SEPARATOR;
  if (entry === 'recent') return submenu(text().menu.recent, recentItems(session));
  if (typeof entry !== 'string') return submenu(entry.label(), entry.entries.map((inner) => item(session, inner)));
  const command = BY_ID.get(entry);
  if (!command) throw new Error(`the menu names no command ${entry}`);
  const keys = command.keys?.[0];
  return {
    kind: command.checked ? 'check' : 'command',
    id: command.id,
    label: command.label(session),
    accelerator: keys && command.on !== 'chart' && !keys.startsWith('Page') ? accelerator(keys) : null,
    enabled: enabled(command, session),
    checked: command.checked?.(session) ?? false,
    items: [],
  };
}

function recentItems(session: Session): MenuItem[] {
  return session.recent.slice(0, 10).map((line, k) => ({ ...PLAIN, kind: 'command', id: `recent:${k}`, label: `${line.title} — ${baseName(line.path)}`, enabled: line.exists }));
}

export function menuModel(session: Session): MenuModel {
  return { menus: MENUS.map((menu) => submenu(text().menu[menu.label], menu.entries.map((entry) => item(session, entry)))) };
}
